internal import HTTPServer

/// The emulated X: API v2 as of August 2026.
enum XSandbox {
    static func answer(_ turn: Turn, _ world: inout World) -> ServerAnswer {
        guard turn.call.host == "api.x.com" else { return page(turn.call, world.x) }
        var headers: [(name: String, value: String)] = []
        var answer: ServerAnswer
        do throws(Refusal) {
            let caller = try XCaller.authorize(turn, world: &world)
            headers.append(("x-access-level", caller.accessLevel))
            answer = try route(turn, caller, &world, &headers)
        } catch {
            answer = error.answer
        }
        let sent = Set(answer.headers.map { $0.name.lowercased() })
        answer.headers += headers.filter { !sent.contains($0.name) }
        answer.headers.append(
            ("x-transaction-id", StableHash.word("\(turn.now.milliseconds)\(turn.call.signedURL)", count: 16)))
        return answer
    }

    static func expiredToken(_ call: Call) -> ServerAnswer {
        call.bearer == nil
            ? XErrors.unauthorized(89, "Invalid or expired token.").answer : XErrors.unauthorizedBearer.answer
    }

    private static func route(
        _ turn: Turn, _ caller: XCaller, _ world: inout World, _ headers: inout [(name: String, value: String)]
    ) throws(Refusal) -> ServerAnswer {
        let call = turn.call
        guard call.segments.first == "2" else { throw Refusal(XErrors.noSuchPath) }
        let path = Array(call.segments.dropFirst())
        switch (call.method, path.first ?? "", path.count) {
        case ("POST", "tweets", 1):
            try caller.require(["tweet.read", "tweet.write", "users.read"])
            headers += try counted(.createPost, turn, caller, &world)
            return try XPublishing.create(turn, caller, &world)
        case ("GET", "tweets", 1):
            try caller.require(["tweet.read", "users.read"], user: false)
            headers += try counted(.posts, turn, caller, &world)
            return try XReading.list(turn, caller, &world.x)
        case ("GET", "tweets", 2):
            try caller.require(["tweet.read", "users.read"], user: false)
            headers += try counted(.post, turn, caller, &world)
            return try XReading.single(path[1], turn, caller, &world.x)
        case ("DELETE", "tweets", 2):
            try caller.require(["tweet.read", "tweet.write", "users.read"])
            headers += try counted(.deletePost, turn, caller, &world)
            return try XPublishing.delete(path[1], caller, &world)
        case ("GET", "users", 2) where path[1] == "me":
            try caller.require(["tweet.read", "users.read"])
            headers += try counted(.me, turn, caller, &world)
            try XCredit.charge(XCredit.user, &world.x)
            return try XReading.me(turn.call, caller, world.x)
        case ("GET", "users", 3) where path[2] == "tweets":
            try caller.require(["tweet.read", "users.read"], user: false)
            headers += try counted(.timeline, turn, caller, &world)
            return try XReading.timeline(of: path[1], turn, caller, &world.x)
        case (_, "media", _):
            return try media(turn, Array(path.dropFirst()), caller, &world, &headers)
        default:
            throw Refusal(XErrors.noSuchPath)
        }
    }

    private static func media(
        _ turn: Turn, _ path: [String], _ caller: XCaller, _ world: inout World,
        _ headers: inout [(name: String, value: String)]
    ) throws(Refusal) -> ServerAnswer {
        try caller.require(["media.write"])
        if turn.call.method != "GET" { try caller.requireWrite() }
        switch (turn.call.method, path.first ?? "", path.count) {
        case ("POST", "upload", 1):
            headers += try counted(.upload, turn, caller, &world)
            return try XUploads.oneShot(turn, caller, &world)
        case ("POST", "upload", 2) where path[1] == "initialize":
            headers += try counted(.initialize, turn, caller, &world)
            return try XUploads.initialize(turn, caller, &world)
        case ("POST", "upload", 3) where path[2] == "append":
            headers += try counted(.append, turn, caller, &world)
            return try XUploads.append(path[1], turn, caller, &world)
        case ("POST", "upload", 3) where path[2] == "finalize":
            headers += try counted(.finalize, turn, caller, &world)
            return try XUploads.finalize(path[1], turn, caller, &world)
        case ("GET", "upload", 1):
            headers += try counted(.uploadStatus, turn, caller, &world)
            return try XUploads.status(turn, caller, &world)
        case ("POST", "metadata", 1):
            headers += try counted(.metadata, turn, caller, &world)
            return try XMetadata.describe(turn, caller, &world)
        case ("POST", "subtitles", 1):
            headers += try counted(.subtitles, turn, caller, &world)
            return try XMetadata.addSubtitles(turn, caller, &world)
        case ("DELETE", "subtitles", 1):
            headers += try counted(.subtitles, turn, caller, &world)
            return try XMetadata.removeSubtitles(turn, caller, &world)
        default:
            throw Refusal(XErrors.noSuchPath)
        }
    }

    private static func counted(
        _ operation: XOperation, _ turn: Turn, _ caller: XCaller, _ world: inout World
    ) throws(Refusal) -> [(name: String, value: String)] {
        try XRateLimits.count(operation, account: caller.account, now: turn.now, in: &world.x)
    }

    /// `https://x.com/NAME/status/ID`, as a person would open it.
    private static func page(_ call: Call, _ world: XWorld) -> ServerAnswer {
        guard call.method == "GET", call.segments.count >= 3, let id = Int(call.segments[call.segments.count - 1]),
            call.segments[call.segments.count - 2] == "status", let post = world.posts[id]
        else { return .html(404, "<!doctype html><title>Not found</title><p>This page does not exist.") }
        let name = Page.escape(SandboxCredentials.xUsername(post.account))
        return .html(200, "<!doctype html><title>\(name)</title><p>\(Page.escape(post.text))")
    }
}
