import Posts

extension InstagramText {
    /// Which media Instagram takes. It shows nothing without.
    static func checkMedia(of content: Content, _ diagnostics: inout [Diagnostic]) {
        guard let first = content.media.first else {
            diagnostics.append(
                Diagnostic(
                    .error, .mediaRequired, at: content.place, "Instagram takes no post without an image",
                    hint: "add media:, or leave \(content.account.id) out of accounts:"))
            return
        }
        if let beyond = content.media.dropFirst(InstagramRules.mostMedia).first {
            diagnostics.append(
                Diagnostic(
                    .error, .mediaCount, at: beyond.reference.place,
                    "there are \(content.media.count) images, Instagram takes \(InstagramRules.mostMedia)"))
        }
        for file in content.media { diagnostics += problems(of: file) }
        for file in content.media.dropFirst() where abs(ratio(of: file) - ratio(of: first)) > 0.01 {
            diagnostics.append(
                Diagnostic(
                    .warning, .mediaShape, at: file.reference.place,
                    "Instagram crops \(file.path) to the shape of the first image",
                    hint: "give all images of a carousel the same shape"))
        }
    }

    private static func ratio(of file: MediaFile) -> Double {
        Double(file.info.width) / Double(max(1, file.info.height))
    }

    private static func problems(of file: MediaFile) -> [Diagnostic] {
        let (info, place) = (file.info, file.reference.place)
        if info.isVideo {
            return [
                Diagnostic(
                    .error, .notAvailable, at: place, "\(file.path) is a video; Instagram gets images only so far")
            ]
        }
        var problems: [Diagnostic] = []
        func add(_ code: DiagnosticCode, _ message: String, hint: String? = nil) {
            problems.append(Diagnostic(.error, code, at: place, "\(file.path) \(message)", hint: hint))
        }
        if info.format != .jpeg {
            add(.mediaFormat, "is \(info.format.rawValue), Instagram takes JPEG only", hint: "convert it to JPEG")
        }
        if info.byteCount > InstagramRules.largestImage {
            add(.mediaTooLarge, "has \(info.byteCount) bytes, Instagram takes \(InstagramRules.largestImage)")
        }
        let shape = "is \(info.width) × \(info.height) pixels"
        if !(InstagramRules.tallest...InstagramRules.widest).contains(ratio(of: file)) {
            add(
                .mediaShape, "\(shape), Instagram takes 4:5 to 1.91:1",
                hint: info.width < info.height
                    ? "crop it to a height of at most \(info.width * 5 / 4)"
                    : "crop it to a width of at most \(info.height * 191 / 100)")
        }
        if info.width < InstagramRules.narrowestImage {
            add(.mediaShape, "\(shape), Instagram takes images from a width of \(InstagramRules.narrowestImage)")
        }
        let alt = file.alt?.utf16.count ?? 0
        if alt > InstagramRules.longestAlt {
            add(.altTooLong, "has an alt text of \(alt) characters, Instagram takes \(InstagramRules.longestAlt)")
        } else if alt == 0 {
            problems.append(
                Diagnostic(
                    .warning, .altMissing, at: place, "“\(file.path)” has no alt text",
                    hint: "say what it shows for those who do not see it"))
        }
        return problems
    }
}
