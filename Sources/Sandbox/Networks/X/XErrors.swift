internal import HTTPServer

/// The shapes in which X refuses.
enum XErrors {
    static func problem(
        _ status: Int, title: String, detail: String, type: String = "about:blank", extra: [String: Value] = [:]
    ) -> ServerAnswer {
        let fields: [String: Value] = [
            "title": .string(title), "detail": .string(detail), "type": .string(type), "status": .integer(status),
        ]
        return .json(status, .object(fields.merging(extra) { first, _ in first }), type: "application/problem+json")
    }

    static func invalid(_ message: String, parameters: [String: [String]] = [:]) -> Refusal {
        let parameters = parameters.mapValues { Value.array($0.map(Value.string)) }
        return Refusal(
            .json(
                400,
                [
                    "errors": [["message": .string(message), "parameters": .object(parameters)]],
                    "title": "Invalid Request", "detail": "One or more parameters to your request was invalid.",
                    "type": "https://api.twitter.com/2/problems/invalid-request",
                ]))
    }

    /// Invalid, with the place of a value: `$.media.media_ids` is the parameter `media.media_ids`.
    static func wrong(_ path: String, _ sentence: String, _ value: String) -> Refusal {
        let parameter = path.hasPrefix("$.") ? String(path.dropFirst(2)) : path
        return invalid("\(path): \(sentence)", parameters: [parameter: value.isEmpty ? [] : [value]])
    }

    /// The balance is empty.
    static let noCredit = problem(
        402, title: "CreditsDepleted",
        detail: "Your enrolled account [1000000000000000001] does not have any credits to fulfill this request.",
        type: "https://api.twitter.com/2/problems/credits", extra: ["account_id": "1000000000000000001"])

    static let forbiddenScope = Refusal(problem(403, title: "Forbidden", detail: "Forbidden"))

    /// The token of an app where a user's is needed.
    static let wrongKindOfToken = Refusal(
        problem(
            403, title: "Unsupported Authentication",
            detail:
                "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint. Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].",
            type: "https://api.twitter.com/2/problems/unsupported-authentication"))

    static func forbidden(_ detail: String, code: Int? = nil, type: String = "about:blank") -> Refusal {
        let errors = code.map { ["errors": Value.array([["code": .integer($0), "message": .string(detail)]])] } ?? [:]
        return Refusal(problem(403, title: "Forbidden", detail: detail, type: type, extra: errors))
    }

    /// The older numbered form, which X still uses for OAuth 1.0a.
    static func unauthorized(_ code: Int, _ message: String) -> Refusal {
        Refusal(.json(401, ["errors": [["code": .integer(code), "message": .string(message)]]]))
    }

    static let unauthorizedBearer = Refusal(problem(401, title: "Unauthorized", detail: "Unauthorized"))

    static func notFound(_ what: String, id: String) -> Value {
        [
            "title": "Not Found Error", "type": "https://api.twitter.com/2/problems/resource-not-found",
            "detail": .string("Could not find \(what) with id: [\(id)]."), "resource_id": .string(id),
            "resource_type": .string(what), "parameter": "id", "value": .string(id),
        ]
    }

    static let noSuchPath = problem(404, title: "Not Found", detail: "Not Found")

    /// The window of fifteen minutes, or with `day` a bucket of 24 hours while the window's numbers look healthy.
    static func tooMany(reset: Moment, limit: Int, day: String? = nil) -> ServerAnswer {
        var answer = problem(429, title: "Too Many Requests", detail: "Too Many Requests")
        answer.headers += [
            ("x-rate-limit-limit", String(day == nil ? limit : 40_000)),
            ("x-rate-limit-remaining", day == nil ? "0" : "39998"), ("x-rate-limit-reset", String(reset.seconds)),
        ]
        if let day {
            answer.headers += [
                ("x-\(day)-limit-24hour-limit", String(limit)), ("x-\(day)-limit-24hour-remaining", "0"),
                ("x-\(day)-limit-24hour-reset", String(reset.seconds)),
            ]
        }
        return answer
    }
}
