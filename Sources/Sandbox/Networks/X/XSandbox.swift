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
        func count(_ operation: String) throws(Refusal) {
            headers += try XRateLimits.count(operation, account: caller.account, now: turn.now, in: &world.x)
        }
        guard call.segments.first == "2" else { throw Refusal(XErrors.noSuchPath) }
        let path = Array(call.segments.dropFirst())
        switch (call.method, path.first ?? "", path.count) {
        case ("POST", "tweets", 1):
            try count("POST tweets")
            return try XPublishing.create(turn, caller, &world)
        case ("GET", "tweets", 1):
            try count("GET tweets")
            return try XReading.list(turn, caller, world.x)
        case ("GET", "tweets", 2):
            try count("GET tweet")
            return try XReading.single(path[1], turn, caller, world.x)
        case ("DELETE", "tweets", 2):
            try count("DELETE tweet")
            return try XPublishing.delete(path[1], caller, &world)
        case ("GET", "users", 2) where path[1] == "me":
            try count("GET me")
            return try XReading.me(turn.call, caller)
        case ("GET", "users", 3) where path[2] == "tweets":
            try count("GET timeline")
            return try XReading.timeline(of: path[1], turn, caller, world.x)
        case ("POST", "media", 2) where path[1] == "upload":
            try count("POST upload")
            return try XUploads.oneShot(turn, caller, &world)
        case ("POST", "media", 3) where path[2] == "initialize":
            try count("POST chunks")
            return try XUploads.initialize(turn, caller, &world)
        case ("POST", "media", 4) where path[1] == "upload" && path[3] == "append":
            try count("POST chunks")
            return try XUploads.append(path[2], turn, caller, &world)
        case ("POST", "media", 4) where path[1] == "upload" && path[3] == "finalize":
            try count("POST chunks")
            return try XUploads.finalize(path[2], turn, caller, &world)
        case ("GET", "media", 2) where path[1] == "upload":
            try count("GET upload")
            return try XUploads.status(turn, caller, &world)
        case ("POST", "media", 2) where path[1] == "metadata":
            try count("POST metadata")
            return try XUploads.metadata(turn, caller, &world)
        default:
            throw Refusal(XErrors.noSuchPath)
        }
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
