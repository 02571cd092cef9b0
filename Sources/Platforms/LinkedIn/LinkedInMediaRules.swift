import Posts

extension LinkedInText {
    /// Which media LinkedIn takes.
    static func checkMedia(of content: Content, _ diagnostics: inout [Diagnostic]) {
        let most = LinkedInRules.mostImages
        if let first = content.media.dropFirst(most).first {
            diagnostics.append(
                Diagnostic(
                    .error, .mediaCount, at: first.reference.place,
                    "there are \(content.media.count) images, LinkedIn takes \(most)"))
        }
        for file in content.media { diagnostics += problems(of: file) }
    }

    private static func problems(of file: MediaFile) -> [Diagnostic] {
        let (info, place) = (file.info, file.reference.place)
        if info.isVideo {
            return [
                Diagnostic(
                    .error, .notAvailable, at: place, "\(file.path) is a video; LinkedIn gets images only so far")
            ]
        }
        guard LinkedInRules.formats.contains(info.format) else {
            return [
                Diagnostic(
                    .error, .mediaFormat, at: place,
                    "\(file.path) is \(info.format.rawValue), which LinkedIn does not take",
                    hint: "save it as JPEG, PNG or GIF")
            ]
        }
        var problems: [Diagnostic] = []
        if info.width * info.height >= LinkedInRules.tooManyPixels {
            problems.append(
                Diagnostic(
                    .error, .mediaTooLarge, at: place,
                    "\(file.path) has \(info.width) × \(info.height) pixels, LinkedIn takes fewer than "
                        + "\(LinkedInRules.tooManyPixels) in all",
                    hint: "6000 × 6000 fit"))
        }
        if info.frameCount > LinkedInRules.mostFrames {
            problems.append(
                Diagnostic(
                    .error, .mediaTooLarge, at: place,
                    "\(file.path) has \(info.frameCount) frames, LinkedIn takes \(LinkedInRules.mostFrames)"))
        }
        let alt = file.alt?.utf16.count ?? 0
        if alt > LinkedInRules.longestAlt {
            problems.append(
                Diagnostic(
                    .error, .altTooLong, at: place,
                    "the alt text of \(file.path) has \(alt) characters, LinkedIn takes \(LinkedInRules.longestAlt)"))
        } else if alt == 0 {
            problems.append(
                Diagnostic(
                    .warning, .altMissing, at: place, "“\(file.path)” has no alt text",
                    hint: "say what it shows for those who do not see it"))
        }
        return problems
    }
}
