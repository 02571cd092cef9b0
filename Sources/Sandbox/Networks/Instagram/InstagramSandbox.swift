internal import HTTPServer

/// The emulated Instagram: Graph API v22.0 to v26.0, both logins.
enum InstagramSandbox {
    /// Calls in a rolling day that count as 100 % in the usage headers.
    private static let callsPerDay = 4800

    static func answer(_ turn: Turn, _ world: inout World) -> ServerAnswer {
        if turn.call.host == "www.instagram.com" { return page(turn.call, world.instagram) }
        if turn.call.host == "rupload.facebook.com" { return InstagramResumable.answer(turn, &world) }
        do throws(Refusal) {
            if turn.call.segments == ["refresh_access_token"] { return try refresh(turn.call) }
            let graph = try GraphCall(turn.call)
            var answer: ServerAnswer
            do throws(Refusal) { answer = try route(graph, turn, &world) } catch { answer = error.answer }
            answer.headers += usage(graph, turn.now, &world.instagram)
            return answer
        } catch {
            return error.answer
        }
    }

    private static func route(_ graph: GraphCall, _ turn: Turn, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let id = graph.path.first ?? ""
        switch (turn.call.method, graph.path.count, graph.path.count > 1 ? graph.path[1] : "") {
        case ("POST", 2, "media"):
            try graph.requireUser(id)
            return try InstagramContainers.create(graph, turn, &world)
        case ("GET", 2, "media"):
            try graph.requireUser(id)
            return try InstagramReading.list(graph, turn, world.instagram)
        case ("GET", 2, "stories"):
            try graph.requireUser(id)
            return try InstagramReading.stories(graph, turn, world.instagram)
        case ("POST", 2, "media_publish"):
            try graph.requireUser(id)
            return try InstagramPublishing.publish(graph, turn, &world)
        case ("GET", 2, "content_publishing_limit"):
            try graph.requireUser(id)
            return try InstagramReading.quota(graph, turn, world.instagram)
        case ("GET", 2, "insights"):
            return try InstagramReading.insights(id, graph, turn, world.instagram)
        case ("POST", 2, "comments"):
            return try InstagramPublishing.comment(on: id, graph, turn, &world)
        case ("GET", 2, "comments"):
            return try InstagramReading.comments(of: id, graph, turn, world.instagram)
        case ("GET", 1, _):
            return try InstagramReading.node(id, graph, turn, &world)
        case ("POST", 1, _):
            return try InstagramPublishing.update(id, graph, &world)
        case ("DELETE", 1, _):
            return try InstagramPublishing.delete(id, graph, &world)
        default:
            throw GraphErrors.missing(graph.path.joined(separator: "/"))
        }
    }

    /// The same token again, as if it were new; the emulated tokens never end by themselves.
    private static func refresh(_ call: Call) throws(Refusal) -> ServerAnswer {
        guard call.method == "GET", call.host == "graph.instagram.com",
            call.parameter("grant_type") == "ig_refresh_token", let text = call.bearer ?? call.parameter("access_token")
        else { throw GraphErrors.parameter("Missing or wrong grant_type or access_token") }
        guard let token = SandboxToken(text, network: "instagram"), token.condition == .good else {
            throw GraphErrors.expired
        }
        return .json(
            200,
            [
                "access_token": .string(text), "token_type": "bearer", "expires_in": 5_184_000,
                "permissions": "instagram_business_basic,instagram_business_content_publish",
            ])
    }

    private static func usage(
        _ graph: GraphCall, _ now: Moment, _ world: inout InstagramWorld
    ) -> [(name: String, value: String)] {
        var calls = world.calls[graph.user] ?? RateWindow(start: now)
        if now - calls.start >= 86_400 { calls = RateWindow(start: now) }
        calls.used += 1
        world.calls[graph.user] = calls
        let percent = Value.integer(min(100, calls.used * 100 / callsPerDay))
        let app: Value = ["call_count": percent, "total_time": 1, "total_cputime": 1]
        let business: Value = .object([
            graph.user: [
                [
                    "type": "instagram", "call_count": percent, "total_cputime": 1, "total_time": 1,
                    "estimated_time_to_regain_access": 0,
                ]
            ]
        ])
        return [
            ("X-App-Usage", String(decoding: app.json, as: UTF8.self)),
            ("X-Business-Use-Case-Usage", String(decoding: business.json, as: UTF8.self)),
        ]
    }

    /// `https://www.instagram.com/p/CODE/`, as a person would open it.
    private static func page(_ call: Call, _ world: InstagramWorld) -> ServerAnswer {
        let code = call.segments.count == 2 ? call.segments[1] : ""
        guard call.method == "GET",
            let post = world.media.values.first(where: { $0.shortcode == code && !$0.isDeleted })
        else { return .html(404, "<!doctype html><title>Not found</title><p>This page does not exist.") }
        return .html(200, "<!doctype html><title>Instagram</title><p>\(Page.escape(post.caption))")
    }
}
