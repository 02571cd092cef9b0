import YAML

extension PostReader {
    /// A post as one account gets it: overrides applied, the body rendered, media found.
    ///
    /// Whether the front matter is valid is `read`'s to say. For a file whose front matter cannot be parsed the answer is
    /// nil and no diagnostics; it is nil also if an error is among these.
    /// `media` finds and reads a file; it is asked once for each reference, in order.
    package func content(
        of bytes: [UInt8], path: String, for account: Account,
        media find: @escaping (MediaReference) -> Result<MediaFile, Diagnostic>
    ) -> (content: Content?, diagnostics: [Diagnostic]) {
        guard var source = PostSource(bytes, path: path) else { return (nil, []) }
        return content(of: &source, for: account, media: find)
    }

    /// As above, for several accounts in turn.
    package func content(
        of source: inout PostSource, for account: Account,
        media find: @escaping (MediaReference) -> Result<MediaFile, Diagnostic>
    ) -> (content: Content?, diagnostics: [Diagnostic]) {
        let (path, yaml) = (source.path, source.yaml)
        var reader = ValueReader(yaml, path: path)
        let fields = PostFields(&reader, names: names)
        // All that was found so far is in the post's own list.
        reader.diagnostics = []
        let layers = Layers(fields, for: account, names: names, &reader)
        var content = Content(
            post: path, account: account, parts: [],
            place: Diagnostic.Place(path: path, line: 1, column: 1, endColumn: 4))
        content.title = fields.title.flatMap { reader.text($0, "title") }
        content.tags = fields.tags.map { reader.tags($0) } ?? []
        content.options = layers.options
        content.dividesAutomatically = layers.thread.map { reader.thread($0) } ?? false
        let finder = MediaFinder(find: find)
        content.link = (layers.link.isSet ? layers.link.node : fields.link).flatMap { reader.card($0, finder) }
        content.firstComment = layers.firstComment.flatMap { node in
            guard reader.isText(node, "firstComment") else { return nil }
            let words = trimmed(yaml.text(of: node))
            return words.isEmpty ? nil : Written(words, at: reader.place(of: node))
        }
        let media = layers.media.isSet ? layers.media.node : fields.media
        let hasMedia = layers.media.isSet || fields.media != nil
        content.media = media.map { reader.media($0, finder) } ?? []
        if !layers.text.isSet || !hasMedia {
            let body = source.body(for: account.id.network)
            reader.diagnostics += body.diagnostics
            func files(_ references: [MediaReference]) -> [MediaFile] {
                hasMedia ? [] : references.compactMap { finder.file($0, &reader) }
            }
            if layers.text.isSet {
                content.media += files(body.images)
            } else {
                content.parts = body.parts.map { Content.Part(text: $0.text, place: $0.place) }
                content.media += body.parts.first.map { files($0.images) } ?? []
                for (index, part) in body.parts.enumerated().dropFirst() {
                    content.parts[index].media = files(part.images)
                }
                content.parts.removeAll { $0.text.isEmpty && $0.media.isEmpty && body.parts.count == 1 }
            }
        }
        if layers.text.isSet { content.parts = layers.text.node.map { reader.parts($0, account.id.network) } ?? [] }
        let standsAlone = content.options.keys.contains { $0.hasPrefix("poll.") || $0 == "reshareContext.parent" }
        if content.parts.isEmpty, content.media.isEmpty, content.link == nil, !standsAlone, !reader.hasErrors {
            reader.diagnostics.append(
                Diagnostic(
                    .error, .emptyPost, at: content.place,
                    "nothing of the post is left for \(inQuotes(account.id.description))"))
        }
        return (reader.hasErrors ? nil : content, reader.diagnostics.sorted())
    }
}

/// What the mappings of a network and of an account make of a post: the account's wins, key by key.
private struct Layers {
    /// A key that was written, be it with null, hides those below.
    struct Key {
        var isSet = false
        var node: YAMLNode?
    }

    var text = Key()
    var media = Key()
    var link = Key()
    var firstComment, thread: YAMLNode?
    var options: [String: Written<String>] = [:]

