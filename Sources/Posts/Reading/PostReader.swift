import YAML

/// What the first bytes of a file are.
package enum Reading: Sendable, Hashable {
    case notAPost
    /// The front matter does not end within these bytes: ask again with more, or with the whole file.
    case needsMore
    case post(Post)
}

/// Reads posts. Pure and unchanging: the same bytes give the same post, and all threads may share one reader.
package struct PostReader: Sendable {
    let names: AccountNames
    let zones: TimeZones
    let zone: Zone
    let keepsTags: Bool

    /// `keepsTags`: fill `Post.tags`, which planning does not need.
    package init(configuration: Configuration, zones: TimeZones, keepsTags: Bool = false) {
        names = AccountNames(configuration)
        self.zones = zones
        self.keepsTags = keepsTags
        zone = Zone(rules: configuration.zone ?? .utc, isNamed: configuration.zone != nil)
    }

    /// The front matter of a file out of its first bytes; 4 KiB are enough for nearly all.
    /// `isWhole`: the file has no more bytes than these, so that the answer is never `needsMore`.
    /// `path` is from the top of the repository, NFC.
    package func read(head: UnsafeBufferPointer<UInt8>, isWhole: Bool, path: String) -> Reading {
        switch FrontMatter(of: head, isWhole: isWhole) {
        case .absent: return .notAPost
        case .open:
            guard isWhole || head.count > FrontMatter.longest else { return .needsMore }
            return .post(Post(path: path, invalid: [Self.unclosed(head, path: path)]))
        case .found(let parts):
            do {
                let head = UnsafeBufferPointer(rebasing: head[parts.yaml])
                return .post(post(try YAMLDocument(parsing: head, firstLine: 2), path: path))
            } catch {
                return .post(Post(path: path, invalid: [Diagnostic(error, path: path)]))
            }
        }
    }

    package func read(_ bytes: [UInt8], path: String) -> Reading {
        bytes.withUnsafeBufferPointer { read(head: $0, isWhole: true, path: path) }
    }

    static func unclosed(_ head: UnsafeBufferPointer<UInt8>, path: String) -> Diagnostic {
        let place = Diagnostic.Place(path: path, line: 1, column: 1, endColumn: 4)
        guard head.count <= FrontMatter.longest else {
            return Diagnostic(
                .error, .frontMatterSize, at: place,
                "the front matter does not end within \(FrontMatter.longest / 1024) KiB",
                hint: "close it with “---” on a line of its own")
        }
        return Diagnostic(
            .error, .frontMatterOpen, at: place, "the front matter that begins here is never closed",
            hint: "close it with “---” on a line of its own")
    }

    func post(_ yaml: YAMLDocument, path: String) -> Post {
        var reader = ValueReader(yaml, path: path)
        var fields = PostFields(&reader, names: names)
        var post = Post(path: path)
        post.title = fields.title.flatMap { reader.text($0, "title") }
        if let tags = fields.tags { read(tags, into: &post, &reader) }
        if let media = fields.media { reader.checkMedia(media) }
        if let link = fields.link { _ = reader.link(link) }
        post.isDraft = isDraft(fields, &reader)
        post.repeats = fields.repeats.flatMap { reader.flag($0, "repeat") } ?? false
        readTimes(&fields, into: &post, &reader)
        post.targets = targets(fields, of: post, &reader)
        if reader.diagnostics.count > 1 { reader.diagnostics.sort() }
        post.diagnostics = reader.diagnostics
        post.isInvalid = reader.hasErrors
        return post
    }

    private func read(_ tags: YAMLNode, into post: inout Post, _ reader: inout ValueReader) {
        if keepsTags {
            post.tags = reader.tags(tags).map(\.value)
        } else {
            reader.forEachText(tags, "tags") { _, _ in }
        }
    }

    private func isDraft(_ fields: PostFields, _ reader: inout ValueReader) -> Bool {
        var isDraft = fields.draft.flatMap { reader.flag($0, "draft") } ?? false
        if let node = fields.published {
            // To other tools `published` may be a date; only what reads as a boolean to a person is ours.
            if reader.yaml.bool(of: node) != nil || reader.flagMeant(node) != nil {
                isDraft = isDraft || reader.flag(node, "published") == false
            }
        }
        return isDraft
    }

    private func readTimes(_ fields: inout PostFields, into post: inout Post, _ reader: inout ValueReader) {
        var zone = zone
        if let node = fields.timeZone, let named = reader.zone(node, "timeZone", zones: zones) {
            zone = Zone(rules: named.rules, isNamed: true)
        }
        if let node = fields.schedule { post.schedule = reader.schedule(node, in: zone, isUnzoned: &post.assumesUTC) }
        if let node = fields.expires {
            post.expires = reader.instant(
                node, "expires", in: zone, warnsOfDay: false, isUnzoned: &post.assumesUTC)
            if case .at(let schedule) = post.schedule, let expires = post.expires, expires < schedule {
                reader.error(
                    .expiresFirst, at: node, "the post expires before its schedule, so that it can never go out",
                    hint: "write a later time")
            }
        }
        for index in fields.overrides.indices {
            guard let node = fields.overrides[index].scheduleNode else { continue }
            fields.overrides[index].schedule = reader.schedule(node, in: zone, isUnzoned: &post.assumesUTC)
        }
    }
}

