internal import HTTPServer

/// `POST /2/tweets` and `DELETE /2/tweets/{id}`.
enum XPublishing {
    /// Longest text of an account with Premium.
    private static let premiumLimit = 25_000
    /// How long a text counts as a repetition, in seconds. X does not tell; a week is on the strict side.
    private static let duplicateWindow = 7 * 86_400.0

    static func create(_ turn: Turn, _ caller: XCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        try caller.requireWrite()
        guard turn.call.contentType == "application/json" else {
            throw XErrors.invalid("Content-Type must be application/json")
        }
        let body = try XFields(
            Value(json: turn.call.body),
            allowed: [
                "text", "media", "reply", "quote_tweet_id", "poll", "reply_settings", "geo", "community_id",
                "share_with_followers", "for_super_followers_only", "direct_message_deep_link", "card_uri", "nullcast",
                "made_with_ai", "paid_partnership", "edit_options",
            ])
        let text = try body.string("text") ?? ""
        let media = try mediaIDs(body, turn, caller, world.x)
        let hasPoll = try checkPoll(body)
        let reply = try replyTarget(body, turn, caller, world.x)
        let settings = try replySettings(body)
        try checkFlags(body)
        guard !text.isEmpty || !media.isEmpty || hasPoll else {
            throw XErrors.invalid("$.text: is required when there is no media", parameters: ["text": [""]])
        }
        try check(text, caller)
        try checkDuplicate(text, turn, caller, world.x)

        let sequence = world.nextSequence()
        let id = Snowflake.id(at: turn.now, sequence: sequence)
        let post = XWorld.Post(
            id: id, account: caller.account, text: text, media: media, replyTo: reply,
            conversation: reply.flatMap { world.x.posts[$0]?.conversation } ?? id, replySettings: settings,
            hasPoll: hasPoll, createdAt: turn.now, visibleAt: turn.now + turn.effects.invisibleFor, sequence: sequence)
        world.x.posts[id] = post
        let rendered = XPostText(post, world.x)
        return .json(
            201,
            [
                "data": [
                    "id": .string(String(id)), "text": .string(rendered.text),
                    "edit_history_tweet_ids": [.string(String(id))],
                ]
            ], headers: [("location", "https://api.x.com/2/tweets/\(id)")])
    }

    static func delete(_ text: String, _ caller: XCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        try caller.requireWrite()
        guard let id = Int(text) else {
            throw XErrors.invalid("id: must match ^[0-9]{1,19}$", parameters: ["id": [text]])
        }
        guard let post = world.x.posts[id] else {
            return .json(404, ["errors": [XErrors.notFound("tweet", id: text)]])
        }
        guard post.account == caller.account else {
            throw XErrors.forbidden("You are not authorized to delete this Tweet.")
        }
        world.x.posts[id] = nil
        return .json(200, ["data": ["deleted": true]])
    }
}

private extension XPublishing {
    static func check(_ text: String, _ caller: XCaller) throws(Refusal) {
        let length = WeightedLength(of: text)
        guard length.isClean else {
            throw XErrors.invalid("$.text: has invalid characters", parameters: ["text": [text]])
        }
        let limit = caller.isPremium ? premiumLimit : WeightedLength.limit
        guard length.total <= limit else {
            throw XErrors.forbidden("Tweet needs to be a bit shorter; the text is too long.", code: 186)
        }
        guard cashtags(in: text) <= 1 else {
            throw XErrors.forbidden("You are not allowed to use more than one cashtag in a Post.")
        }
    }

    /// `$` after a blank or at the start, one to six letters, nothing alphanumeric behind.
    static func cashtags(in text: String) -> Int {
        var count = 0
        var previous: Unicode.Scalar = " "
        let scalars = Array(text.unicodeScalars)
        for (place, scalar) in scalars.enumerated() {
            defer { previous = scalar }
            guard scalar == "$", previous.properties.isWhitespace else { continue }
            let letters = scalars[(place + 1)...].prefix { $0.isASCII && $0.properties.isAlphabetic }.count
            let next = place + 1 + letters
            let isOpen =
                next < scalars.count
                && (CharacterClasses.isDigit(scalars[next]) || scalars[next].properties.isAlphabetic)
            if (1...6).contains(letters), !isOpen { count += 1 }
        }
        return count
    }

    static func checkDuplicate(_ text: String, _ turn: Turn, _ caller: XCaller, _ world: XWorld) throws(Refusal) {
        let isRepeated =
            !text.isEmpty
            && world.posts.values.contains { post in
                post.account == caller.account && post.text == text && turn.now - post.createdAt < duplicateWindow
            }
        guard !isRepeated else {
            throw XErrors.forbidden("You are not allowed to create a Tweet with duplicate content.")
        }
    }

