/// Sends requests. The only way out of the program besides git.
package protocol Transport: Sendable {
    /// Sends one request. Repeatable only as far as the request's `repetition` and its meaning allow:
    /// an error with `sent == .maybe` says that the other side may have acted on it.
    func send(_ request: Request) async throws(TransportError) -> Response
}

package struct Request: Sendable {
    package enum Method: String, Sendable { case get = "GET", post = "POST", put = "PUT", delete = "DELETE" }

    /// Whether the library may send the request a second time by itself (a reused connection that the server closed).
    package enum Repetition: Sendable { case allowed, forbidden }

    /// Where the request may lead: an address that somebody else wrote must not lead into the network around us.
    package enum Reach: Sendable { case anywhere, publicHosts }

    package var method: Method
    /// Absolute URL, percent-encoded.
    package var url: String
    package var headers: Headers
    package var payload: Payload
    package var repetition: Repetition
    /// The whole exchange, from connecting to the last byte of the answer.
    package var deadline: Duration
    /// Answers longer than this are cut off with an error, in bytes after decompression.
    package var maximumAnswer: Int
    package var reach = Reach.anywhere
    /// Takes the body of an answer of 200 while it arrives, in place of the memory.
    package var sink: AnswerSink?

    package init(
        _ method: Method, _ url: String, headers: Headers = [:], body: [UInt8]? = nil, repetition: Repetition,
        deadline: Duration = .seconds(60), maximumAnswer: Int = 4 << 20
    ) {
        self.init(
            method, url, headers: headers, payload: body.map(Payload.bytes) ?? .none, repetition: repetition,
            deadline: deadline, maximumAnswer: maximumAnswer)
    }

    /// A request whose body is read while it is sent.
    package init(
        _ method: Method, _ url: String, headers: Headers = [:], streaming body: StreamedBody, repetition: Repetition,
        deadline: Duration, maximumAnswer: Int = 4 << 20
    ) {
        self.init(
            method, url, headers: headers, payload: .streamed(body), repetition: repetition, deadline: deadline,
            maximumAnswer: maximumAnswer)
    }

    private init(
        _ method: Method, _ url: String, headers: Headers, payload: Payload, repetition: Repetition,
        deadline: Duration, maximumAnswer: Int
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.payload = payload
        self.repetition = repetition
        self.deadline = deadline
        self.maximumAnswer = maximumAnswer
    }

    /// The body, where it is held in memory.
    package var body: [UInt8]? {
        get { if case .bytes(let bytes) = payload { bytes } else { nil } }
        set { payload = newValue.map(Payload.bytes) ?? .none }
    }
}

/// Where the body of an answer goes piece by piece. A request is repeated only before the first of them.
package struct AnswerSink: Sendable {
    /// Called in order by the thread that serves all transfers, so that it must wait for nothing but a disk. False: it
    /// cannot be kept, which ends the transfer.
    package let take: @Sendable (UnsafeRawBufferPointer) -> Bool

    package init(_ take: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool) { self.take = take }
}

package struct Response: Sendable {
    package let status: Int
    package let headers: Headers
    package let body: [UInt8]

    package init(status: Int, headers: Headers, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package var text: String { String(decoding: body, as: UTF8.self) }
}

/// No answer, or none that can be used.
package struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whether the request may have reached the other side.
    package enum Sent: Sendable, Hashable { case no, maybe }

    package let sent: Sent
    /// One sentence without secrets, e.g. "the connection to api.x.com was refused".
    package let reason: String

    package init(sent: Sent, reason: String) {
        self.sent = sent
        self.reason = reason
    }

    package var description: String { reason }
}