extension Post {
    fileprivate init(path: String, invalid diagnostics: [Diagnostic]) {
        self.init(path: path)
        self.diagnostics = diagnostics
        isInvalid = true
    }
}

extension ValueReader {
    /// nil if it is null, or no schedule and reported.
    mutating func schedule(_ node: YAMLNode, in zone: Zone, isUnzoned: inout Bool) -> Post.Schedule? {
        if yaml.equals(node, "now") { return .now }
        return instant(node, "schedule", in: zone, warnsOfDay: true, isUnzoned: &isUnzoned).map { .at($0) }
    }

    /// Tags without their `#`; a single text is split at blanks and commas, as Jekyll and Obsidian do.
    mutating func tags(_ node: YAMLNode) -> [Written<String>] {
        var tags: [Written<String>] = []
        let isList = yaml.kind(of: node) == .sequence
        forEachText(node, "tags") { reader, element in
            let text = reader.yaml.text(of: element)
            let words = isList ? [text[...]] : text.split { $0 == " " || $0 == "," }
            for word in words {
                let tag = trimmed(word.hasPrefix("#") ? word.dropFirst() : word)
                if !tag.isEmpty { tags.append(Written(tag, at: reader.place(of: element))) }
            }
        }
        return tags
    }

    /// Reports media that is badly written, lies outside the repository, or on a server.
    mutating func checkMedia(_ node: YAMLNode) {
        forEachMedia(node) { reader, media in
            guard !reader.yaml.withBytes(of: media.path, MediaPath.isPlain) else { return }
            _ = reader.mediaPath(media.path)
        }
    }

    /// nil if it does not lead to a file of the repository, which is reported.
    mutating func mediaPath(_ node: YAMLNode) -> String? {
        let text = yaml.text(of: node)
        guard let fault = MediaPath(text, inPostAt: path).fault(text) else {
            switch MediaPath(text, inPostAt: path) {
            case .inside(let path), .remote(let path): return path
            case .outside, .elsewhere: return nil
            }
        }
        error(fault.code, at: node, fault.message, hint: fault.hint)
        return nil
    }
}

extension MediaPath {
    func fault(_ written: String) -> (code: DiagnosticCode, message: String, hint: String)? {
        switch self {
        case .inside: nil
        case .remote(let address):
            address.utf8.allSatisfy { (0x21...0x7E).contains($0) }
                ? nil
                : (
                    .mediaDownload,
                    "\(inQuotes(written)) holds a blank or another character that addresses do not have",
                    "copy the address from a browser, which writes such characters as %20"
                )
        case .outside:
            (
                .mediaOutside, "\(inQuotes(written)) does not lead to a file in the repository",
                "put the file below media/ and link that"
            )
        case .elsewhere:
            (
                .mediaDownload, "\(inQuotes(written)) is not downloaded, only https:// is",
                "write an address that begins with https://, or put the file into the repository"
            )
        }
    }
}

/// Without white space at both ends.
func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
}
