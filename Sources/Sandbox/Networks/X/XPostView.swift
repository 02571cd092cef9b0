/// Which fields of posts a request wants, and under which of the two sets of names.
struct XPostView {
    private let fields: Set<String>
    private let expansions: Set<String>
    private let mediaFields: Set<String>
    private let userFields: Set<String>
    private let pollFields: Set<String>
    private let usesNewNames: Bool

    /// Refuses unknown parameters, fields and expansions.
    init(_ call: Call, _ names: XNames, also others: Set<String> = []) throws(Refusal) {
        let known = XFieldNames.parameters(names).union(others)
        if let stranger = call.query.map(\.name).filter({ !known.contains($0) }).min() {
            throw XErrors.invalid(
                "The query parameter [\(stranger)] is not one of [\(known.sorted().joined(separator: ","))]",
                parameters: [stranger: [call.parameter(stranger) ?? ""]])
        }
        usesNewNames = names == .after || call.parameter("post.fields") != nil
        fields = try XReading.list(
            call, usesNewNames ? "post.fields" : "tweet.fields", allowed: XFieldNames.post(names))
        expansions = try XReading.list(call, "expansions", allowed: XFieldNames.expansions(names))
        mediaFields = try XReading.list(call, "media.fields", allowed: XFieldNames.media)
        userFields = try XReading.list(call, "user.fields", allowed: XFieldNames.user(names))
        pollFields = try XReading.list(call, "poll.fields", allowed: XFieldNames.poll)
        _ = try XReading.list(call, "place.fields", allowed: XFieldNames.place)
    }

    func render(_ post: XWorld.Post, _ caller: XCaller, _ now: Moment, _ world: XWorld) -> Value {
        let rendered = XPostText(post, world)
        let id = Value.string(String(post.id))
        var shown: [String: Value] = ["id": id, "text": .string(rendered.text)]
        shown[usesNewNames ? "edit_history_post_ids" : "edit_history_tweet_ids"] = [id]
        // What is expanded is also told.
        func add(_ old: String, _ new: String? = nil, _ value: Value?, with expansion: String? = nil) {
            guard let value,
                fields.contains(old) || new.map(fields.contains) == true
                    || expansion.map({ name in expansions.contains { $0.hasPrefix(name) } }) == true
            else { return }
            shown[usesNewNames ? new ?? old : old] = value
        }
        add("created_at", nil, .string(post.createdAt.withMilliseconds))
        add("author_id", nil, .string(SandboxCredentials.xUserID(post.account)), with: "author_id")
        add("conversation_id", nil, .string(String(post.conversation)))
        add("reply_settings", nil, .string(post.replySettings ?? "everyone"))
        add("community_id", nil, post.community.map(Value.string))
        add("paid_partnership", nil, .bool(post.isPaidPartnership))
        add("lang", nil, "und")
        add("possibly_sensitive", nil, false)
        add("attachments", nil, attachments(post, world), with: "attachments.")
        add("entities", nil, rendered.urls.isEmpty ? nil : ["urls": .array(rendered.urls)])
        add("note_tweet", "note_post", rendered.longText.map { ["text": .string($0)] })
        add(
            "referenced_tweets", "referenced_posts", references(post),
            with: usesNewNames ? "referenced_posts" : "referenced_tweets.id")
        if let parent = post.replyTo {
            add(
                "in_reply_to_user_id", nil,
                world.posts[parent].map { .string(SandboxCredentials.xUserID($0.account)) },
                with: "in_reply_to_user_id")
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

    func includes(_ posts: [XWorld.Post], _ now: Moment, _ world: XWorld) -> Value? {
        var shown: [String: Value] = [:]
        if expansions.contains("attachments.media_keys") {
            let media = posts.flatMap(\.media).compactMap { world.media[$0] }.map(render)
            if !media.isEmpty { shown["media"] = .array(media) }
        }
        if expansions.contains("author_id"), !posts.isEmpty {
            shown["users"] = .array(
                Set(posts.map(\.account)).sorted().map { XReading.user($0, fields: userFields, isPremium: false) })
        }
        if expansions.contains("attachments.poll_ids") {
            let polls = posts.compactMap { render($0.poll, of: $0, now) }
            if !polls.isEmpty { shown["polls"] = .array(polls) }
        }
        return shown.isEmpty ? nil : .object(shown)
    }
}

private extension XPostView {
    func attachments(_ post: XWorld.Post, _ world: XWorld) -> Value? {
        var shown: [String: Value] = [:]
        let keys = post.media.compactMap { world.media[$0].map { Value.string($0.key) } }
        if !keys.isEmpty { shown["media_keys"] = .array(keys) }
        if post.poll != nil { shown["poll_ids"] = [.string(Self.pollID(post))] }
        return shown.isEmpty ? nil : .object(shown)
    }

    func references(_ post: XWorld.Post) -> Value? {
        let all = [("replied_to", post.replyTo), ("quoted", post.quoted)].compactMap { type, id -> Value? in
            id.map { ["type": .string(type), "id": .string(String($0))] }
        }
        return all.isEmpty ? nil : .array(all)
    }

    func render(_ poll: PostDetails.Poll?, of post: XWorld.Post, _ now: Moment) -> Value? {
        guard let poll else { return nil }
        var shown: [String: Value] = [
            "id": .string(Self.pollID(post)),
            "options": .array(
                poll.options.enumerated().map { index, label in
                    ["position": .integer(index + 1), "label": .string(label), "votes": 0]
                }),
        ]
        let all: [String: Value?] = [
            "duration_minutes": post.pollMinutes.map(Value.integer),
            "end_datetime": .string(poll.endsAt.withMilliseconds),
            "voting_status": now < poll.endsAt ? "open" : "closed",
        ]
        for (name, value) in all where pollFields.contains(name) { shown[name] = value }
        return .object(shown)
    }

    func render(_ media: XWorld.Media) -> Value {
        let content = media.content
        var shown: [String: Value] = [
            "media_key": .string(media.key), "type": .string(content?.kind.rawValue ?? "photo"),
        ]
        let picture = Value.string("https://pbs.twimg.com/media/\(StableHash.word(String(media.id), count: 15)).jpg")
        let isStill = content?.kind == .photo
        let all: [String: Value?] = [
            "alt_text": content?.alt.map(Value.string), "width": content.map { .integer($0.width) },
            "height": content.map { .integer($0.height) },
            "duration_ms": content?.seconds.map { .integer(Int(($0 * 1000).rounded())) },
            "url": isStill ? picture : nil, "preview_image_url": isStill ? nil : picture,
        ]
        for (name, value) in all where mediaFields.contains(name) { shown[name] = value }
        return .object(shown)
    }

    static func pollID(_ post: XWorld.Post) -> String { String(post.id + 1) }
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
