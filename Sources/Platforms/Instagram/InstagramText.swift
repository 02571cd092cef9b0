import Posts

/// A post as Instagram will get it: one step, and one for its first comment; or why it does not fit. Pure; nothing is
/// ever cut.
enum InstagramText {
    static func compose(_ content: Content) -> Composition {
        var diagnostics: [Diagnostic] = []
        let isStory = content.options["kind"]?.value == InstagramKind.story.name
        let kind = InstagramKind(content.media, isStory: isStory)
        let options = InstagramOptions.read(content, kind, &diagnostics)
        InstagramMediaRules.check(content, kind, &diagnostics)
        let caption =
            isStory ? "" : JoinedText.text(of: content, link: content.link?.url, hashtags: hashtags, &diagnostics)
        let place = content.parts.first?.place ?? content.place
        let limit = InstagramRules.longestCaption
        if isStory {
            diagnostics += wordsInStory(content, place)
        } else {
            check(caption, named: "the caption", limit: limit, at: place, &diagnostics)
        }
        var composition = Composition(
            steps: [Step(index: 0, kind: .post, text: caption, media: content.media, options: options)],
            lengths: [Composition.Length(used: caption.utf16Length, limit: limit)])
        if let comment = content.firstComment {
            let limit = InstagramRules.longestComment
            if isStory {
                diagnostics.append(
                    Diagnostic(
                        .error, .badValue, at: comment.place, "a story takes no comment", hint: "remove firstComment"))
            }
            check(comment.value, named: "the first comment", limit: limit, at: comment.place, &diagnostics)
            composition.steps.append(Step(index: 1, kind: .comment, text: comment.value))
            composition.lengths.append(Composition.Length(used: comment.value.utf16Length, limit: limit))
        }
        composition.diagnostics = diagnostics
        return composition
    }

    private static func wordsInStory(_ content: Content, _ place: Diagnostic.Place) -> [Diagnostic] {
        guard content.parts.contains(where: { !$0.text.isEmpty }) || content.link != nil else { return [] }
        return [
            Diagnostic(
                .warning, .notShown, at: place, "a story shows no caption; the words and the link are left out",
                hint: "write instagram: {text: null, link: null} if that is meant")
        ]
    }

    private static func check(
        _ words: String, named name: String, limit: Int, at place: Diagnostic.Place, _ diagnostics: inout [Diagnostic]
    ) {
        let used = words.utf16Length
        if used > limit {
            diagnostics.append(
                Diagnostic(
                    .error, .textTooLong, at: place, "\(name) has \(used) characters, Instagram takes \(limit)",
                    hint: "take out \(used - limit)"))
        }
        let (hashtags, mentions) = (hashtags(in: words).count, mentions(in: words))
        if hashtags > InstagramRules.mostHashtags {
            diagnostics.append(
                Diagnostic(
                    .error, .tooManyHashtags, at: place,
                    "\(name) has \(hashtags) hashtags, Instagram takes \(InstagramRules.mostHashtags)"))
        } else if hashtags > InstagramRules.usualHashtags {
            diagnostics.append(
                Diagnostic(
                    .warning, .tooManyHashtags, at: place,
                    "\(name) has \(hashtags) hashtags, Instagram's own app allows \(InstagramRules.usualHashtags)"))
        }
        if mentions > InstagramRules.mostMentions {
            diagnostics.append(
                Diagnostic(
                    .error, .tooManyMentions, at: place,
                    "\(name) has \(mentions) mentions, Instagram takes \(InstagramRules.mostMentions)"))
        }
    }
}

extension InstagramText {
    /// The words behind each `#`, also where one follows another without a blank; not those in URLs and `&#39;`.
    static func hashtags(in caption: String) -> [String] {
        marked(in: caption, by: \.isHash, of: \.isOfWord) { $0 != "&" && $0 != "/" }
            .filter { $0.unicodeScalars.contains(where: \.isLetter) }
    }

    /// How many `@` begin a name: not those of e-mail addresses.
    static func mentions(in caption: String) -> Int {
        marked(in: caption, by: \.isAt, of: { $0.isOfWord || $0 == "." }) { !$0.isOfWord && $0 != "/" }.count
    }

    private static func marked(
        in caption: String, by isMark: (Unicode.Scalar) -> Bool, of isOfName: (Unicode.Scalar) -> Bool,
        behind mayStart: (Unicode.Scalar) -> Bool
    ) -> [String] {
        let scalars = caption.scalarArray
        return scalars.indices.compactMap { at in
            guard isMark(scalars[at]), at == 0 || mayStart(scalars[at - 1]) else { return nil }
            let name = scalars[(at + 1)...].prefix(while: isOfName)
            return name.isEmpty ? nil : String(name)
        }
    }
}
