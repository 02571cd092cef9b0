/// Field names that X knows (data dictionary, before and after the rename of 2026-08-07).
enum XFieldNames {
    static let user: Set = [
        "affiliation", "confirmed_email", "connection_status", "created_at", "description", "entities", "id",
        "is_identity_verified", "location", "most_recent_tweet_id", "most_recent_post_id", "name", "parody",
        "pinned_tweet_id", "pinned_post_id", "profile_banner_url", "profile_image_url", "protected", "public_metrics",
        "receives_your_dm", "subscription", "subscription_type", "url", "username", "verified",
        "verified_followers_count",
        "verified_type", "withheld",
    ]
    static let post: Set = [
        "article", "attachments", "author_id", "card_uri", "community_id", "context_annotations", "conversation_id",
        "created_at", "display_text_range", "edit_controls", "edit_history_tweet_ids", "edit_history_post_ids",
        "entities", "geo", "id", "in_reply_to_user_id", "lang", "media_metadata", "non_public_metrics", "note_tweet",
        "note_post", "organic_metrics", "possibly_sensitive", "promoted_metrics", "public_metrics",
        "referenced_tweets", "referenced_posts", "reply_settings", "scopes", "source", "suggested_source_links",
        "text", "withheld",
    ]
    static let media: Set = [
        "alt_text", "duration_ms", "height", "media_key", "non_public_metrics", "organic_metrics", "preview_image_url",
        "promoted_metrics", "public_metrics", "type", "url", "variants", "width",
    ]
    static let expansions: Set = [
        "article.cover_media", "article.media_entities", "attachments.media_keys", "attachments.media_source_tweet",
        "attachments.poll_ids", "author_id", "edit_history_tweet_ids", "edit_history_post_ids",
        "entities.mentions.username", "geo.place_id", "in_reply_to_user_id", "entities.note.mentions.username",
        "referenced_tweets.id", "referenced_posts.id", "referenced_tweets.id.author_id",
    ]
}

/// Which fields of posts a request wants, and under which of the two sets of names.
struct XPostView {
    private let fields: Set<String>
    private let expansions: Set<String>
    private let mediaFields: Set<String>
    private let userFields: Set<String>
    private let usesNewNames: Bool

    /// Refuses unknown parameters, fields and expansions.
    init(_ call: Call, also others: Set<String> = []) throws(Refusal) {
        let known: Set = [
            "tweet.fields", "post.fields", "expansions", "media.fields", "user.fields", "poll.fields", "place.fields",
        ]
        if let stranger = call.query.map(\.name).filter({ !known.union(others).contains($0) }).min() {
            throw XErrors.invalid(
                "The query parameter [\(stranger)] is not one of [\(known.union(others).sorted().joined(separator: ","))]",
                parameters: [stranger: [call.parameter(stranger) ?? ""]])
        }
        usesNewNames = call.parameter("post.fields") != nil
        fields = try XReading.list(call, usesNewNames ? "post.fields" : "tweet.fields", allowed: XFieldNames.post)
        expansions = try XReading.list(call, "expansions", allowed: XFieldNames.expansions)
        mediaFields = try XReading.list(call, "media.fields", allowed: XFieldNames.media)
        userFields = try XReading.list(call, "user.fields", allowed: XFieldNames.user)
    }

