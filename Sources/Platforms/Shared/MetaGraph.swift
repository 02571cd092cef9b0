import HTTP
import JSON
import Posts

/// Requests to one of Meta's Graph APIs: a bearer token, form bodies, JSON answers, errors in an envelope.
/// The token stands in the header alone, since URLs end in logs.
struct MetaGraph: Sendable {
    let session: Session
    let network: Network
    /// `https://` host and version, without a slash behind.
    let base: String
    /// The network's own error codes, asked before the general ones.
    let subcodes: [Int: MetaGraphMeaning]

    /// Reads `path`, which begins with a slash. Repeatable.
    func get(_ path: String, _ query: [(String, String)]) async throws(PlatformFailure) -> JSON {
        let query = query.map { "\(percentEncoded($0))=\(percentEncoded($1))" }.joined(separator: "&")
        return try await send(Request(.get, "\(base)\(path)?\(query)", repetition: .allowed), as: .repeatable).answer
    }

    /// Sends a form to `path`, without the fields that are nil, and answers with the id of what it made.
    /// Ids are larger than a floating-point number can hold and stay text.
    func post(
        _ path: String, _ fields: [(String, String?)], as asking: Asking = .repeatable
    ) async throws(PlatformFailure) -> String {
        let form = fields.compactMap { name, value in value.map { (name, $0) } }
        let request = Request(
            .post, base + path, headers: ["Content-Type": FormBody.contentType], body: FormBody.encode(form),
            repetition: asking == .publishing ? .forbidden : .allowed)
        let (answer, status) = try await send(request, as: asking)
        guard let id = answer["id"]?.identifier else { throw unreadable("an id", to: asking, status: status) }
        return id
    }

    /// A success without what it should hold.
    func unreadable(_ what: String, to asking: Asking = .repeatable, status: Int? = nil) -> PlatformFailure {
        PlatformFailure(
            asking.unanswered, code: "\(network.rawValue).unreadable", "\(network.title) answered without \(what)",
            status: status)
    }

    private func send(
        _ request: Request, as asking: Asking
    ) async throws(PlatformFailure) -> (answer: JSON, status: Int) {
        var request = request
        request.headers.add("Authorization", secret: try session.bearer())
        let response: Response
        do {
            response = try await session.transport.send(request)
        } catch {
            throw asking.failure(error, of: network)
        }
        let answer = response.json
        // A success may carry an error as well.
        guard (200..<300).contains(response.status), answer?["error"]?.object == nil else {
            throw failure(response, to: asking)
        }
        guard let answer, answer.object != nil else {
            throw unreadable("a JSON object", to: asking, status: response.status)
        }
        return (answer, response.status)
    }
}

extension Instant {
    /// Graph times have an offset without a colon, `2024-09-12T23:17:39+0000`; nil for anything else.
    init?(graph text: String) {
        let offset = text.suffix(5)
        guard offset.count == 5, offset.first == "+" || offset.first == "-" else { return nil }
        self.init(rfc3339: text.dropLast(2) + ":" + text.suffix(2))
    }
}
