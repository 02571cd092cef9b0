import JSON
import Posts

/// A post as the API lists it, under the names before or after the renaming of August 2026.
struct XListedPost {
    let id: String
    let created: Instant?
    let parent: String?
    let quoted: String?
    let hasPoll: Bool
    /// The ids of the uploads it shows: behind the `_` of a media key.
    let uploads: Set<String>
    let hasMedia: Bool
    /// With the URLs as they were written, without the links to the post's own media.
    private let words: String
    /// As `words`, without the link to the quoted post at the end, which X adds.
    private let ownWords: String
    /// The beginning of a long post, whose whole is not told.
    private let isCut: Bool

    init?(_ json: JSON) {
        guard let id = json["id"]?.identifier else { return nil }
        self.id = id
        created = json["created_at"]?.string.flatMap { Instant(rfc3339: $0) } ?? XPost.moment(ofID: id)
        let references = (json["referenced_tweets"] ?? json["referenced_posts"])?.array ?? []
        func reference(_ type: String) -> String? {
            references.first { $0["type"]?.string == type }?["id"]?.identifier
        }
        parent = reference("replied_to")
        quoted = reference("quoted")
        let attachments = json["attachments"]
        hasPoll = attachments?["poll_ids"]?.array?.isEmpty == false
        let keys = attachments?["media_keys"]?.array?.compactMap(\.string) ?? []
        uploads = Set(keys.compactMap { $0.split(separator: "_").last.map(String.init) })
        hasMedia = !keys.isEmpty
        let long = json["note_tweet"] ?? json["note_post"]
        let text = long?["text"]?.string ?? json["text"]?.string ?? ""
        let entities = long?["entities"] ?? json["entities"]
        let words = Self.words(text, entities)
        self.words = words
        let quote = quoted.flatMap { Self.link(to: $0, entities) }
        let own = quote.flatMap { text.hasSuffix($0) ? text.dropLast($0.count) : nil }
        ownWords = own.map { Self.words(String($0), entities) } ?? words
        isCut = long == nil && words.hasSuffix("…")
    }

    func has(_ words: String) -> Bool { self.words == words || ownWords == words }

    /// Whether these longer words may be the whole of which only the beginning is told.
    func mayBegin(_ words: String) -> Bool {
        let beginning = self.words.dropLast()
        return isCut && !beginning.isEmpty && words.hasPrefix(beginning)
    }

    /// Words so that those sent and those listed compare: X gives URLs a scheme, and drops blanks at the ends.
    static func comparable(_ text: String) -> String {
        let plain = text.replacing("https://", with: "").replacing("http://", with: "").composedScalars
        guard let first = plain.firstIndex(where: { !$0.isBlank }), let last = plain.lastIndex(where: { !$0.isBlank })
        else { return "" }
        return String(plain[first...last])
    }

    /// The short link of an address that ends with the post's id.
    private static func link(to post: String, _ entities: JSON?) -> String? {
        entities?["urls"]?.array?.first { $0["expanded_url"]?.string?.hasSuffix("/status/\(post)") == true }?["url"]?
            .string
    }

    private static func words(_ text: String, _ entities: JSON?) -> String {
        var words = text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
        for url in entities?["urls"]?.array ?? [] {
            guard let short = url["url"]?.string, !short.isEmpty else { continue }
            let display = url["display_url"]?.string ?? ""
            let isMedia =
                url["media_key"] != nil || display.hasPrefix("pic.x.com") || display.hasPrefix("pic.twitter.com")
            words = words.replacing(short, with: isMedia ? "" : url["expanded_url"]?.string ?? short)
        }
        return comparable(words)
    }
}
