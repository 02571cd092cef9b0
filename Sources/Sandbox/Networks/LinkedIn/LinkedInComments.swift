internal import HTTPServer

/// What people write below posts, `/rest/socialActions/{post}/comments`.
enum LinkedInComments {
    /// Longest text, in characters.
    private static let limit = 1250

    static func create(
        _ urn: String, _ turn: Turn, _ caller: LinkedInCaller, _ world: inout World
    ) throws(Refusal) -> ServerAnswer {
        let body = try LinkedInFields(
            Value(json: turn.call.body), allowed: ["actor", "object", "message", "parentComment", "content"])
        let actor = try body.required("actor")
        try caller.requireActor(actor)
        let post = try post(urn, turn, world)
        if let parent = try body.string("parentComment"), !world.linkedIn.comments.contains(where: { $0.urn == parent })
        {
            throw LinkedInErrors.notFound
        }
        guard try body.required("object") == urn else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", "/object", "is not the post of the path")
        }
        let message = try body.object("message", allowed: ["text", "attributes"])
        guard let text = try message?.string("text", atMost: limit), !text.isEmpty else {
            throw LinkedInErrors.invalid("MISSING_FIELD", "/message/text", "is required")
        }
        let sequence = world.nextSequence()
        let id = turn.now.milliseconds << 22 | (sequence & 0x3F_FFFF)
        let comment = LinkedInWorld.Comment(
            urn: "urn:li:comment:(\(activity(of: post)),\(id))", account: caller.account, actor: actor, object: urn,
            text: text, createdAt: turn.now, visibleAt: turn.now + turn.effects.invisibleFor, sequence: sequence)
        world.linkedIn.comments.append(comment)
        return .json(
            201,
            [
                "id": .string(String(id)), "$URN": .string(comment.urn), "actor": .string(actor),
                "object": .string(urn),
            ], headers: [("x-restli-id", String(id))])
    }

    /// The comments on a page's post, oldest first; those on a member's post are closed to apps.
    static func list(
        _ urn: String, _ turn: Turn, _ caller: LinkedInCaller, _ world: World
    ) throws(Refusal) -> ServerAnswer {
        try RestLi.checkParameters(turn.call, known: ["count", "start", "fields"])
        let (count, start) = try RestLi.page(turn.call)
        try caller.requireReadingComments()
        let post = try post(urn, turn, world)
        guard LinkedInURN.isOrganization(post.author) else { throw LinkedInErrors.denied(reading) }
        let all = world.linkedIn.comments.filter { $0.object == urn && turn.now >= $0.visibleAt }
        let shown = all.dropFirst(start).prefix(count).map { value(of: $0, below: post) }
        return .json(
            200,
            [
                "elements": .array(Array(shown)),
                "paging": [
                    "start": .integer(start), "count": .integer(count), "total": .integer(all.count), "links": [],
                ],
            ])
    }

    /// What a token may not do, as LinkedIn names it.
    static let reading = "partnerApiSocialActions.GET_ALL"

    private static func post(_ urn: String, _ turn: Turn, _ world: World) throws(Refusal) -> LinkedInWorld.Post {
        guard let post = world.linkedIn.posts[urn], !post.isDeleted, turn.now >= post.visibleAt else {
            throw LinkedInErrors.notFound
        }
        return post
    }

    /// The feed's own name of a post: comments hang on it, and reads show it instead of the name that was written.
    private static func activity(of post: LinkedInWorld.Post) -> String {
        "urn:li:activity:\(post.urn.split(separator: ":").last ?? "")"
    }

    private static func value(of comment: LinkedInWorld.Comment, below post: LinkedInWorld.Post) -> Value {
        let stamp: Value = ["actor": .string(comment.actor), "time": .integer(comment.createdAt.milliseconds)]
        let id = comment.urn.split(separator: ",").last.map { String($0.dropLast()) } ?? ""
        return [
            "id": .string(id), "commentUrn": .string(comment.urn), "actor": .string(comment.actor),
            "object": .string(activity(of: post)), "created": stamp, "lastModified": stamp,
            "message": ["attributes": [], "text": .string(comment.text)],
        ]
    }
}
