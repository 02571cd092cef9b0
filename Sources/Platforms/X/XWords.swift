import Posts

/// What X refuses in words, or makes of them, whatever their length.
enum XWords {
    static func complaints(_ part: Content.Part) -> [Diagnostic] {
        let scalars = part.text.scalarArray
        return emptiness(part) + badCharacters(scalars, part) + cashtags(scalars, part) + fileNames(part)
    }

    /// X refuses the same words of an account twice, in one thread as well.
    static func repetitions(_ parts: [Content.Part]) -> [Diagnostic] {
        var seen: Set<String> = []
        return parts.filter { !$0.text.isEmpty && !seen.insert($0.text).inserted }.map { part in
            Diagnostic(
                .error, .duplicateText, at: part.place, "two parts have the same words, and X refuses the second",
                hint: "change one of them")
        }
    }

    private static func emptiness(_ part: Content.Part) -> [Diagnostic] {
        guard part.text.isEmpty, part.media.isEmpty else { return [] }
        return [
            Diagnostic(
                .error, .emptyPost, at: part.place, "there are no words and no pictures", hint: "write a text")
        ]
    }

    private static func badCharacters(_ scalars: [Unicode.Scalar], _ part: Content.Part) -> [Diagnostic] {
        Set(scalars.filter(\.isForbiddenInPosts)).sorted().map { scalar in
            let code = String(scalar.value, radix: 16, uppercase: true)
            return Diagnostic(
                .error, .badCharacter, at: part.place, "X refuses the invisible character U+\(code)", hint: "delete it")
        }
    }

    private static func cashtags(_ scalars: [Unicode.Scalar], _ part: Content.Part) -> [Diagnostic] {
        let cashtags = TextEntities.cashtags(in: scalars).map { "$" + $0.name }
        guard cashtags.count > XRules.mostCashtags else { return [] }
        return [
            Diagnostic(
                .error, .tooManyCashtags, at: part.place,
                "X allows one cashtag in a post, here are \(cashtags.count): \(cashtags.joined(separator: " "))",
                hint: "write all but one without $")
        ]
    }

    private static func fileNames(_ part: Content.Part) -> [Diagnostic] {
        WeightedLength(part.text).bareURLs.filter(isFileName).map { name in
            Diagnostic(
                .warning, .fileNameLink, at: part.place,
                "X makes a link of \"\(name)\", which counts \(XRules.urlWeight); a post with a link costs "
                    + "\(XRules.priceWithURL) instead of \(XRules.price)",
                hint: "write it without the dot, or with https:// if it is a link")
        }
    }

    /// A name and an ending that is a top-level domain as well, e.g. `README.md`.
    private static func isFileName(_ url: String) -> Bool {
        let labels = url.lowercased().split(separator: ".")
        return labels.count == 2 && XRules.fileExtensions.contains(String(labels[1]))
    }
}
