internal import HTTPServer

/// The emulated LinkedIn: versioned REST API as of autumn 2026, and the older `/v2`.
enum LinkedInSandbox {
    static func answer(_ turn: Turn, _ world: inout World) -> ServerAnswer {
        var answer: ServerAnswer
        do throws(Refusal) { answer = try route(turn, &world) } catch { answer = error.answer }
        answer.headers += [
            ("x-li-uuid", StableHash.word("\(turn.now.milliseconds)\(turn.call.signedURL)", count: 22)),
            ("x-li-fabric", "sandbox"), ("x-restli-protocol-version", "2.0.0"),
        ]
        return answer
    }

    private static func route(_ turn: Turn, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let call = turn.call
        if call.host == "www.linkedin.com" {
            guard call.segments.first == "dms-uploads" else { return page(call, world.linkedIn) }
            let isVideo = call.segments.count > 2 && call.segments[2] == "v2"
            return try isVideo ? LinkedInVideos.put(turn, &world) : LinkedInUploads.put(turn, &world)
        }
        if call.segments.first == "mediaUpload" { return try LinkedInLegacy.put(turn, &world) }
        let caller = try LinkedInCaller.authorize(call)
        switch (call.method, call.segments) {
        case ("GET", ["v2", "userinfo"]): return LinkedInReading.userinfo(caller)
        case ("GET", ["v2", "me"]): return try LinkedInReading.me(caller)
        default: break
        }
        if call.segments.first == "v2" {
            try RestLi.checkHeaders(call, world.linkedIn.versions, at: turn.now, isVersioned: false)
            try world.linkedIn.count(call, caller.account, turn.now)
            return try LinkedInLegacy.answer(turn, Array(call.segments.dropFirst()), caller, &world)
        }
        guard call.segments.first == "rest" else { throw LinkedInErrors.noSuchResource }
        try RestLi.checkHeaders(call, world.linkedIn.versions, at: turn.now)
        try world.linkedIn.count(call, caller.account, turn.now)
        return try rest(turn, Array(call.segments.dropFirst()), caller, &world)
    }

    private static func rest(
        _ turn: Turn, _ path: [String], _ caller: LinkedInCaller, _ world: inout World
    ) throws(Refusal) -> ServerAnswer {
        let call = turn.call
        switch (call.method, path.first ?? "", path.count) {
        case ("POST", "posts", 1):
            try RestLi.checkMethod(call, "CREATE")
            return try LinkedInPublishing.create(turn, caller, &world)
        case ("GET", "posts", 1) where call.parameter("ids") != nil:
            try RestLi.checkMethod(call, "BATCH_GET", isRequired: true)
            return try LinkedInReading.batch(turn, caller, world.linkedIn)
        case ("GET", "posts", 1):
            try RestLi.checkMethod(call, "FINDER")
            return try LinkedInReading.find(turn, caller, world.linkedIn)
        case ("GET", "posts", 2):
            try RestLi.checkMethod(call, "GET")
            return try LinkedInReading.single(path[1], turn, caller, world.linkedIn)
        case ("DELETE", "posts", 2):
            try RestLi.checkMethod(call, "DELETE")
            return try LinkedInPublishing.delete(path[1], turn, caller, &world)
        case ("POST", "images", 1), ("POST", "documents", 1):
            try RestLi.checkMethod(call, "ACTION")
            return try LinkedInUploads.initialize(path[0] == "images" ? .image : .document, turn, caller, &world)
        case ("GET", "images", 2), ("GET", "documents", 2):
            return try LinkedInUploads.status(
                path[1], path[0] == "images" ? .image : .document, turn, caller, &world)
        case ("POST", "videos", 1) where call.parameter("action") == "initializeUpload":
            return try LinkedInVideos.initialize(turn, caller, &world)
        case ("POST", "videos", 1) where call.parameter("action") == "finalizeUpload":
            return try LinkedInVideos.finalize(turn, caller, &world)
        case ("GET", "videos", 2):
            return try LinkedInVideos.status(path[1], turn, caller, &world)
        case ("POST", "socialActions", 3) where path[2] == "comments":
            try RestLi.checkMethod(call, "CREATE")
            return try LinkedInComments.create(path[1], turn, caller, &world)
        case ("GET", "socialActions", 3) where path[2] == "comments":
            try RestLi.checkMethod(call, "GET_ALL")
            return try LinkedInComments.list(path[1], turn, caller, world)
        case ("GET", "organizationalEntityShareStatistics", 1):
            return try LinkedInStatistics.shares(turn, caller, world.linkedIn)
        case ("GET", "memberCreatorPostAnalytics", 1):
            throw LinkedInErrors.denied("memberCreatorPostAnalytics.FINDER-entity")
        default:
            throw LinkedInErrors.noSuchResource
        }
    }

    /// `https://www.linkedin.com/feed/update/URN/`, as a person would open it.
    private static func page(_ call: Call, _ world: LinkedInWorld) -> ServerAnswer {
        guard call.method == "GET", call.segments.count == 3, let post = world.posts[call.segments[2]], !post.isDeleted
        else { return .html(404, "<!doctype html><title>Not found</title><p>This page does not exist.") }
        return .html(200, "<!doctype html><title>LinkedIn</title><p>\(Page.escape(post.text))")
    }
}
