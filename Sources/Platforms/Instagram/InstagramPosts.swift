import JSON
import Posts

/// The posts that an account shows.
struct InstagramPosts {
    let graph: MetaGraph

    /// What a look at the list tells.
    enum Look: Sendable, Hashable {
        case one(Receipt)
        case several
        case none
        /// The list was too short to tell.
        case unclear
    }

    /// Looks for a step among the posts since it was sent, by caption and kind; stories, which have no caption, by their
    /// kind alone. Repeatable.
    func look(for step: Step, user: String, since start: Instant) async throws(PlatformFailure) -> Look {
        let (earliest, kind) = (start - InstagramRules.clockSkew, InstagramKind(of: step))
        var query = [("fields", "id,caption,permalink,timestamp,media_type,media_product_type")]
        // Stories end after 24 hours, and their list takes no such parameters.
        if kind != .story {
            query += [("limit", String(InstagramRules.found)), ("since", String(earliest.seconds))]
        }
        let answer = try await graph.get("/\(user)/\(kind == .story ? "stories" : "media")", query)
        guard let posts = answer["data"]?.array else {
            throw graph.unreadable("a list of posts")
        }
        let recent = posts.filter { Self.moment(of: $0).map { $0 >= earliest } ?? false }
        let same = recent.filter { Self.is($0, step, kind) }
        if let match = same.first, let id = match["id"]?.identifier {
            guard same.count == 1 else { return .several }
            return .one(
                Receipt(
                    id: id, url: match["permalink"]?.string, publishedAt: Self.moment(of: match) ?? start,
                    found: .recovered))
        }
        return recent.count < InstagramRules.found ? .none : .unclear
    }

    /// The public address of a post. Repeatable.
    func link(to id: String) async throws(PlatformFailure) -> String? {
        guard !Self.isContainer(id) else { return nil }
        return try await graph.get("/\(id)", [("fields", "permalink")])["permalink"]?.string
    }

    /// For a container that is known to be published when nobody knows as which post.
    static func receipt(ofContainer container: String, at moment: Instant) -> Receipt {
        Receipt(id: containerPrefix + container, url: nil, publishedAt: moment, found: .recovered)
    }

    static func isContainer(_ id: String) -> Bool { id.hasPrefix(containerPrefix) }

    private static let containerPrefix = "container:"

    /// What Instagram does not tell may be anything.
    private static func `is`(_ post: JSON, _ step: Step, _ kind: InstagramKind) -> Bool {
        let (type, product) = (kind.mediaType(of: step.media), kind.productType)
        return (kind == .story || normal(post["caption"]?.string ?? "") == normal(step.text))
            && (post["media_type"]?.string ?? type) == type
            && (post["media_product_type"]?.string ?? product) == product
    }

    private static func moment(of post: JSON) -> Instant? { post["timestamp"]?.string.flatMap { Instant(graph: $0) } }

    /// Instagram drops blanks around a caption, and at the ends of its lines.
    static func normal(_ caption: String) -> String {
        let lines = caption.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
            String(String(line.reversed().drop(while: \.isWhitespace)).reversed())
        }
        let inner = lines.drop(while: \.isEmpty)
        guard let last = inner.lastIndex(where: { !$0.isEmpty }) else { return "" }
        return inner[...last].joined(separator: "\n")
    }
}
