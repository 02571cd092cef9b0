internal import HTTPServer

/// `POST /rest/posts` and `DELETE /rest/posts/{urn}`.
enum LinkedInPublishing {
    /// Characters people see, in UTF-16 units.
    static let textLimit = 3000
    /// Seconds in which the same words of the same author are refused.
    private static let duplicateWindow = 600.0

    static func create(_ turn: Turn, _ caller: LinkedInCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let body = try LinkedInFields(
            Value(json: turn.call.body),
            allowed: [
                "author", "commentary", "visibility", "distribution", "lifecycleState", "isReshareDisabledByAuthor",
                "content", "reshareContext",
            ])
        let author = try body.required("author")
        try caller.requireAuthor(author, for: "posts.CREATE.\(turn.call.header("LinkedIn-Version") ?? "")")
        guard let commentary = try body.string("commentary") else {
            throw LinkedInErrors.invalid("MISSING_FIELD", "/commentary", "is required")
        }
        let visibility = try body.oneOf("visibility", ["PUBLIC", "CONNECTIONS", "LOGGED_IN", "CONTAINER"])
        guard visibility != "CONTAINER" else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", "/visibility", "no group or event is named")
        }
        guard visibility != "CONNECTIONS" || !LinkedInURN.isOrganization(author) else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", "/visibility", "an organization has no connections")
        }
        _ = try body.oneOf("lifecycleState", ["PUBLISHED"])
        let isClosed = try body.bool("isReshareDisabledByAuthor") == true
        let feed = try checkDistribution(body, author: author)
        let text = LittleText(commentary)
        guard LittleText.visibleLength(commentary) <= textLimit else {
            throw LinkedInErrors.invalid(
                "FIELD_LENGTH_TOO_LONG", "/commentary", "is longer than \(textLimit) characters")
        }
        let content = try LinkedInContent(body, author: author, now: turn.now, world.linkedIn)
        let parent = try reshared(body, world.linkedIn)
        guard !commentary.isEmpty || content.value != nil || parent != nil else {
            throw LinkedInErrors.refusal(422, "UNPROCESSABLE_ENTITY", "A post needs commentary or content")
        }
        try checkDuplicate(text.visible, author, turn.now, world.linkedIn)
        var details = PostDetails()
        (details.poll, details.card, details.quoted, details.mentions) = (
            content.poll, content.card, parent, text.mentions
        )
        if visibility != "PUBLIC" { details.labels.append("visible to: \(visibility)") }
        if feed == "NONE" { details.labels.append("not in the feed") }
        if isClosed { details.labels.append("not to be shared") }

        let sequence = world.nextSequence()
        let kind = content.isUGCPost ? "ugcPost" : "share"
        let urn = urn(kind, turn.now, sequence)
        world.linkedIn.posts[urn] = LinkedInWorld.Post(
            urn: urn, account: caller.account, author: author, text: text.visible, little: text.stored,
            media: content.media, content: content.value, visibility: visibility, details: details, isClosed: isClosed,
            createdAt: turn.now, visibleAt: turn.now + turn.effects.invisibleFor, sequence: sequence)
        return ServerAnswer(201, headers: [("x-restli-id", urn), ("x-linkedin-id", urn)])
    }

    /// Deleting what is gone is success.
    static func delete(_ urn: String, _ turn: Turn, _ caller: LinkedInCaller, _ world: inout World) throws(Refusal)
        -> ServerAnswer
    {
        guard let post = world.linkedIn.posts[urn] else { return ServerAnswer(204) }
        try caller.requireAuthor(post.author, for: "posts.DELETE.\(turn.call.header("LinkedIn-Version") ?? "")")
        world.linkedIn.posts[urn]?.isDeleted = true
        return ServerAnswer(204)
    }
}

private extension LinkedInPublishing {
    static func checkDistribution(_ body: LinkedInFields, author: String) throws(Refusal) -> String {
        let allowed: Set = ["feedDistribution", "targetEntities", "thirdPartyDistributionChannels"]
        guard let distribution = try body.object("distribution", allowed: allowed) else {
            throw LinkedInErrors.invalid("MISSING_FIELD", "/distribution", "is required")
        }
        let feed = try distribution.oneOf("feedDistribution", ["MAIN_FEED", "NONE"])
        let targets = try distribution.array("targetEntities") ?? []
        _ = try distribution.array("thirdPartyDistributionChannels")
        guard LinkedInURN.isOrganization(author) || feed == "MAIN_FEED" && targets.isEmpty else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", "/distribution", "is for organizations only")
        }
        return feed
    }

    static func reshared(_ body: LinkedInFields, _ world: LinkedInWorld) throws(Refusal) -> String? {
        guard let parent = try body.object("reshareContext", allowed: ["parent"])?.required("parent") else {
            return nil
        }
        guard let post = world.posts[parent], !post.isDeleted else {
            throw LinkedInErrors.invalid("INVALID_URN_ID", "/reshareContext/parent", "\(parent) does not exist")
        }
        guard !post.isClosed, post.visibility == "PUBLIC" else {
            throw LinkedInErrors.invalid(
                "INVALID_VALUE_FOR_FIELD", "/reshareContext/parent", "\(parent) may not be shared")
        }
        return parent
    }
}

extension LinkedInPublishing {
    /// Also what was deleted meanwhile counts, as on the real network.
    static func checkDuplicate(
        _ text: String, _ author: String, _ now: Moment, _ world: LinkedInWorld
    ) throws(Refusal) {
        guard !text.isEmpty else { return }
        let earlier = world.posts.values.filter { post in
            post.author == author && post.text == text && abs(now - post.createdAt) < duplicateWindow
        }.max { $0.sequence < $1.sequence }
        if let earlier { throw LinkedInErrors.duplicate(of: earlier.urn) }
    }

    /// Shares and other posts have ids of one kind of number.
    static func urn(_ kind: String, _ now: Moment, _ sequence: Int) -> String {
        "urn:li:\(kind):\(now.milliseconds << 22 | (sequence & 0x3F_FFFF))"
    }
}

extension LittleText {
    /// Length in UTF-16 units without the backslashes, also of a part that would be cut.
    static func visibleLength(_ text: String) -> Int {
        let read = LittleText(text)
        guard read.isCut else { return read.visible.utf16.count }
        return text.utf16.count - text.utf16.filter { $0 == 0x5C }.count
    }
}
