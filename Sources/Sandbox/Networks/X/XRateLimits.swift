internal import HTTPServer

/// How many requests of a kind a user has made since a window began.
struct RateWindow: Codable, Sendable {
    var start: Moment
    var used = 0
}

/// The operations of X that are counted.
enum XOperation: String, Sendable {
    case createPost, deletePost, posts, post, timeline, me, upload, uploadStatus, initialize, append, finalize
    case metadata, subtitles
}

/// The published limits (rate-limits page, 2026-08), with the headers that tell them.
enum XRateLimits {
    private static let window = 900.0
    private static let day = 86_400.0

    /// Requests of one user in 15 minutes.
    static func perUser(_ operation: XOperation) -> Int {
        switch operation {
        case .createPost: 100
        case .deletePost: 50
        case .posts: 5000
        case .post, .timeline: 900
        case .me: 75
        case .upload, .metadata: 500
        case .uploadStatus: 1000
        case .initialize, .append, .finalize: 1875
        case .subtitles: 100
        }
    }

    /// Requests of the app, and in how many seconds.
    static func perApp(_ operation: XOperation) -> (count: Int, seconds: Double)? {
        switch operation {
        case .createPost: (10_000, day)
        case .posts: (3500, window)
        case .post: (450, window)
        case .timeline: (10_000, window)
        case .upload, .metadata: (50_000, day)
        case .uploadStatus: (100_000, day)
        case .initialize, .append, .finalize: (180_000, day)
        case .subtitles: (10_000, day)
        case .deletePost, .me: nil
        }
    }

    /// Counts one request; the headers for its answer, or 429. Posting tells of its days too.
    static func count(
        _ operation: XOperation, account: String, now: Moment, in world: inout XWorld
    ) throws(Refusal) -> [(name: String, value: String)] {
        let limit = perUser(operation)
        let short = use("\(operation) \(account)", length: window, limit: limit, now: now, in: &world)
        guard let used = short.used else { throw Refusal(XErrors.tooMany(reset: short.reset, limit: limit)) }
        var headers: [(name: String, value: String)] = [
            ("x-rate-limit-limit", String(limit)), ("x-rate-limit-remaining", String(limit - used)),
            ("x-rate-limit-reset", String(short.reset.seconds)),
        ]
        var buckets: [(name: String, key: String, limit: Int, length: Double)] = []
        if let app = perApp(operation) { buckets.append(("app", "app \(operation)", app.count, app.seconds)) }
        if operation == .createPost, let limit = world.userDayLimit {
            buckets.append(("user", "day \(account)", limit, day))
        }
        for bucket in buckets {
            let long = use(bucket.key, length: bucket.length, limit: bucket.limit, now: now, in: &world)
            if operation == .createPost {
                headers += [
                    ("x-\(bucket.name)-limit-24hour-limit", String(bucket.limit)),
                    (
                        "x-\(bucket.name)-limit-24hour-remaining",
                        String(bucket.limit - (long.used ?? bucket.limit))
                    ),
                    ("x-\(bucket.name)-limit-24hour-reset", String(long.reset.seconds)),
                ]
            }
            guard long.used != nil else {
                var answer = XErrors.tooMany(reset: long.reset, limit: bucket.limit)
                answer.headers = headers + [("Content-Type", "application/problem+json")]
                throw Refusal(answer)
            }
        }
        return headers
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
