import Posts

/// A post's words and media as X takes them, or why they do not fit. Pure.
enum XText {
    static func compose(_ content: Content) -> Composition {
        let limit = XRules.longestText(of: content.account)
        let hashtags = Hashtags.missing(
            from: content.parts.flatMap { TextEntities.hashtags(in: $0.text) },
            tags: content.tags.map { Written(camelCased($0.value), at: $0.place) })
        var diagnostics = XOptions.check(content) + hashtags.diagnostics
        let parts = completed(content, hashtags: hashtags.hashtags)
        var divided: [Content.Part] = []
        for (index, part) in parts.enumerated() {
            diagnostics += XMediaCheck.check(part.media, of: content.account)
            let length = WeightedLength(part.text, limit: limit)
            if !length.fits, content.dividesAutomatically, let texts = XDivision.divide(part.text, limit: limit) {
                divided += texts.enumerated().map { number, text in
                    var piece = part
                    piece.text = text
                    if number > 0 { piece.media = [] }
                    return piece
                }
            } else {
                divided.append(part)
                let number = parts.count > 1 ? index + 1 : nil
                diagnostics += XLength.complaints(
                    .part(number, isDivided: content.dividesAutomatically), length, part)
            }
        }
        var steps = steps(divided, of: content)
        if let comment = content.firstComment {
            let part = Content.Part(text: comment.value, place: comment.place)
            diagnostics += XLength.complaints(.comment, WeightedLength(part.text, limit: limit), part)
            divided.append(part)
            steps.append(
                Step(
                    index: steps.count, kind: .comment, text: part.text,
                    options: XOptions.values(content, onFirstPart: false)))
        }
        diagnostics += divided.flatMap(XWords.complaints) + XWords.repetitions(divided)
        return Composition(
            steps: steps, diagnostics: diagnostics,
            lengths: divided.map { Composition.Length(used: WeightedLength($0.text).used, limit: limit) },
            price: XPrice.price(of: steps))
    }

    /// The parts with the hashtags and the link behind the last one; one empty part where there are no words.
    private static func completed(_ content: Content, hashtags: [String]) -> [Content.Part] {
        var parts = content.parts.isEmpty ? [Content.Part(text: "", place: content.place)] : content.parts
        parts[0].media = content.media
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

    /// A chain of replies.
    private static func steps(_ parts: [Content.Part], of content: Content) -> [Step] {
        parts.enumerated().map { index, part in
            let isFirst = index == 0
            return Step(
                index: index, kind: isFirst ? .post : .reply, text: part.text, media: part.media,
                options: XOptions.values(content, onFirstPart: isFirst))
        }
    }

    /// `Machine learning` becomes `MachineLearning`; a single word stays as it is.
    private static func camelCased(_ tag: String) -> String {
        let words = tag.split { $0.isWhitespace || $0 == "-" }
        guard words.count > 1 else { return tag }
        return words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