    func render(_ post: XWorld.Post, _ caller: XCaller, _ now: Moment, _ world: XWorld) -> Value {
        let rendered = XPostText(post, world)
        let id = Value.string(String(post.id))
        let keys = post.media.compactMap { world.media[$0].map { Value.string($0.key) } }
        var shown: [String: Value] = ["id": id, "text": .string(rendered.text)]
        shown[usesNewNames ? "edit_history_post_ids" : "edit_history_tweet_ids"] = [id]
        func add(_ old: String, _ new: String? = nil, _ value: Value?) {
            guard fields.contains(old) || new.map(fields.contains) == true, let value else { return }
            shown[usesNewNames ? new ?? old : old] = value
        }
        add("created_at", nil, .string(post.createdAt.withMilliseconds))
        add("author_id", nil, .string(SandboxCredentials.xUserID(post.account)))
        add("conversation_id", nil, .string(String(post.conversation)))
        add("reply_settings", nil, .string(post.replySettings ?? "everyone"))
        add("lang", nil, "und")
        add("possibly_sensitive", nil, false)
        if !keys.isEmpty || expansions.contains("attachments.media_keys") {
            if !keys.isEmpty { shown["attachments"] = ["media_keys": .array(keys)] }
        }
        add("entities", nil, rendered.urls.isEmpty ? nil : ["urls": .array(rendered.urls)])
        add("note_tweet", "note_post", rendered.longText.map { ["text": .string($0)] })
        if let parent = post.replyTo {
            add("referenced_tweets", "referenced_posts", [["type": "replied_to", "id": .string(String(parent))]])
            add("in_reply_to_user_id", nil, world.posts[parent].map { .string(SandboxCredentials.xUserID($0.account)) })
        }
        let metrics = XMetrics(post, now)
        add("public_metrics", nil, metrics.open(usesNewNames: usesNewNames))
        // Only for the author, and for thirty days.
        if post.account == caller.account, now - post.createdAt < 30 * 86_400 {
            add("non_public_metrics", nil, metrics.closed)
            add("organic_metrics", nil, metrics.organic(usesNewNames: usesNewNames))
        }
        return .object(shown)
    }

    func includes(_ posts: [XWorld.Post], _ world: XWorld) -> Value? {
        var shown: [String: Value] = [:]
        if expansions.contains("attachments.media_keys") {
            let media = posts.flatMap(\.media).compactMap { world.media[$0] }.map(render)
            if !media.isEmpty { shown["media"] = .array(media) }
        }
        if expansions.contains("author_id"), !posts.isEmpty {
            shown["users"] = .array(
                Set(posts.map(\.account)).sorted().map { XReading.user($0, fields: userFields, isPremium: false) })
        }
        return shown.isEmpty ? nil : .object(shown)
    }

    private func render(_ media: XWorld.Media) -> Value {
        var shown: [String: Value] = [
            "media_key": .string(media.key), "type": .string(media.content?.kind.rawValue ?? "photo"),
        ]
        let all: [String: Value?] = [
            "alt_text": media.content?.alt.map(Value.string), "width": media.content.map { .integer($0.width) },
            "height": media.content.map { .integer($0.height) },
            "url": .string("https://pbs.twimg.com/media/\(StableHash.word(String(media.id), count: 15)).jpg"),
        ]
        for (name, value) in all where mediaFields.contains(name) { shown[name] = value }
        return .object(shown)
    }
}

/// Numbers of an imagined public: they follow from the id and grow with the age of the post.
private struct XMetrics {
    private let views: Int
    private let likes: Int

    init(_ post: XWorld.Post, _ now: Moment) {
        let hours = max(0, now - post.createdAt) / 3600
        views = Int(Double(100 + StableHash.of(String(post.id)) % 900) * hours / (hours + 24))
        likes = views / 20
    }

    func open(usesNewNames: Bool) -> Value {
        var fields: [String: Value] = [
            "impression_count": .integer(views), "like_count": .integer(likes), "reply_count": .integer(likes / 5),
            "quote_count": .integer(likes / 20), "bookmark_count": .integer(likes / 10),
        ]
        fields[usesNewNames ? "repost_count" : "retweet_count"] = .integer(likes / 6)
        return .object(fields)
    }

    var closed: Value {
        [
            "impression_count": .integer(views), "url_link_clicks": .integer(views / 30),
            "user_profile_clicks": .integer(views / 50), "engagements": .integer(likes * 2),
        ]
    }

    func organic(usesNewNames: Bool) -> Value {
        var fields: [String: Value] = [
            "impression_count": .integer(views), "like_count": .integer(likes), "reply_count": .integer(likes / 5),
            "url_link_clicks": .integer(views / 30), "user_profile_clicks": .integer(views / 50),
        ]
        fields[usesNewNames ? "repost_count" : "retweet_count"] = .integer(likes / 6)
        return .object(fields)
    }
}
