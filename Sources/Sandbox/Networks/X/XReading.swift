internal import HTTPServer

/// The reading calls of X that a publisher needs.
enum XReading {
    static func me(_ call: Call, _ caller: XCaller, _ world: XWorld) throws(Refusal) -> ServerAnswer {
        _ = try XPostView(call, world.names)
        let fields = try list(call, "user.fields", allowed: XFieldNames.user(world.names))
        return .json(200, ["data": user(caller.account, fields: fields, isPremium: caller.isPremium)])
    }

    static func single(
        _ text: String, _ turn: Turn, _ caller: XCaller, _ world: inout XWorld
    ) throws(Refusal) -> ServerAnswer {
        let view = try XPostView(turn.call, world.names)
        try XCredit.requireSome(world)
        guard let id = Int(text) else { throw XErrors.invalid("id: must be a number", parameters: ["id": [text]]) }
        guard let post = visible(id, turn, world) else {
            return .json(200, ["errors": [XErrors.notFound("tweet", id: text)]])
        }
        var answer: [String: Value] = ["data": view.render(post, caller, turn.now, world)]
        answer["includes"] = view.includes([post], turn.now, world)
        XCredit.chargeRows(1, &world)
        return .json(200, .object(answer))
    }

    static func list(_ turn: Turn, _ caller: XCaller, _ world: inout XWorld) throws(Refusal) -> ServerAnswer {
        let view = try XPostView(turn.call, world.names, also: ["ids"])
        try XCredit.requireSome(world)
        let ids = (turn.call.parameter("ids") ?? "").split(separator: ",").map(String.init)
        guard (1...100).contains(ids.count), ids.allSatisfy({ Int($0) != nil }) else {
            throw XErrors.invalid("ids: 1 to 100 ids expected", parameters: ["ids": ids])
        }
        let known = world
        let found = ids.compactMap { Int($0).flatMap { visible($0, turn, known) } }
        let missing = ids.filter { id in !found.contains { String($0.id) == id } }
        var answer: [String: Value] = [:]
        if !found.isEmpty { answer["data"] = .array(found.map { view.render($0, caller, turn.now, known) }) }
        if !missing.isEmpty { answer["errors"] = .array(missing.map { XErrors.notFound("tweet", id: $0) }) }
        answer["includes"] = view.includes(found, turn.now, known)
        XCredit.chargeRows(found.count, &world)
        return .json(200, .object(answer))
    }

    /// Newest first; what is not visible yet is not in it.
    static func timeline(
        of user: String, _ turn: Turn, _ caller: XCaller, _ kept: inout XWorld
    ) throws(Refusal) -> ServerAnswer {
        let call = turn.call
        let world = kept
        try XCredit.requireSome(world)
        let view = try XPostView(
            call, world.names,
            also: ["since_id", "until_id", "max_results", "pagination_token", "exclude", "start_time", "end_time"])
        let size = try number(call, "max_results") ?? 10
        guard (5...100).contains(size) else {
            throw XErrors.invalid(
                "The `max_results` query parameter value [\(size)] is not between 5 and 100",
                parameters: ["max_results": [String(size)]])
        }
        let since = try number(call, "since_id")
        var until = try number(call, "until_id") ?? Int.max
        if let token = call.parameter("pagination_token") {
            guard token.hasPrefix("sandboxpage"), let last = Int(token.dropFirst("sandboxpage".count)) else {
                throw XErrors.invalid("pagination_token: is invalid", parameters: ["pagination_token": [token]])
            }
            until = min(until, last)
        }
        let start = since == nil ? try moment(call, "start_time") : nil
        let end = try moment(call, "end_time")
        let exclude = try list(call, "exclude", allowed: ["replies", "retweets"])
        let account = user == caller.userID ? caller.account : world.account(ofUser: user)
        let all = world.posts.values.filter { post in
            post.account == account && turn.now >= post.visibleAt && post.id > since ?? 0 && post.id < until
                && (start.map { post.createdAt >= $0 } ?? true) && (end.map { post.createdAt <= $0 } ?? true)
                && !(exclude.contains("replies") && post.replyTo != nil)
        }.sorted { $0.id > $1.id }
        let shown = Array(all.prefix(size))
        var meta: [String: Value] = ["result_count": .integer(shown.count)]
        meta["newest_id"] = shown.first.map { .string(String($0.id)) }
        meta["oldest_id"] = shown.last.map { .string(String($0.id)) }
        if all.count > size, let last = shown.last { meta["next_token"] = .string("sandboxpage\(last.id)") }
        var answer: [String: Value] = ["meta": .object(meta)]
        if account == nil { answer["errors"] = [XErrors.notFound("user", id: user)] }
        if !shown.isEmpty { answer["data"] = .array(shown.map { view.render($0, caller, turn.now, world) }) }
        answer["includes"] = view.includes(shown, turn.now, world)
        XCredit.chargeRows(shown.count, &kept)
        return .json(200, .object(answer))
    }

    static func user(_ account: String, fields: Set<String>, isPremium: Bool) -> Value {
        let all: [String: Value] = [
            "verified": .bool(isPremium), "verified_type": .string(isPremium ? "blue" : "none"),
            "subscription_type": .string(isPremium ? "Premium" : "None"), "protected": false,
            "profile_image_url": "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png",
            "created_at": "2020-01-01T00:00:00.000Z", "description": "",
            "subscribes_to_you": false,
            "public_metrics": ["followers_count": 0, "following_count": 0, "tweet_count": 0, "listed_count": 0],
        ]
        var shown = all.filter { fields.contains($0.key) }
        shown["id"] = .string(SandboxCredentials.xUserID(account))
        shown["name"] = .string(account)
        shown["username"] = .string(SandboxCredentials.xUsername(account))
        return .object(shown)
    }

    static func list(_ call: Call, _ name: String, allowed: Set<String>) throws(Refusal) -> Set<String> {
        let values = Set((call.parameter(name) ?? "").split(separator: ",").map(String.init))
        if let stranger = values.subtracting(allowed).min() {
            throw XErrors.invalid(
                "The `\(name)` query parameter value [\(stranger)] is not one of [\(allowed.sorted().joined(separator: ","))]",
                parameters: [name: [stranger]])
        }
        return values
    }

    private static func visible(_ id: Int, _ turn: Turn, _ world: XWorld) -> XWorld.Post? {
        world.posts[id].flatMap { turn.now >= $0.visibleAt ? $0 : nil }
    }

    private static func number(_ call: Call, _ name: String) throws(Refusal) -> Int? {
        guard let text = call.parameter(name) else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw XErrors.invalid("\(name): must be a number", parameters: [name: [text]])
        }
        return number
    }

    private static func moment(_ call: Call, _ name: String) throws(Refusal) -> Moment? {
        guard let text = call.parameter(name) else { return nil }
        guard let moment = Moment(rfc3339: text) else {
            throw XErrors.invalid("\(name): must be a date and time", parameters: [name: [text]])
        }
        return moment
    }
}
