import Posts

/// Which media X takes in one post: up to four pictures, or one animated GIF, or one video.
enum XMediaCheck {
    static func check(_ media: [MediaFile], of account: Account) -> [Diagnostic] {
        media.flatMap { file in
            switch file.info.kind {
            case .picture: XPictureCheck.check(file) + idleCompanions(file)
            case .video: XVideoCheck.check(file, isPremium: account.isPremium)
            case .document, .captions: [format(file)]
            }
        } + count(media)
    }

    private static func count(_ media: [MediaFile]) -> [Diagnostic] {
        guard let first = media.first, media.count > 1 else { return [] }
        if let alone = media.first(where: { $0.info.isVideo || $0.info.isAnimated }) {
            let kind = alone.info.isVideo ? "a video" : "an animated GIF"
            return [
                Diagnostic(
                    .error, .mediaCount, at: alone.reference.place,
                    "X shows \(kind) alone, here are \(media.count) files",
                    hint: "leave out the others, or show them in another part of a thread")
            ]
        }
        guard media.count > XMediaRules.mostPictures else { return [] }
        return [
            Diagnostic(
                .error, .mediaCount, at: media[XMediaRules.mostPictures].reference.place,
                "X shows at most \(XMediaRules.mostPictures) pictures in a post, here are \(media.count)",
                hint: "leave some out for X with x.media, from \"\(first.path)\" on")
        ]
    }

    /// What only videos have.
    private static func idleCompanions(_ file: MediaFile) -> [Diagnostic] {
        [file.thumbnail.map { ($0, "a thumbnail") }, file.captions.map { ($0, "captions") }].compactMap(\.self).map {
            Diagnostic(
                .warning, .notShown, at: $0.0.reference.place,
                "\"\(file.path)\" is a picture, and X shows \($0.1) only with a video", hint: "remove it")
        }
    }

    private static func format(_ file: MediaFile) -> Diagnostic {
        error(file, .mediaFormat, "is \(file.info.contentType)", "X takes JPEG, PNG, WebP, GIF, MP4 and MOV")
    }

    static func error(_ file: MediaFile, _ code: DiagnosticCode, _ message: String, _ hint: String) -> Diagnostic {
        Diagnostic(.error, code, at: file.reference.place, "\"\(file.path)\" \(message)", hint: hint)
    }
}
