/// What X demands of a post beyond the shape of its body.
struct XDraftRules {
    let text: String
    let media: [Int]
    let replyTo: Int?
    let quoted: Int?
    let poll: PostDetails.Poll?
    /// For people; as the page shows them.
    let labels: [String]
    /// Media whose card was changed by title, description or preview.
    let cards: [Int: StoredMedia]

    /// Longest text of an account with Premium.
    private static let premiumLimit = 25_000
    /// How long a text counts as a repetition, in seconds. X does not tell; a week is on the strict side.
    private static let duplicateWindow = 7 * 86_400.0

    init(_ body: Value, _ turn: Turn, _ caller: XCaller, _ world: XWorld) throws(Refusal) {
        text = body["text"]?.string ?? ""
        try Self.checkExclusions(body)
        media = try Self.media(body, turn, caller, world)
        cards = try Self.cards(body, media, turn, caller, world)
        poll = body["poll"].map { poll in
            PostDetails.Poll(
                question: nil, options: poll["options"]?.array?.compactMap(\.string) ?? [],
                endsAt: turn.now + Double(poll["duration_minutes"]?.integer ?? 0) * 60)
        }
        replyTo = try Self.replyTarget(body, caller, world)
        quoted = try Self.quoted(body, caller, world)
        labels = try Self.labels(body)
        guard body["edit_options"] == nil else {
            throw XErrors.forbidden("This account is not permitted to edit Posts.")
        }
        guard !text.isEmpty || !media.isEmpty else {
            throw XErrors.wrong("$.text", "is required when there is no media", "")
        }
        try Self.check(text, caller)
        try Self.checkDuplicate(text, turn, caller, world)
    }
}

private extension XDraftRules {
    /// Media, poll, quote, card and deep link exclude each other.
    static func checkExclusions(_ body: Value) throws(Refusal) {
        let kinds = ["media", "poll", "quote_tweet_id", "card_uri"].filter { body[$0] != nil }
        guard kinds.count <= 1, body["card_uri"] == nil || body["direct_message_deep_link"] == nil else {
            throw XErrors.wrong("$.\(kinds.first ?? "card_uri")", "is mutually exclusive from the others", "")
        }
        guard body["share_with_followers"]?.bool != true || body["community_id"] != nil else {
            throw XErrors.wrong("$.share_with_followers", "needs community_id", "true")
        }
    }

    static func check(_ text: String, _ caller: XCaller) throws(Refusal) {
        let length = WeightedLength(of: text)
        guard length.isClean else { throw XErrors.wrong("$.text", "has invalid characters", text) }
        let limit = caller.isPremium ? premiumLimit : WeightedLength.limit
        guard length.total <= limit else {
            throw XErrors.forbidden("Tweet needs to be a bit shorter; the text is too long.", code: 186)
        }
        guard caller.isEnterprise || cashtags(in: text) <= 1 else {
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

    static func media(_ body: Value, _ turn: Turn, _ caller: XCaller, _ world: XWorld) throws(Refusal) -> [Int] {
        guard let ids = body["media"]?["media_ids"]?.array?.compactMap(\.string) else { return [] }
        guard Set(ids).count == ids.count else { throw XErrors.wrong("$.media.media_ids", "has duplicates", "") }
        let known = ids.compactMap { Int($0).flatMap { world.media[$0] } }
        guard known.count == ids.count, known.allSatisfy({ $0.isUsable(turn.now, by: caller) }) else {
            throw XErrors.invalid("Your media IDs are invalid.", parameters: ["media.media_ids": ids])
        }
        guard ids.count == 1 || known.allSatisfy({ $0.content?.kind == .photo }) else {
            throw XErrors.invalid(
                "A Post has up to 4 photos, or 1 animated GIF, or 1 video.", parameters: ["media.media_ids": ids])
        }
        return known.map(\.id)
    }

    /// Title, description and preview belong to one film.
    static func cards(
        _ body: Value, _ media: [Int], _ turn: Turn, _ caller: XCaller, _ world: XWorld
    ) throws(Refusal) -> [Int: StoredMedia] {
        guard let fields = body["media"]?.object else { return [:] }
        if let actions = fields["call_to_actions"]?.object, actions.count != 1 {
            throw XErrors.wrong("$.media.call_to_actions", "exactly one variant expected", "")
        }
        let isCard = ["title", "description", "preview_media_id", "call_to_actions"].contains { fields[$0] != nil }
        guard isCard, let id = media.first, var content = world.media[id]?.content else { return [:] }
        guard content.kind == .video else { throw XErrors.wrong("$.media", "only a video has a card", "") }
        content.title = fields["title"]?.string
        if let preview = fields["preview_media_id"]?.string {
            guard let picture = Int(preview).flatMap({ world.media[$0] }), picture.isUsable(turn.now, by: caller),
                picture.content?.kind == .photo
            else { throw XErrors.wrong("$.media.preview_media_id", "is no uploaded picture", preview) }
            content.thumbnail = picture.content?.thumbnail
        }
        return [id: content]
    }

    static func replyTarget(_ body: Value, _ caller: XCaller, _ world: XWorld) throws(Refusal) -> Int? {
        guard let text = body["reply"]?["in_reply_to_tweet_id"]?.string else { return nil }
        guard let id = Int(text), let parent = world.posts[id] else {
            throw XErrors.forbidden(
                "You attempted to reply to a Tweet that is deleted or not visible to you.", code: 385)
        }
        // Since 2026-02-23 a stranger's post can be answered only if it mentions the replying account.
        guard
            parent.account == caller.account || caller.isEnterprise
                || parent.text.lowercased().contains("@\(caller.username.lowercased())")
        else {
            throw XErrors.forbidden(
                "Reply to this conversation is not allowed because you have not been mentioned.", code: 433)
        }
        return id
    }

    static func quoted(_ body: Value, _ caller: XCaller, _ world: XWorld) throws(Refusal) -> Int? {
        guard let text = body["quote_tweet_id"]?.string else { return nil }
        guard caller.isEnterprise else {
            throw XErrors.forbidden("Quoting a Post through the API needs an Enterprise plan.")
        }
        guard let id = Int(text), world.posts[id] != nil else {
            throw XErrors.forbidden("You attempted to quote a Tweet that is deleted or not visible to you.")
        }
        return id
    }

    static func labels(_ body: Value) throws(Refusal) -> [String] {
        var labels: [String] = []
        if body["made_with_ai"]?.bool == true { labels.append("made with AI") }
        if body["paid_partnership"]?.bool == true { labels.append("paid partnership") }
        if let settings = body["reply_settings"]?.string { labels.append("replies: \(settings)") }
        if let community = body["community_id"]?.string {
            labels.append("community \(community)")
            if body["share_with_followers"]?.bool == true { labels.append("shared with followers") }
        }
        if body["nullcast"]?.bool == true { labels.append("promoted only") }
        if body["for_super_followers_only"]?.bool == true { labels.append("subscribers only") }
        if let place = body["geo"]?["place_id"]?.string { labels.append("place \(place)") }
        return labels
    }
}
