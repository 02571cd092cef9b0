internal import HTTPServer

/// The envelope in which LinkedIn refuses.
enum LinkedInErrors {
    static func refusal(_ status: Int, _ code: String, _ message: String, service: Int? = nil) -> Refusal {
        var fields: [String: Value] = ["status": .integer(status), "code": .string(code), "message": .string(message)]
        fields["serviceErrorCode"] = service.map(Value.integer)
        return Refusal(.json(status, .object(fields)))
    }

    static func invalid(_ code: String, _ field: String, _ description: String) -> Refusal {
        Refusal(
            .json(
                400,
                [
                    "status": 400, "code": .string(code), "message": .string("\(field): \(description)"),
                    "errorDetailType": "com.linkedin.common.error.BadRequest",
                    "errorDetails": [
                        "inputErrors": [
                            [
                                "code": .string(code), "description": .string(description),
                                "input": ["inputPath": ["fieldPath": .string(field)]],
                            ]
                        ]
                    ],
                ]))
    }

    static func duplicate(of urn: String) -> Refusal {
        Refusal(
            .json(
                422,
                [
                    "status": 422, "errorDetailType": "com.linkedin.common.error.BadRequest",
                    "message": .string(
                        "com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of \(urn)"
                    ),
                    "errorDetails": [
                        "inputErrors": [
                            ["description": "Duplicate post is detected", "input": [:], "code": "DUPLICATE_POST"]
                        ]
                    ],
                ]))
    }

    static func denied(_ what: String) -> Refusal {
        refusal(403, "ACCESS_DENIED", "Not enough permissions to access: \(what)", service: 100)
    }

    static let expired = refusal(
        401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired", service: 65602)
    static let notFound = refusal(404, "NOT_FOUND", "Could not find entity")
    static let noSuchResource = refusal(404, "RESOURCE_NOT_FOUND", "No virtual resource found", service: 0)
    static let wrongEncoding = refusal(
        400, "ILLEGAL_ARGUMENT", "Syntax exception in path variables or query parameters")

    static func tooMany(retryAfter seconds: Int?) -> ServerAnswer {
        var answer = refusal(
            429, "TOO_MANY_REQUESTS",
            "Resource level throttle APPLICATION_AND_MEMBER DAY limit for calls to this resource is reached.",
            service: 101
        ).answer
        if let seconds { answer.headers.append(("Retry-After", String(seconds))) }
        return answer
    }
}
