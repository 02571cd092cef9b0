import Posts

/// A post as LinkedIn will get it: one step, perhaps a comment below it, or why it does not fit. Pure; nothing is ever cut.
enum LinkedInText {
    static func compose(_ content: Content) -> Composition {
        var diagnostics: [Diagnostic] = []
        let options = LinkedInOptions.options(of: content, &diagnostics)
        let media = media(of: content, options, &diagnostics)
        let card = media.isEmpty ? card(of: content, options, &diagnostics) : nil
        let words = JoinedText.text(
            of: content, link: card == nil ? content.link?.url : nil, hashtags: LittleText.hashtags, &diagnostics)
        let place = content.parts.first?.place ?? content.place
        let text = content.account.api == .legacy ? plain(words, at: place, &diagnostics) : words
        let used = checkLength(of: text, at: place, of: content.account, &diagnostics)
        if text.isEmpty, media.isEmpty, card == nil, !options.keys.contains(where: LinkedInOptions.standsAlone) {
            diagnostics.append(
                Diagnostic(.error, .emptyPost, at: content.place, "there are no words and no media for LinkedIn"))
        }
        var composition = Composition(
            steps: [Step(index: 0, kind: .post, text: text, media: media, link: card, options: options)],
            lengths: [Composition.Length(used: used, limit: LinkedInRules.longestText)])
        addComment(of: content, to: &composition, &diagnostics)
        composition.diagnostics = diagnostics
        return composition
    }

    /// UTF-16 units, of which there are never fewer than Unicode scalars: the docs do not say which are counted.
    static func length(_ text: String) -> Int { text.utf16Length }

    private static func checkLength(
        of text: String, at place: Diagnostic.Place, of account: Account, _ diagnostics: inout [Diagnostic]
    ) -> Int {
        let limit = LinkedInRules.longestText
        let elements = LittleText.elements(of: text)
        let used = account.api == .legacy ? length(text) : length(LittleText.visible(elements))
        let escaped = account.api == .legacy ? used : length(LittleText.escape(elements))
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
        return used
    }

    /// Where mentions cannot be marked, their names stand alone.
    private static func plain(
        _ text: String, at place: Diagnostic.Place, _ diagnostics: inout [Diagnostic]
    ) -> String {
        let elements = LittleText.elements(of: text)
        for case .mention(let name, _) in elements {
            diagnostics.append(
                Diagnostic(.warning, .notAvailable, at: place, "\"\(name)\" is not linked there, its name stands alone")
            )
        }
        return LittleText.visible(elements)
    }

    private static func addComment(
        of content: Content, to composition: inout Composition, _ diagnostics: inout [Diagnostic]
    ) {
        guard let comment = content.firstComment else { return }
        let text = plain(comment.value, at: comment.place, &diagnostics)
        let (used, limit) = (length(text), LinkedInRules.longestComment)
        if used > limit {
            diagnostics.append(
                Diagnostic(
                    .error, .textTooLong, at: comment.place,
                    "the first comment has \(used) characters, LinkedIn takes \(limit)",
                    hint: "take out \(used - limit)"))
        }
        composition.steps.append(Step(index: 1, kind: .comment, text: text))
        composition.lengths.append(Composition.Length(used: used, limit: limit))
    }

    /// The files of all parts. A poll and a post that is shared again stand alone.
    private static func media(
        of content: Content, _ options: [String: String], _ diagnostics: inout [Diagnostic]
    ) -> [MediaFile] {
        var files = content.media + content.parts.flatMap(\.media)
        for index in files.indices where files[index].info.kind == .document {
            // "media.title" is required; the post's own will do.
            files[index].reference.title = files[index].reference.title ?? content.title
        }
        LinkedInMediaRules(account: content.account).check(files, &diagnostics)
        if let first = files.first, let key = options.keys.filter(LinkedInOptions.standsAlone).min() {
            let what = key.hasPrefix("poll") ? "a poll" : "a post that is shared again"
            diagnostics.append(
                Diagnostic(
                    .error, .mediaCount, at: first.reference.place, "\(what) stands alone on LinkedIn, without media",
                    hint: "linkedin: {media: []}"))
        }
        return files
    }

    /// LinkedIn fetches nothing of a page by itself: a card without a title of ours would be empty. Its older API does.
    /// A post shows a card, a poll or another post.
    private static func card(
        of content: Content, _ options: [String: String], _ diagnostics: inout [Diagnostic]
    ) -> Link? {
        guard var link = content.link, link.card, !options.keys.contains(where: LinkedInOptions.standsAlone) else {
            return nil
        }
        link.title = link.title ?? content.title
        guard link.title != nil || content.account.api == .legacy else { return nil }
        LinkedInMediaRules(account: content.account).check(&link, at: link.place ?? content.place, &diagnostics)
        return link
    }
}
