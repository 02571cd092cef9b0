/// One request as it came over the wire.
package struct ServerRequest: Sendable {
    package let method: String
    /// Path and query exactly as received, still percent-encoded; begins with `/`.
    package let target: String
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    package init(method: String, target: String, headers: [(name: String, value: String)], body: [UInt8]) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The first header of that name, compared without case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// What the server sends back, and how the connection ends.
package struct ServerAnswer: Sendable {
    package enum Ending: Sendable, Hashable {
        /// The whole answer, connection kept open.
        case complete
        /// The connection is closed before the first byte of an answer.
        case nothing
        /// The head and the first `bytes` of the body, then the connection is closed.
        case truncated(after: Int)
    }

    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    package var ending: Ending

    package init(
        _ status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], ending: Ending = .complete
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.ending = ending
    }
}
