import Posts

/// What X offers for a post besides words and pictures, under its API's names in camel case.
enum XOptions {
    /// The values for the steps of a post.
    static func values(_ content: Content) -> [String: String] { content.options.mapValues(\.value) }

    static func check(_ content: Content) -> [Diagnostic] {
        content.options.sorted { $0.key < $1.key }.compactMap { key, written in
            if key == "replySettings" { return check(key, written, oneOf: XRules.replySettings) }
            if XRules.flags[key] != nil { return check(key, written, oneOf: ["true", "false"]) }
            return Diagnostic(
                .error, .notAvailable, at: written.place, "x.\(key) is not available in this version",
                hint: "available are replySettings, \(XRules.flags.keys.sorted().joined(separator: " and "))")
        }
    }

    private static func check(_ key: String, _ written: Written<String>, oneOf choices: [String]) -> Diagnostic? {
        guard !choices.contains(written.value) else { return nil }
        return Diagnostic(
            .error, .badValue, at: written.place, "x.\(key) is \"\(written.value)\"",
            hint: "write \(choices.dropLast().joined(separator: ", ")) or \(choices.last ?? "")")
    }
}
