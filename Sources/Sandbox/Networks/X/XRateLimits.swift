internal import HTTPServer

/// How many requests of a kind a user has made since a window began.
struct RateWindow: Codable, Sendable {
    var start: Moment
    var used = 0
}

/// The published limits per user, with the headers that tell them.
enum XRateLimits {
    private static let window = 900.0
    private static let day = 86_400.0

    /// Requests in 15 minutes for one user.
    private static func limit(_ operation: String) -> Int {
        switch operation {
        case "POST tweets": 100
        case "DELETE tweet": 50
        case "GET tweets": 5000
        case "GET me": 75
        case "POST upload", "POST metadata": 500
        case "GET upload": 1000
        case "POST chunks": 1875
        default: 900
        }
    }

    /// Posts in 24 hours for one app.
    private static let postsPerDay = 10_000

    /// Counts one request; the headers for its answer, or 429.
    static func count(
        _ operation: String, account: String, now: Moment, in world: inout XWorld
    ) throws(Refusal) -> [(name: String, value: String)] {
        let limit = limit(operation)
        let short = use("\(operation) \(account)", length: window, limit: limit, now: now, in: &world)
        guard let used = short.used else { throw Refusal(XErrors.tooMany(reset: short.reset, limit: limit)) }
        var headers = [
            ("x-rate-limit-limit", String(limit)), ("x-rate-limit-remaining", String(limit - used)),
            ("x-rate-limit-reset", String(short.reset.seconds)),
        ]
        if operation == "POST tweets" {
            let long = use("app \(operation)", length: day, limit: postsPerDay, now: now, in: &world)
            let dayHeaders = [
                ("x-app-limit-24hour-limit", String(postsPerDay)),
                ("x-app-limit-24hour-remaining", String(postsPerDay - (long.used ?? postsPerDay))),
                ("x-app-limit-24hour-reset", String(long.reset.seconds)),
            ]
            guard long.used != nil else {
                var answer = XErrors.tooMany(reset: long.reset, limit: limit)
                answer.headers = headers + dayHeaders + [("Content-Type", "application/problem+json")]
                throw Refusal(answer)
            }
            headers += dayHeaders
        }
        return headers.map { (name: $0.0, value: $0.1) }
    }

    private static func use(
        _ key: String, length: Double, limit: Int, now: Moment, in world: inout XWorld
    ) -> (used: Int?, reset: Moment) {
        var rate = world.rates[key] ?? RateWindow(start: now)
        if now - rate.start >= length || now < rate.start { rate = RateWindow(start: now) }
        let reset = rate.start + length
        guard rate.used < limit else { return (nil, reset) }
        rate.used += 1
        world.rates[key] = rate
        return (rate.used, reset)
    }
}