    init(_ fields: PostFields, for account: Account, names: AccountNames, _ reader: inout ValueReader) {
        for isAccount in [false, true] {
            for override in fields.overrides {
                let applies =
                    switch override.scope {
                    case .network(let network): !isAccount && network == account.id.network
                    case .account(let place): isAccount && names.accounts[place].id == account.id
                    }
                if applies { apply(override.node, account.id.network, &reader) }
            }
        }
    }

    private mutating func apply(_ mapping: YAMLNode, _ network: Network, _ reader: inout ValueReader) {
        let yaml = reader.yaml
        let table = OverrideKey.table(network)
        for (key, node) in yaml.pairs(of: mapping) {
            guard let known = yaml.withBytes(of: key, { table[$0] }) else { continue }
            let value = yaml.isNull(node) ? nil : node
            switch known.shape {
            case .words: text = Key(isSet: true, node: value)
            case .media: media = Key(isSet: true, node: value)
            case .link: link = Key(isSet: true, node: value)
            case .firstComment: firstComment = value
            case .thread: thread = value
            case .schedule, .skip: break
            case .flag, .text, .number, .decimal, .choice, .list, .lines, .fields, .entries:
                options = options.filter { $0.key != known.name && !$0.key.hasPrefix("\(known.name).") }
                var found: [String: Written<String>] = [:]
                reader.value(node, of: known, named: known.name) { reader, name, node, text in
                    // An empty list empties the key.
                    if !text.isEmpty { found[name] = Written(text, at: reader.place(of: node)) }
                }
                options.merge(found) { _, new in new }
            }
        }
    }
}

extension ValueReader {
    /// The parts that `text:` writes out: literal, trimmed, empty ones left out. Joined where there are no threads.
    fileprivate mutating func parts(_ node: YAMLNode, _ network: Network) -> [Content.Part] {
        var parts: [Content.Part] = []
        forEachText(node, "text") { reader, element in
            let text = trimmed(reader.yaml.text(of: element))
            if !text.isEmpty { parts.append(Content.Part(text: text, place: reader.place(of: element))) }
        }
        guard let first = parts.first, parts.count > 1, !network.hasThreads else { return parts }
        return [Content.Part(text: parts.map(\.text).joined(separator: "\n\n"), place: first.place)]
    }

    /// The files of `media:` that are there and can be read; what is wrong with the others is reported.
    fileprivate mutating func media(_ node: YAMLNode, _ finder: MediaFinder) -> [MediaFile] {
        var files: [MediaFile] = []
        forEachMedia(node) { reader, media in
            guard var reference = reader.reference(media.path) else { return }
            func text(_ node: YAMLNode?) -> String? {
                node.map { trimmed(reader.yaml.text(of: $0)) }.flatMap { $0.isEmpty ? nil : $0 }
            }
            (reference.alt, reference.title) = (text(media.alt), text(media.title))
            (reference.focus, reference.fit) = (media.focus, media.fit)
            guard var file = finder.file(reference, &reader) else { return }
            file.thumbnail = reader.companion(media.thumbnail, finder)
            file.captions = reader.companion(media.captions, finder)
            files.append(file)
        }
        return files
    }

    private mutating func companion(_ node: YAMLNode?, _ finder: MediaFinder) -> MediaFile? {
        node.flatMap { reference($0) }.flatMap { finder.file($0, &self) }
    }

    private mutating func reference(_ node: YAMLNode) -> MediaReference? {
        mediaPath(node).map { MediaReference(path: $0, place: place(of: node)) }
    }

    fileprivate mutating func card(_ node: YAMLNode, _ finder: MediaFinder) -> Link? {
        guard let written = link(node) else { return nil }
        var link = Link(url: yaml.text(of: written.url))
        link.title = written.title.map { yaml.text(of: $0) }
        link.description = written.description.map { yaml.text(of: $0) }
        link.card = written.hasCard
        link.image = companion(written.image, finder)
        link.place = place(of: written.url)
        return link
    }
}

/// Finds and reads the media of a post, and reports what it cannot use.
private struct MediaFinder {
    let find: (MediaReference) -> Result<MediaFile, Diagnostic>

    func file(_ reference: MediaReference, _ reader: inout ValueReader) -> MediaFile? {
        switch find(reference) {
        case .success(let file): return file
        case .failure(let diagnostic):
            reader.diagnostics.append(diagnostic)
            return nil
        }
    }
}

extension Diagnostic: Error {}
