import Posts

/// The words of a post for networks without threads.
enum JoinedText {
    /// The parts, the hashtags that they lack, and the link unless it stands in them: joined by blank lines.
    /// `hashtags` finds the network's hashtags in words.
    static func text(
        of content: Content, link: String?, hashtags: (String) -> [String], _ diagnostics: inout [Diagnostic]
    ) -> String {
        var paragraphs = content.parts.map(\.text).filter { !$0.isEmpty }
        let words = paragraphs.joined(separator: "\n\n")
        let tags = Hashtags.missing(from: hashtags(words), tags: content.tags)
        diagnostics += tags.diagnostics
        if !tags.hashtags.isEmpty { paragraphs.append(tags.hashtags.joined(separator: " ")) }
        if let link, !has(link, in: words) { paragraphs.append(link) }
        return paragraphs.joined(separator: "\n\n")
    }

    /// Whether a URL stands in the words as a whole, not as the beginning of a longer one.
    static func has(_ url: String, in words: String) -> Bool {
        words.ranges(of: url).contains { range in
            words[range.upperBound...].prefix { !$0.isWhitespace }.allSatisfy { ".,;:!?)]}>\"'…»”’".contains($0) }
        }
    }
}
