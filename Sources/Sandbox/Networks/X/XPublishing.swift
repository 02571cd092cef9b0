internal import HTTPServer

/// `POST /2/tweets` and `DELETE /2/tweets/{id}`.
enum XPublishing {
    static func create(_ turn: Turn, _ caller: XCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        try caller.requireWrite()
        let body = try XBodies.read(turn.call, XBodies.post)
        let draft = try XDraftRules(body, turn, caller, world.x)
        try XCredit.charge(
            WeightedLength(of: draft.text).urls.isEmpty ? XCredit.post : XCredit.postWithLink, &world.x)

        let sequence = world.nextSequence()
        let id = Snowflake.id(at: turn.now, sequence: sequence)
        let post = XWorld.Post(
            id: id, account: caller.account, text: draft.text, media: draft.media, replyTo: draft.replyTo,
            conversation: draft.replyTo.flatMap { world.x.posts[$0]?.conversation } ?? id, quoted: draft.quoted,
            replySettings: body["reply_settings"]?.string, poll: draft.poll,
            pollMinutes: body["poll"]?["duration_minutes"]?.integer, community: body["community_id"]?.string,
            labels: draft.labels, isPaidPartnership: body["paid_partnership"]?.bool == true, createdAt: turn.now,
            visibleAt: turn.now + turn.effects.invisibleFor, sequence: sequence)
        world.x.posts[id] = post
        for (media, card) in draft.cards { world.x.media[media]?.content = card }
        let rendered = XPostText(post, world.x)
        let history = world.x.names == .after ? "edit_history_post_ids" : "edit_history_tweet_ids"
        return .json(
            201,
            [
                "data": .object([
                    "id": .string(String(id)), "text": .string(rendered.text), history: [.string(String(id))],
                ])
            ], headers: [("location", "https://api.x.com/2/tweets/\(id)")])
    }

    static func delete(_ text: String, _ caller: XCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        try caller.requireWrite()
        guard XText.Pattern.id.matches(text), let id = Int(text) else {
            throw XErrors.wrong("id", "does not match the regex pattern \(XText.Pattern.id.rawValue)", text)
        }
        guard let post = world.x.posts[id] else {
            return .json(404, ["errors": [XErrors.notFound("tweet", id: text)]])
        }
        guard post.account == caller.account else {
            throw XErrors.forbidden("You are not authorized to delete this Tweet.")
        }
        try XCredit.charge(XCredit.delete, &world.x)
        world.x.posts[id] = nil
        return .json(200, ["data": ["deleted": true]])
    }
}
