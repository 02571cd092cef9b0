import Posts

/// A post as LinkedIn will get it: one step, or why it does not fit. Pure; nothing is ever cut.
enum LinkedInText {
    static func compose(_ content: Content) -> Composition {
        var diagnostics: [Diagnostic] = []
        let card = card(of: content, &diagnostics)
        let text = JoinedText.text(
            of: content, link: card == nil ? content.link?.url : nil, hashtags: LittleText.hashtags, &diagnostics)
        let options = options(of: content, &diagnostics)
        checkMedia(of: content, &diagnostics)

        let place = content.parts.first?.place ?? content.place
        let elements = LittleText.elements(of: text)
        let used = length(LittleText.visible(elements))
        let escaped = length(LittleText.escape(elements))
        let limit = LinkedInRules.longestText
        if used > limit {
            diagnostics.append(
                Diagnostic(
                    .error, .textTooLong, at: place, "the text has \(used) characters, LinkedIn takes \(limit)",
                    hint: "take out \(used - limit)"))
        } else if escaped > limit {
            diagnostics.append(
                Diagnostic(
                    .warning, .textTooLong, at: place,
                    "with the backslashes that LinkedIn wants the text has \(escaped) characters, it may take only \(limit)"
                ))
        }
        if text.isEmpty, content.media.isEmpty, card == nil {
            diagnostics.append(
                Diagnostic(.error, .emptyPost, at: content.place, "there are no words and no media for LinkedIn"))
        }
        let step = Step(index: 0, kind: .post, text: text, media: content.media, link: card, options: options)
        return Composition(
            steps: [step], diagnostics: diagnostics, lengths: [Composition.Length(used: used, limit: limit)])
    }

    /// UTF-16 units, of which there are never fewer than Unicode scalars: the docs do not say which are counted.
    private static func length(_ text: String) -> Int { text.utf16Length }

    /// LinkedIn fetches nothing of a page by itself: a card without a title of ours would be empty.
    /// A post shows media or a card, not both.
    private static func card(of content: Content, _ diagnostics: inout [Diagnostic]) -> Link? {
        guard var link = content.link, link.card, content.media.isEmpty, let title = link.title ?? content.title
        else { return nil }
        link.title = title
        let limit = LinkedInRules.longestTitle
        if length(title) > limit {
            diagnostics.append(
                Diagnostic(
                    .error, .textTooLong, at: content.place,
                    "the title of the link has \(length(title)) characters, LinkedIn takes \(limit)"))
        }
        if link.image != nil {
            diagnostics.append(
                Diagnostic(
                    .warning, .notAvailable, at: content.place, "the card is shown without its image on LinkedIn",
                    hint: "put the image under media: and the link stands in the text"))
        }
        return link
    }

    private static func options(of content: Content, _ diagnostics: inout [Diagnostic]) -> [String: String] {
        for (key, option) in content.options.sorted(by: { $0.key < $1.key }) {
            switch key {
            case "visibility": checkVisibility(option, of: content.account, &diagnostics)
            case "isReshareDisabledByAuthor":
                guard option.value != "true", option.value != "false" else { break }
                diagnostics.append(
                    Diagnostic(
                        .error, .badValue, at: option.place, "\(key) \"\(option.value)\" is neither true nor false"))
            default:
                diagnostics.append(
                    Diagnostic(
                        .error, .notAvailable, at: option.place, "\(key) is not available on LinkedIn",
                        hint: "available are \(LinkedInRules.options.joined(separator: ", "))"))
            }
        }
        return content.options.filter { LinkedInRules.options.contains($0.key) }.mapValues(\.value)
    }

    private static func checkVisibility(
        _ option: Written<String>, of account: Account, _ diagnostics: inout [Diagnostic]
    ) {
        let known = LinkedInRules.visibilities
        if !known.contains(option.value) {
            diagnostics.append(
                Diagnostic(
                    .error, .badValue, at: option.place,
                    "visibility \"\(option.value)\" is none of \(known.joined(separator: ", "))"))
        } else if option.value == "CONNECTIONS", account.isOrganization {
            diagnostics.append(
                Diagnostic(
                    .error, .badValue, at: option.place,
                    "visibility \"CONNECTIONS\" is for members, \(account.id) is a page",
                    hint: "write PUBLIC or LOGGED_IN"))
        }
    }
}
