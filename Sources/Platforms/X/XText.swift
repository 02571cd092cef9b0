import Posts

/// A post's words and pictures as X takes them, or why they do not fit. Pure.
enum XText {
    static func compose(_ content: Content) -> Composition {
        var diagnostics = XOptions.check(content) + XPictures.check(content)
        let hashtags = Hashtags.missing(
            from: content.parts.flatMap { TextEntities.hashtags(in: $0.text) },
            tags: content.tags.map { Written(camelCased($0.value), at: $0.place) })
        diagnostics += hashtags.diagnostics
        var (texts, lengths) = ([String](), [Composition.Length]())
        let parts = completed(content, hashtags: hashtags.hashtags)
        for (index, part) in parts.enumerated() {
            let length = WeightedLength(part.text)
            if !length.fits, content.dividesAutomatically, let divided = XDivision.divide(part.text) {
                texts += divided
                lengths += divided.map { Composition.Length(used: WeightedLength($0).used, limit: length.limit) }
            } else {
                texts.append(part.text)
                lengths.append(Composition.Length(used: length.used, limit: length.limit))
                if !length.fits {
                    diagnostics.append(
                        tooLong(
                            length, at: part.place, part: parts.count > 1 ? index + 1 : nil,
                            content.dividesAutomatically))
                }
            }
            diagnostics += complaints(part, length, isEmptyAllowed: index == 0 && !content.media.isEmpty)
        }
        return Composition(
            steps: steps(texts, of: content), diagnostics: diagnostics, lengths: lengths)
    }

    /// The parts with the hashtags and the link behind the last one; one empty part where there are no words.
    private static func completed(_ content: Content, hashtags: [String]) -> [Content.Part] {
        var parts = content.parts.isEmpty ? [Content.Part(text: "", place: content.place)] : content.parts
        var endings = hashtags.isEmpty ? [] : [hashtags.joined(separator: " ")]
        // X makes the card of a link by itself.
        if let link = content.link, !parts.contains(where: { shows(link, $0.text) }) { endings.append(link.url) }
        let last = parts.count - 1
        parts[last].text = ([parts[last].text] + endings).filter { !$0.isEmpty }.joined(separator: "\n\n")
        return parts
    }

    private static func shows(_ link: Link, _ text: String) -> Bool {
        guard let url = URLText.written(in: link.url).first else { return text.contains(link.url) }
        return URLText.written(in: text).contains(url)
    }

    /// Who may reply is said once, at the head of a thread; labels go on every part, for each is seen alone too.
    private static func steps(_ texts: [String], of content: Content) -> [Step] {
        var options = XOptions.values(content)
        return texts.enumerated().map { index, text in
            let isFirst = index == 0
            if !isFirst { options["replySettings"] = nil }
            return Step(
                index: index, kind: isFirst ? .post : .reply, text: text, media: isFirst ? content.media : [],
                options: options)
        }
    }

    private static func complaints(
        _ part: Content.Part, _ length: WeightedLength, isEmptyAllowed: Bool
    ) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        if part.text.isEmpty, !isEmptyAllowed {
            diagnostics.append(
                Diagnostic(
                    .error, .emptyPost, at: part.place, "there are no words and no pictures", hint: "write a text"))
        }
        for scalar in Set(length.forbidden).sorted() {
            let code = String(scalar.value, radix: 16, uppercase: true)
            diagnostics.append(
                Diagnostic(
                    .error, .badCharacter, at: part.place, "X refuses the invisible character U+\(code)",
                    hint: "delete it"))
        }
        let scalars = part.text.scalarArray
        let cashtags = TextEntities.cashtags(in: scalars).map { "$" + $0.name }
        if cashtags.count > XRules.mostCashtags {
            diagnostics.append(
                Diagnostic(
                    .error, .tooManyCashtags, at: part.place,
                    "X allows one cashtag in a post, here are \(cashtags.count): \(cashtags.joined(separator: " "))",
                    hint: "write all but one without $"))
        }
        for name in length.bareURLs where isFileName(name) {
            diagnostics.append(
                Diagnostic(
                    .warning, .fileNameLink, at: part.place,
                    "X makes a link of \"\(name)\", which counts \(XRules.urlWeight) and raises the price of the post",
                    hint: "write it without the dot, or with https:// if it is a link"))
        }
        return diagnostics
    }

    /// A name and an ending that is a top-level domain as well, e.g. `README.md`.
    private static func isFileName(_ url: String) -> Bool {
        let labels = url.lowercased().split(separator: ".")
        return labels.count == 2 && XRules.fileExtensions.contains(String(labels[1]))
    }

    private static func tooLong(
        _ length: WeightedLength, at place: Diagnostic.Place, part: Int?, _ dividesAutomatically: Bool
    ) -> Diagnostic {
        let name = part.map { "part \($0)" } ?? "the text"
        return Diagnostic(
            .error, .textTooLong, at: place,
            "\(name) has \(length.used) of \(length.limit) characters as X counts them"
                + (dividesAutomatically ? ", and one of its words does not fit by itself" : ""),
            hint: dividesAutomatically
                ? "shorten the word"
                : "shorten it, begin the next part of a thread with a line ---, set x.text, or set x.thread to auto")
    }

    /// `Machine learning` becomes `MachineLearning`; a single word stays as it is.
    private static func camelCased(_ tag: String) -> String {
        let words = tag.split { $0.isWhitespace || $0 == "-" }
        guard words.count > 1 else { return tag }
        return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
