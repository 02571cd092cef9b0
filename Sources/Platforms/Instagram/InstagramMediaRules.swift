import Posts

/// Which media Instagram takes; it shows nothing without.
enum InstagramMediaRules {
    static func check(_ content: Content, _ kind: InstagramKind, _ diagnostics: inout [Diagnostic]) {
        guard let first = content.media.first else {
            diagnostics.append(
                Diagnostic(
                    .error, .mediaRequired, at: content.place, "Instagram takes no post without a picture or video",
                    hint: "add media:, or leave \(content.account.id) out of accounts:"))
            return
        }
        let most = kind == .story ? 1 : InstagramRules.mostMedia
        if let beyond = content.media.dropFirst(most).first {
            diagnostics.append(
                Diagnostic(
                    .error, .mediaCount, at: beyond.reference.place,
                    "there are \(content.media.count) pictures and videos, "
                        + (kind == .story ? "a story shows 1" : "Instagram takes \(most)")))
        }
        for file in content.media { diagnostics += problems(of: file, kind) }
        if kind == .reel, let cover = first.thumbnail { diagnostics += format(of: cover) }
        guard kind == .carousel else { return }
        let visible = content.media.filter { $0.info.kind == .picture || $0.info.isVideo }
        for file in visible where abs(ratio(of: file) - ratio(of: first)) > 0.01 {
            diagnostics.append(
                Diagnostic(
                    .warning, .mediaShape, at: file.reference.place,
                    "Instagram crops \(file.path) to the shape of the first picture",
                    hint: "give all pictures of a carousel the same shape"))
        }
    }

    private static func problems(of file: MediaFile, _ kind: InstagramKind) -> [Diagnostic] {
        switch file.info.kind {
        case .picture: kind == .story ? format(of: file) : format(of: file) + shape(of: file) + alt(of: file)
        case .video: InstagramVideoRules.problems(of: file, kind)
        case .document, .captions:
            [
                problem(
                    with: file, .mediaFormat,
                    "is \(file.info.format.rawValue), Instagram takes JPEG pictures and MP4 or MOV videos")
            ]
        }
    }

    static func ratio(of file: MediaFile) -> Double { Double(file.info.width) / Double(max(1, file.info.height)) }

    static func problem(
        with file: MediaFile, _ code: DiagnosticCode, _ message: String, hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(.error, code, at: file.reference.place, "\(file.path) \(message)", hint: hint)
    }
}

extension InstagramMediaRules {
    private static func format(of picture: MediaFile) -> [Diagnostic] {
        let info = picture.info
        var problems: [Diagnostic] = []
        if info.format != .jpeg {
            problems.append(
                problem(
                    with: picture, .mediaFormat, "is \(info.format.rawValue), Instagram takes JPEG only",
                    hint: "convert it to JPEG"))
        }
        if info.byteCount > InstagramRules.largestImage {
            problems.append(
                problem(
                    with: picture, .mediaTooLarge,
                    "has \(info.byteCount) bytes, Instagram takes \(InstagramRules.largestImage)"))
        }
        return problems
    }

    private static func shape(of picture: MediaFile) -> [Diagnostic] {
        let info = picture.info
        var problems: [Diagnostic] = []
        let shape = "is \(info.width) × \(info.height) pixels"
        if !(InstagramRules.tallest...InstagramRules.widest).contains(ratio(of: picture)) {
            problems.append(
                problem(
                    with: picture, .mediaShape, "\(shape), Instagram takes 4:5 to 1.91:1",
                    hint: info.width < info.height
                        ? "crop it to a height of at most \(info.width * 5 / 4)"
                        : "crop it to a width of at most \(info.height * 191 / 100)"))
        }
        if info.width < InstagramRules.narrowestImage {
            problems.append(
                problem(
                    with: picture, .mediaShape,
                    "\(shape), Instagram takes images from a width of \(InstagramRules.narrowestImage)"))
        }
        return problems
    }

    private static func alt(of picture: MediaFile) -> [Diagnostic] {
        let length = picture.alt?.utf16.count ?? 0
        if length > InstagramRules.longestAlt {
            return [
                problem(
                    with: picture, .altTooLong,
                    "has an alt text of \(length) characters, Instagram takes \(InstagramRules.longestAlt)")
            ]
        }
        guard length == 0 else { return [] }
        return [
            Diagnostic(
                .warning, .altMissing, at: picture.reference.place, "“\(picture.path)” has no alt text",
                hint: "say what it shows for those who do not see it")
        ]
    }
}
