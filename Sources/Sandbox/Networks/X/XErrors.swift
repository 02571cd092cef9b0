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

    static func tooMany(reset: Moment, limit: Int) -> ServerAnswer {
        var answer = problem(429, title: "Too Many Requests", detail: "Too Many Requests")
        answer.headers += [
            ("x-rate-limit-limit", String(limit)), ("x-rate-limit-remaining", "0"),
            ("x-rate-limit-reset", String(reset.seconds)),
        ]
        return answer
    }
}
