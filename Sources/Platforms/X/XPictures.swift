import Posts

/// Which pictures X takes.
enum XPictures {
    static func check(_ content: Content) -> [Diagnostic] {
        content.media.flatMap(check) + count(content.media)
    }

    private static func count(_ media: [MediaFile]) -> [Diagnostic] {
        guard let first = media.first else { return [] }
        if media.count > 1, let animation = media.first(where: { $0.info.isAnimated && !$0.info.isVideo }) {
            return [
                Diagnostic(
                    .error, .mediaCount, at: animation.reference.place,
                    "X shows an animated GIF alone, here are \(media.count) files", hint: "leave out the others")
            ]
        }
        guard media.count > XRules.mostPictures else { return [] }
        return [
            Diagnostic(
                .error, .mediaCount, at: media[XRules.mostPictures].reference.place,
                "X shows at most \(XRules.mostPictures) pictures in a post, here are \(media.count)",
                hint: "leave some out for X with x.media, from \"\(first.path)\" on")
        ]
    }

    private static func check(_ file: MediaFile) -> [Diagnostic] {
        let (info, place) = (file.info, file.reference.place)
        func error(_ code: DiagnosticCode, _ message: String, _ hint: String) -> Diagnostic {
            Diagnostic(.error, code, at: place, "\"\(file.path)\" \(message)", hint: hint)
        }
        if info.isVideo {
            return [
                error(.notAvailable, "is a video; this version publishes pictures on X", "leave it out with x.media")
            ]
        }
        var diagnostics: [Diagnostic] = []
        if !XRules.formats.contains(info.format) {
            diagnostics.append(error(.mediaFormat, "is \(info.contentType)", "X takes JPEG, PNG, WebP and GIF"))
        }
        let largest = info.isAnimated ? XRules.largestAnimation : XRules.largestPicture
        if info.byteCount > largest {
            diagnostics.append(
                error(.mediaTooLarge, "has \(info.byteCount) bytes, X takes \(largest)", "make it smaller"))
        }
        if info.isAnimated, let shape = shape(info) {
            diagnostics.append(error(.mediaShape, shape, "make the animation smaller"))
        }
        let alt = file.alt ?? ""
        if alt.isEmpty {
            diagnostics.append(
                Diagnostic(
                    .warning, .altMissing, at: place, "“\(file.path)” has no alt text",
                    hint: "say what it shows for those who do not see it"))
        } else if alt.utf16.count > XRules.longestAlt {
            diagnostics.append(
                error(
                    .altTooLong, "has an alt text of \(alt.utf16.count) characters, X takes \(XRules.longestAlt)",
                    "shorten it"))
        }
        return diagnostics
    }

    /// What is wrong with an animation.
    private static func shape(_ info: MediaInfo) -> String? {
        if info.format != .gif { return "moves, and X shows only GIFs moving" }
        if info.width > XRules.widestAnimation || info.height > XRules.highestAnimation {
            return "has \(info.width) × \(info.height) pixels, X takes animations up to "
                + "\(XRules.widestAnimation) × \(XRules.highestAnimation)"
        }
        if info.frameCount > XRules.mostFrames { return "has \(info.frameCount) frames, X takes \(XRules.mostFrames)" }
        let pixels = info.width * info.height * info.frameCount
        return pixels > XRules.mostAnimatedPixels
            ? "has \(pixels) pixels in all frames, X takes \(XRules.mostAnimatedPixels)" : nil
    }
}
