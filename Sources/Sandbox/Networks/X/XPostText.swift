/// A post's text as X sends it back: links shortened to t.co, media as a trailing link, `& < >` as HTML entities.
struct XPostText {
    /// Escaped, as in `text`.
    let text: String
    /// `entities.urls`, media links last; offsets are in code points of the text before escaping.
    let urls: [Value]
    /// Escaped and whole, when `text` is cut.
    let longText: String?

    /// The characters of a long post that stay in `text`.
    private static let visiblePart = 274

    init(_ post: XWorld.Post, _ world: XWorld) {
        let length = WeightedLength(of: post.text)
        var rewritten = ""
        var urls: [Value] = []
        var rest = post.text.precomposed[...]
        for (index, url) in length.urls.enumerated() {
            guard let range = rest.firstRange(of: url) else { continue }
            rewritten += rest[..<range.lowerBound]
            let short = Self.short("\(post.id)/\(index)")
            let hasScheme = url.lowercased().hasPrefix("http://") || url.lowercased().hasPrefix("https://")
            let expanded = hasScheme ? url : "http://\(url)"
            urls.append(
                Self.entity(short, at: rewritten, expanded: expanded, display: Self.display(expanded), media: nil))
            rewritten += short
            rest = rest[range.upperBound...]
        }
        rewritten += rest
        let isLong = length.total > WeightedLength.limit
        longText = isLong ? Self.escape(rewritten) : nil
        if isLong {
            rewritten = String(rewritten.prefix(Self.visiblePart)) + "…"
        }
        let keys = post.media.compactMap { world.media[$0]?.key }
        if !keys.isEmpty {
            if !rewritten.isEmpty { rewritten += " " }
            let short = Self.short("\(post.id)/media")
            let page = "https://x.com/\(SandboxCredentials.xUsername(post.account))/status/\(post.id)/photo/1"
            for key in keys {
                urls.append(
                    Self.entity(
                        short, at: rewritten, expanded: page, display: "pic.x.com/\(short.suffix(10))", media: key))
            }
            rewritten += short
        }
        text = Self.escape(rewritten)
        self.urls = urls
    }

    private static func entity(
        _ short: String, at text: String, expanded: String, display: String, media: String?
    ) -> Value {
        let start = text.unicodeScalars.count
        var fields: [String: Value] = [
            "start": .integer(start), "end": .integer(start + short.unicodeScalars.count), "url": .string(short),
            "expanded_url": .string(expanded), "display_url": .string(display),
        ]
        fields["media_key"] = media.map(Value.string)
        return .object(fields)
    }

    private static func short(_ seed: String) -> String { "https://t.co/" + StableHash.word(seed, count: 10) }

    /// Without scheme and `www.`, cut after 26 characters of which 27 are never shown.
    private static func display(_ url: String) -> String {
        var text = url[...]
        for prefix in ["https://", "http://", "www."] where text.lowercased().hasPrefix(prefix) {
            text = text.dropFirst(prefix.count)
        }
        return text.count > 27 ? "\(text.prefix(26))…" : String(text)
    }

    private static func escape(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
    }
}
