import Posts

/// A post as Instagram will get it: one step, or why it does not fit. Pure; nothing is ever cut.
enum InstagramText {
    static func compose(_ content: Content) -> Composition {
        var diagnostics: [Diagnostic] = []
        let caption = JoinedText.text(of: content, link: content.link?.url, hashtags: hashtags, &diagnostics)
        let options = options(of: content, &diagnostics)
        checkMedia(of: content, &diagnostics)
        let place = content.parts.first?.place ?? content.place
        let (used, limit) = (caption.utf16Length, InstagramRules.longestCaption)
        if used > limit {
            diagnostics.append(
                Diagnostic(
                    .error, .textTooLong, at: place, "the caption has \(used) characters, Instagram takes \(limit)",
                    hint: "take out \(used - limit)"))
        }
        let (hashtags, mentions) = (hashtags(in: caption).count, mentions(in: caption))
        if hashtags > InstagramRules.mostHashtags {
            diagnostics.append(
                Diagnostic(
                    .error, .tooManyHashtags, at: place,
                    "the caption has \(hashtags) hashtags, Instagram takes \(InstagramRules.mostHashtags)"))
        } else if hashtags > InstagramRules.usualHashtags {
            diagnostics.append(
                Diagnostic(
                    .warning, .tooManyHashtags, at: place,
                    "the caption has \(hashtags) hashtags, Instagram's own app allows \(InstagramRules.usualHashtags)"))
        }
        if mentions > InstagramRules.mostMentions {
            diagnostics.append(
                Diagnostic(
                    .error, .tooManyMentions, at: place,
                    "the caption has \(mentions) mentions, Instagram takes \(InstagramRules.mostMentions)"))
        }
        return Composition(
            steps: [Step(index: 0, kind: .post, text: caption, media: content.media, options: options)],
            diagnostics: diagnostics, lengths: [Composition.Length(used: used, limit: limit)])
    }

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
