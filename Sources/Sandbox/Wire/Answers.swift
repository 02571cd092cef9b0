internal import HTTPServer

/// A network says no. Thrown by the rules, sent as it is.
struct Refusal: Error {
    var answer: ServerAnswer

    init(_ answer: ServerAnswer) { self.answer = answer }
}

extension ServerAnswer {
    static func json(
        _ status: Int, _ value: Value, type: String = "application/json; charset=utf-8",
        headers: [(name: String, value: String)] = []
    ) -> ServerAnswer {
        ServerAnswer(status, headers: [("Content-Type", type)] + headers, body: value.json)
    }

    static func text(_ status: Int, _ text: String, type: String = "text/plain; charset=utf-8") -> ServerAnswer {
        ServerAnswer(status, headers: [("Content-Type", type)], body: Array(text.utf8))
    }

    static func html(_ status: Int, _ text: String) -> ServerAnswer {
        .text(status, text, type: "text/html; charset=utf-8")
    }
}