    static func mediaIDs(
        _ body: XFields, _ turn: Turn, _ caller: XCaller, _ world: XWorld
    ) throws(Refusal) -> [Int] {
        let allowed: Set = [
            "media_ids", "tagged_user_ids", "title", "description", "preview_media_id", "embeddable", "call_to_actions",
        ]
        guard let media = try body.object("media", allowed: allowed) else { return [] }
        guard let ids = try media.strings("media_ids"), (1...4).contains(ids.count), Set(ids).count == ids.count else {
            throw XErrors.invalid(
                "$.media.media_ids: 1 to 4 different ids expected", parameters: ["media.media_ids": []])
        }
        if let tagged = try media.strings("tagged_user_ids"), tagged.count > 10 {
            throw XErrors.invalid("$.media.tagged_user_ids: at most 10")
        }
        let known = ids.compactMap { Int($0).flatMap { world.media[$0] } }
        let areUsable = known.allSatisfy { media in
            media.account == caller.account && turn.now < media.expiresAt && media.content != nil && !media.failed
                && turn.now >= media.readyAt && media.pollsLeft == 0
        }
        guard known.count == ids.count, areUsable else {
            throw XErrors.invalid("Your media IDs are invalid.", parameters: ["media.media_ids": ids])
        }
        guard ids.count == 1 || known.allSatisfy({ $0.content?.kind == .photo }) else {
            throw XErrors.invalid(
                "A Post has up to 4 photos, or 1 animated GIF, or 1 video.", parameters: ["media.media_ids": ids])
        }
        return known.map(\.id)
    }

    static func checkPoll(_ body: XFields) throws(Refusal) -> Bool {
        guard let poll = try body.object("poll", allowed: ["options", "duration_minutes", "reply_settings"]) else {
            return false
        }
        guard let options = try poll.strings("options"), (2...4).contains(options.count),
            options.allSatisfy({ (1...25).contains($0.count) })
        else { throw XErrors.invalid("$.poll.options: 2 to 4 texts of 1 to 25 characters expected") }
        guard let minutes = try poll.integer("duration_minutes"), (5...10_080).contains(minutes) else {
            throw XErrors.invalid("$.poll.duration_minutes: 5 to 10080 expected")
        }
        guard !body.has("media"), !body.has("quote_tweet_id"), !body.has("card_uri") else {
            throw XErrors.invalid("$.poll: excludes media, quote_tweet_id and card_uri")
        }
        return true
    }

    static func replyTarget(_ body: XFields, _ turn: Turn, _ caller: XCaller, _ world: XWorld) throws(Refusal) -> Int? {
        let allowed: Set = ["in_reply_to_tweet_id", "exclude_reply_user_ids", "auto_populate_reply_metadata"]
        guard let reply = try body.object("reply", allowed: allowed) else { return nil }
        _ = try reply.strings("exclude_reply_user_ids")
        guard let text = try reply.string("in_reply_to_tweet_id"), let id = Int(text) else {
            throw XErrors.invalid("$.reply.in_reply_to_tweet_id: is missing or not a number")
        }
        guard let parent = world.posts[id] else {
            throw XErrors.forbidden(
                "You attempted to reply to a Tweet that is deleted or not visible to you.", code: 385)
        }
        // Since 2026-02-23 a stranger's post can be answered only if it mentions the replying account.
        guard parent.account == caller.account || parent.text.lowercased().contains("@\(caller.username.lowercased())")
        else {
            throw XErrors.forbidden(
                "Reply to this conversation is not allowed because you have not been mentioned.", code: 433)
        }
        return id
    }

    static func replySettings(_ body: XFields) throws(Refusal) -> String? {
        guard let settings = try body.string("reply_settings") else { return nil }
        guard ["following", "mentionedUsers", "subscribers", "verified"].contains(settings) else {
            throw XErrors.invalid(
                "$.reply_settings: does not have a value in the enumeration [following, mentionedUsers, subscribers, verified]",
                parameters: ["reply_settings": [settings]])
        }
        return settings
    }

    static func checkFlags(_ body: XFields) throws(Refusal) {
        for key in ["for_super_followers_only", "nullcast", "made_with_ai", "paid_partnership", "share_with_followers"]
        {
            _ = try body.bool(key)
        }
        for key in ["card_uri", "direct_message_deep_link", "community_id"] { _ = try body.string(key) }
        if try body.string("quote_tweet_id") != nil {
            throw XErrors.forbidden("Quoting a Post through the API needs an Enterprise plan.")
        }
        if try body.object("edit_options", allowed: ["previous_post_id"]) != nil {
            throw XErrors.forbidden("This account is not permitted to edit Posts.")
        }
        _ = try body.object("geo", allowed: ["place_id"])
    }
}
