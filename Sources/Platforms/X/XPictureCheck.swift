import Posts

/// Which pictures X takes, still or moving.
enum XPictureCheck {
    static func check(_ file: MediaFile) -> [Diagnostic] { checkPicture(file) + checkAlt(file) }

    /// As `check`, of a picture that needs no words.
    static func checkPicture(_ file: MediaFile) -> [Diagnostic] {
        let info = file.info
        var diagnostics: [Diagnostic] = []
        if !XMediaRules.formats.contains(info.format) {
            diagnostics.append(
                XMediaCheck.error(
                    file, .mediaFormat, "is \(info.contentType)", "X takes JPEG, PNG, WebP and GIF as pictures"))
        }
        let largest = info.isAnimated ? XMediaRules.largestAnimation : XMediaRules.largestPicture
        if info.byteCount > largest {
            diagnostics.append(
                XMediaCheck.error(
                    file, .mediaTooLarge, "has \(info.byteCount) bytes, X takes \(largest)", "make it smaller"))
        }
        if info.isAnimated, let shape = shape(info) {
            diagnostics.append(XMediaCheck.error(file, .mediaShape, shape, "make the animation smaller"))
        }
        return diagnostics
    }

    private static func checkAlt(_ file: MediaFile) -> [Diagnostic] {
        let alt = file.alt ?? ""
        if alt.isEmpty {
            return [
                Diagnostic(
                    .warning, .altMissing, at: file.reference.place, "“\(file.path)” has no alt text",
                    hint: "say what it shows for those who do not see it")
            ]
        }
        guard alt.utf16.count > XMediaRules.longestAlt else { return [] }
        return [
            XMediaCheck.error(
                file, .altTooLong,
                "has an alt text of \(alt.utf16.count) characters, X takes \(XMediaRules.longestAlt)", "shorten it")
        ]
    }

    /// What is wrong with an animation.
    private static func shape(_ info: MediaInfo) -> String? {
        if info.format != .gif { return "moves, and X shows only GIFs moving" }
        if info.width > XMediaRules.widestAnimation || info.height > XMediaRules.highestAnimation {
            return "has \(info.width) × \(info.height) pixels, X takes animations up to "
                + "\(XMediaRules.widestAnimation) × \(XMediaRules.highestAnimation)"
        }
        if info.frameCount > XMediaRules.mostFrames {
            return "has \(info.frameCount) frames, X takes \(XMediaRules.mostFrames)"
        }
        let pixels = info.width * info.height * info.frameCount
        return pixels > XMediaRules.mostAnimatedPixels
            ? "has \(pixels) pixels in all frames, X takes \(XMediaRules.mostAnimatedPixels)" : nil
    }
}
