import HTTP
import Synchronization

extension Response {
    /// As a transport hands it over that knows of sinks.
    func kept(by request: Request) -> Response {
        guard status == 200, let sink = request.sink else { return self }
        _ = body.withUnsafeBytes { sink.take($0) }
        return Response(status: status, headers: headers, body: [])
    }
}

/// Answers each address with what is said of it, and remembers what was asked.
final class ScriptedAnswers: Transport {
    private let answers: Mutex<[String: Result<Response, TransportError>]>
    private let seen = Mutex<[Request]>([])

    init(_ answers: [String: Result<Response, TransportError>]) { self.answers = Mutex(answers) }

    var requests: [Request] { seen.withLock { $0 } }

    func change(_ address: String, to answer: Result<Response, TransportError>) {
        answers.withLock { $0[address] = answer }
    }

    func send(_ request: Request) async throws(TransportError) -> Response {
        seen.withLock { $0.append(request) }
        guard let answer = answers.withLock({ $0[request.url] }) else {
            throw TransportError(sent: .no, reason: "nothing is known of \(request.url)")
        }
        return try answer.get().kept(by: request)
    }
}
