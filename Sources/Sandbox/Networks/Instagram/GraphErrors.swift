internal import HTTPServer

/// The error envelope of the Graph API.
enum GraphErrors {
    static func refusal(
        _ code: Int, _ subcode: Int? = nil, _ message: String, type: String = "OAuthException", status: Int = 400,
        userMessage: String? = nil, isTransient: Bool = false
    ) -> Refusal {
        var error: [String: Value] = [
            "message": .string(message), "type": .string(type), "code": .integer(code),
            "is_transient": .bool(isTransient), "fbtrace_id": .string("A" + StableHash.word(message, count: 22)),
        ]
        error["error_subcode"] = subcode.map(Value.integer)
        error["error_user_msg"] = userMessage.map(Value.string)
        return Refusal(.json(status, ["error": .object(error)]))
    }

    /// Code 100: a parameter is unknown, missing or wrong.
    static func parameter(_ message: String, subcode: Int? = nil) -> Refusal {
        refusal(100, subcode, "(#100) \(message)")
    }

    static func missing(_ id: String) -> Refusal {
        refusal(
            100, 33,
            "Unsupported request. Object with ID '\(id)' does not exist, cannot be loaded due to missing permissions, or does not support this operation",
            type: "GraphMethodException")
    }

    static let expired = refusal(
        190, 463, "Error validating access token: Session has expired.", status: 401)
    /// A row of the table; nothing when there is none with that subcode.
    static func row(_ subcode: Int) -> Refusal? {
        GraphErrorTable.rows.first { $0.subcode == subcode }.map { row in
            refusal(
                row.code, subcode, "(#\(row.code)) \(row.message)", userMessage: row.message,
                isTransient: row.isTransient)
        }
    }

    static let unfetchable = refusal(
        9004, 2_207_052, "Only photo or video can be accepted as media type.",
        userMessage: "The media could not be fetched from this URI.")
    static let tooSlow = refusal(-2, 2_207_003, "It takes too long to download the media.", isTransient: true)
    static let notReady = refusal(
        9007, 2_207_027, "Media ID is not available",
        userMessage: "The media is not ready to be published. Please wait a moment.")
    static let tooManyTags = refusal(100, 2_207_040, "(#100) Cannot use more than 20 tags per post.")

    static func rateLimit() -> ServerAnswer {
        var answer = refusal(4, nil, "(#4) Application request limit reached", status: 403, isTransient: true).answer
        answer.headers.append(("X-App-Usage", "{\"call_count\":100,\"total_time\":25,\"total_cputime\":25}"))
        return answer
    }
}
