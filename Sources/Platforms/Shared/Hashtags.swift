import Posts

/// The tags of a post as hashtags behind its words.
enum Hashtags {
    /// The hashtag of a tag: its letters, marks, digits and `_`, e.g. `#machinelearning` for `machine learning`;
    /// nil if no letter is left.
    static func hashtag(for tag: String) -> String? {
        let word = tag.unicodeScalars.filter(\.isOfWord)
        return word.contains(where: \.isLetter) ? "#" + String(word) : nil
    }

    /// The hashtags that the words lack, compared without case, each once; and a warning for each tag that makes none.
    static func missing(
        from present: [String], tags: [Written<String>]
    ) -> (hashtags: [String], diagnostics: [Diagnostic]) {
        var seen = Set(present.map { "#" + $0.lowercased() })
        var (hashtags, diagnostics) = ([String](), [Diagnostic]())
        for tag in tags {
            guard let hashtag = hashtag(for: tag.value) else {
                diagnostics.append(
                    Diagnostic(
                        .warning, .badValue, at: tag.place, "the tag \"\(tag.value)\" makes no hashtag and is left out",
                        hint: "a hashtag needs a letter"))
                continue
            }
            if seen.insert(hashtag.lowercased()).inserted { hashtags.append(hashtag) }
        }
        return (hashtags, diagnostics)
    }
}
