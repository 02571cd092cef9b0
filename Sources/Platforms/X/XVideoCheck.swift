import Posts

/// Which videos X takes, with the preview and the subtitles that go with them.
enum XVideoCheck {
    static func check(_ file: MediaFile, isPremium: Bool) -> [Diagnostic] {
        let faults = [
            size(file.info).map { (DiagnosticCode.mediaTooLarge, $0) },
            length(file.info, isPremium: isPremium).map { (.mediaTooLarge, $0) },
            shortness(file.info).map { (.mediaShape, $0) },
            shape(file.info, isPremium: isPremium).map { (.mediaShape, $0) },
            codecs(file.info).map { (.mediaFormat, $0) },
        ]
        return faults.compactMap(\.self).map { XMediaCheck.error(file, $0, $1.message, $1.hint) }
            + (file.thumbnail.map(XPictureCheck.checkPicture) ?? []) + words(file)
            + (file.captions.map(captions) ?? [])
    }

    private typealias Fault = (message: String, hint: String)

    private static func size(_ info: MediaInfo) -> Fault? {
        guard info.byteCount > XMediaRules.largestVideo else { return nil }
        return ("has \(info.byteCount) bytes, X takes \(XMediaRules.largestVideo)", "encode it smaller")
    }

    private static func shortness(_ info: MediaInfo) -> Fault? {
        guard let duration = info.duration, duration < XMediaRules.shortestVideo else { return nil }
        return (
            "lasts \(duration.milliseconds) ms, X takes \(XMediaRules.shortestVideo.milliseconds) at least",
            "make it longer"
        )
    }

    private static func length(_ info: MediaInfo, isPremium: Bool) -> Fault? {
        guard let duration = info.duration, XMediaRules.isLong(info), !isPremium else { return nil }
        return (
            "lasts \(seconds(duration)) seconds, X takes \(seconds(XMediaRules.longestVideo))",
            "cut it, or write premium: true at the account in socials.yml if it has X Premium"
        )
    }

    /// Rounded up, since it is compared with a limit.
    private static func seconds(_ duration: Duration) -> Int64 { (duration.milliseconds + 999) / 1000 }

    private static func shape(_ info: MediaInfo, isPremium: Bool) -> Fault? {
        let (long, short) = (max(info.width, info.height), min(info.width, info.height))
        let (longest, longestShort) =
            isPremium
            ? (XMediaRules.longestPremiumSide, XMediaRules.longestPremiumShortSide)
            : (XMediaRules.longestSide, XMediaRules.longestShortSide)
        let pixels = "has \(info.width) × \(info.height) pixels, X takes"
        if short < XMediaRules.shortestSide {
            return ("\(pixels) \(XMediaRules.shortestSide) at least", "make it larger")
        }
        if long > longest || short > longestShort {
            return ("\(pixels) \(longest) × \(longestShort) at most", "scale it down, for example to 1280 × 720")
        }
        guard long > short * XMediaRules.steepestRatio else { return nil }
        let ratio = XMediaRules.steepestRatio
        return ("\(pixels) ratios from 1:\(ratio) to \(ratio):1", "crop it")
    }

    /// Where the file tells them.
    private static func codecs(_ info: MediaInfo) -> Fault? {
        if let codec = info.videoCodec, !XMediaRules.videoCodecs.contains(codec) {
            return ("holds pictures coded as \(codec), X takes H.264", "encode it with H.264 and AAC")
        }
        guard let codec = info.audioCodec, !XMediaRules.audioCodecs.contains(codec) else { return nil }
        return ("holds sound coded as \(codec), X takes AAC", "encode its sound as AAC")
    }

    private static func words(_ file: MediaFile) -> [Diagnostic] {
        guard !(file.alt ?? "").isEmpty else { return [] }
        return [
            Diagnostic(
                .warning, .notShown, at: file.reference.place,
                "\"\(file.path)\" has an alt text, which X takes for pictures and GIFs alone",
                hint: "give the video captions, or say in the post what it shows")
        ]
    }

    private static func captions(_ file: MediaFile) -> [Diagnostic] {
        guard file.info.kind == .captions else {
            return [XMediaCheck.error(file, .mediaFormat, "is no subtitles", "X takes SubRip (.srt) and WebVTT (.vtt)")]
        }
        guard language(of: file) == nil else { return [] }
        return [
            XMediaCheck.error(
                file, .badValue, "does not say its language, which X wants to know",
                "name it after the language, for example film.en.srt")
        ]
    }

    /// The two letters before the ending of `film.en.srt` or `film.en-GB.srt`, in capitals as X wants them.
    static func language(of captions: MediaFile) -> String? {
        let words = captions.path.split(separator: "/").last?.split(separator: ".") ?? []
        guard words.count > 2, let code = words.dropLast().last?.split(whereSeparator: { "-_".contains($0) }).first,
            code.utf8.count == 2, code.allSatisfy({ $0.isASCII && $0.isLetter })
        else { return nil }
        return code.uppercased()
    }
}
