import Posts

/// Which media LinkedIn takes of an account.
struct LinkedInMediaRules {
    let account: Account

    private var isLegacy: Bool { account.api == .legacy }

    /// Up to 20 pictures, or one video, or one document.
    func check(_ files: [MediaFile], _ diagnostics: inout [Diagnostic]) {
        let most = isLegacy ? LinkedInLegacyRules.mostImages : LinkedInRules.mostImages
        if let single = files.first(where: { $0.info.kind != .picture }), files.count > 1 {
            diagnostics.append(
                Diagnostic(
                    .error, .mediaCount, at: single.reference.place,
                    "\(single.path) stands alone on LinkedIn, and the post has \(files.count) files",
                    hint: "keep one of them, or pictures only"))
        } else if let surplus = files.dropFirst(most).first {
            diagnostics.append(
                Diagnostic(
                    .error, .mediaCount, at: surplus.reference.place,
                    "there are \(files.count) images, LinkedIn\(isLegacy ? "'s older API" : "") takes \(most)"))
        }
        for file in files { diagnostics += problems(of: file) }
    }

    /// The title, the description and the picture of a card, which is left out where the API has none.
    func check(_ link: inout Link, at place: Diagnostic.Place, _ diagnostics: inout [Diagnostic]) {
        let fields = [
            (link.title, "title", LinkedInRules.longestTitle),
            (link.description, "description", LinkedInRules.longestAlt),
        ]
        for (text, what, limit) in fields {
            let used = LinkedInText.length(text ?? "")
            guard used > limit else { continue }
            diagnostics.append(
                Diagnostic(
                    .error, .textTooLong, at: place,
                    "the \(what) of the link has \(used) characters, LinkedIn takes \(limit)",
                    hint: "take out \(used - limit)"))
        }
        guard let image = link.image else { return }
        if isLegacy {
            link.image = nil
            diagnostics.append(
                Diagnostic(
                    .warning, .notAvailable, at: image.reference.place,
                    "LinkedIn's older API takes no picture for a card; it shows that of the page"))
        } else if image.info.kind == .picture {
            diagnostics += pictureProblems(image)
        } else {
            diagnostics.append(badFormat(image, "JPEG, PNG or GIF"))
        }
    }

    private func problems(of file: MediaFile) -> [Diagnostic] {
        var problems: [Diagnostic]
        switch file.info.kind {
        case .picture: problems = pictureProblems(file) + altProblems(file)
        case .video: problems = videoProblems(file)
        case .document: problems = documentProblems(file)
        case .captions:
            problems = [badFormat(file, "a picture, video or document", hint: "write it as captions: of a video")]
        }
        if let title = file.reference.title, LinkedInText.length(title) > LinkedInRules.longestTitle {
            problems.append(
                error(
                    .textTooLong, file,
                    "the title of \(file.path) has \(LinkedInText.length(title)) characters, LinkedIn takes "
                        + "\(LinkedInRules.longestTitle)"))
        }
        if file.info.kind != .video || isLegacy {
            for companion in [file.captions, file.thumbnail].compactMap(\.self) {
                problems.append(
                    Diagnostic(
                        .warning, .notAvailable, at: companion.reference.place,
                        "\(companion.path) is not used: LinkedIn takes captions and thumbnails of videos only"
                            + (isLegacy ? ", and by its newer API" : "")))
            }
        }
        return problems
    }

    private func pictureProblems(_ file: MediaFile) -> [Diagnostic] {
        let info = file.info
        guard LinkedInRules.imageFormats.contains(info.format) else { return [badFormat(file, "JPEG, PNG or GIF")] }
        var problems: [Diagnostic] = []
        if info.width * info.height >= LinkedInRules.tooManyPixels {
            problems.append(
                error(
                    .mediaTooLarge, file,
                    "\(file.path) has \(info.width) × \(info.height) pixels, LinkedIn takes fewer than "
                        + "\(LinkedInRules.tooManyPixels) in all", hint: "6000 × 6000 fit"))
        }
        if info.frameCount > LinkedInRules.mostFrames {
            problems.append(
                error(
                    .mediaTooLarge, file,
                    "\(file.path) has \(info.frameCount) frames, LinkedIn takes \(LinkedInRules.mostFrames)"))
        }
        return problems
    }

    private func altProblems(_ file: MediaFile) -> [Diagnostic] {
        let (used, limit) = (LinkedInText.length(file.alt ?? ""), LinkedInRules.longestAlt)
        if used > limit {
            return [
                error(
                    .altTooLong, file,
                    "the alt text of \(file.path) has \(used) characters, LinkedIn takes \(limit)",
                    hint: "take out \(used - limit)")
            ]
        }
        guard used == 0 else { return [] }
        return [
            Diagnostic(
                .warning, .altMissing, at: file.reference.place, "“\(file.path)” has no alt text",
                hint: "say what it shows for those who do not see it")
        ]
    }

    private func videoProblems(_ file: MediaFile) -> [Diagnostic] {
        let (info, bytes, length) = (file.info, LinkedInRules.videoBytes, LinkedInRules.videoLength)
        guard info.format == .mp4 else { return [badFormat(file, "MP4")] }
        var problems: [Diagnostic] = []
        let most = isLegacy ? LinkedInLegacyRules.largestVideo : bytes.upperBound
        if info.byteCount > most {
            problems.append(
                error(
                    .mediaTooLarge, file, "\(file.path) has \(info.byteCount) bytes, \(most) can be uploaded",
                    hint: isLegacy ? "larger videos need LinkedIn's newer API" : "use a lower bit rate"))
        } else if info.byteCount < bytes.lowerBound {
            problems.append(
                error(
                    .mediaTooSmall, file,
                    "\(file.path) has \(info.byteCount) bytes, LinkedIn takes \(bytes.lowerBound) or more",
                    hint: "use a higher bit rate"))
        }
        if let duration = info.duration, !length.contains(duration) {
            let isLong = duration > length.upperBound
            problems.append(
                error(
                    isLong ? .mediaTooLarge : .mediaTooSmall, file,
                    "\(file.path) lasts \(Double(duration.milliseconds) / 1000) s, LinkedIn takes "
                        + "\(length.lowerBound.components.seconds) to \(length.upperBound.components.seconds) s"))
        }
        guard !isLegacy else { return problems }
        if let captions = file.captions, captions.info.format != .subRip {
            problems.append(badFormat(captions, "SRT for captions", hint: "save them as SubRip, .srt"))
        }
        if let thumbnail = file.thumbnail, !LinkedInRules.thumbnailFormats.contains(thumbnail.info.format) {
            problems.append(badFormat(thumbnail, "JPEG or PNG for thumbnails", hint: "save it as JPEG"))
        }
        return problems
    }

    private func documentProblems(_ file: MediaFile) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        if isLegacy {
            problems.append(
                error(
                    .notAvailable, file, "\(file.path) is a document, which LinkedIn's older API does not take",
                    hint: "take api: legacy out of \(account.id) if its app may use the newer one"))
        }
        if file.info.byteCount > LinkedInRules.largestDocument {
            problems.append(
                error(
                    .mediaTooLarge, file,
                    "\(file.path) has \(file.info.byteCount) bytes, LinkedIn takes \(LinkedInRules.largestDocument)"))
        }
        if let pages = file.info.pageCount, pages > LinkedInRules.mostPages {
            problems.append(
                error(
                    .mediaTooLarge, file,
                    "\(file.path) has \(pages) pages, LinkedIn takes \(LinkedInRules.mostPages)",
                    hint: "divide it, or leave pages out"))
        }
        if (file.reference.title ?? "").allSatisfy(\.isWhitespace) {
            problems.append(
                error(
                    .titleMissing, file, "\(file.path) has no title, without which LinkedIn takes no document",
                    hint: "write title: beside its path, or for the post"))
        }
        return problems
    }

    private func badFormat(_ file: MediaFile, _ taken: String, hint: String? = nil) -> Diagnostic {
        error(
            .mediaFormat, file, "\(file.path) is \(file.info.format.rawValue), LinkedIn takes \(taken)",
            hint: hint ?? "save it as \(taken)")
    }

    private func error(
        _ code: DiagnosticCode, _ file: MediaFile, _ message: String, hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(.error, code, at: file.reference.place, message, hint: hint)
    }
}
