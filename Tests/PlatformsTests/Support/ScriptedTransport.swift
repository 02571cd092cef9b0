import HTTP
import JSON
import Synchronization
import Testing

/// Answers by a script and remembers what was asked.
///
/// A request is answered by the first rule that matches it and is not used up; a rule is used up by one answer
/// unless it says `always`. A request without a rule is an issue of the test, and gets a `TransportError`.
final class ScriptedTransport: Transport, Sendable {
    struct Rule: Sendable {
        let matches: @Sendable (Request) -> Bool
        let answer: Result<Response, TransportError>
        var always = false
    }

    private struct State {
        var rules: [Rule]
        var requests: [Request] = []
    }

    private let state: Mutex<State>

    init(_ rules: [Rule]) { state = Mutex(State(rules: rules)) }

    /// In the order of `answers`, whatever is asked.
    init(inOrder answers: [Result<Response, TransportError>]) {
        state = Mutex(State(rules: answers.map { Rule(matches: { _ in true }, answer: $0) }))
    }

    var requests: [Request] { state.withLock { $0.requests } }

    func send(_ request: Request) async throws(TransportError) -> Response {
        let answer = state.withLock { state -> Result<Response, TransportError>? in
            state.requests.append(request)
            guard let at = state.rules.firstIndex(where: { $0.matches(request) }) else { return nil }
            return state.rules[at].always ? state.rules[at].answer : state.rules.remove(at: at).answer
        }
        guard let answer else {
            Issue.record("no answer is scripted for \(request.method.rawValue) \(request.url)")
            throw TransportError(sent: .no, reason: "no answer is scripted")
        }
        return try answer.get()
    }
}

extension ScriptedTransport.Rule {
    /// Matches a method and a part of the URL.
    static func on(
        _ method: Request.Method, _ part: String, _ answer: Result<Response, TransportError>, always: Bool = false
    ) -> Self {
        Self(matches: { $0.method == method && $0.url.contains(part) }, answer: answer, always: always)
    }
}

extension Result where Success == Response, Failure == TransportError {
    static func json(_ text: String, status: Int = 200, headers: Headers = [:]) -> Self {
        .success(Response(status: status, headers: headers, body: Array(text.utf8)))
    }

    static func empty(_ status: Int, headers: Headers = [:]) -> Self { .json("", status: status, headers: headers) }

    static var neverSent: Self { .failure(TransportError(sent: .no, reason: "the connection was refused")) }
    static var lost: Self { .failure(TransportError(sent: .maybe, reason: "the connection was closed")) }
}

extension Request {
    /// The body as JSON; nil without one.
    var json: JSON? { body.flatMap { try? JSON(parsing: $0) } }
    /// The body as text, whatever bytes it holds.
    var bodyText: String { String(decoding: body ?? [], as: UTF8.self) }
}
