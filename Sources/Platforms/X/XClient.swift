import HTTP
import JSON
import Posts

/// Sends requests to X in the name of the session's account.
struct XClient: Sendable {
    let session: Session

    var errors: XErrors { XErrors(session: session) }
    var authorization: XAuthorization { XAuthorization(session: session) }

    enum Body: Sendable {
        case none
        case json(JSON)
        case parts([Part])
    }

    /// A part of `multipart/form-data`.
    struct Part: Sendable {
        var name: String
        var fileName: String?
        var type: String?
        var bytes: [UInt8]

        static func field(_ name: String, _ value: String) -> Part { Part(name: name, bytes: Array(value.utf8)) }
    }

    /// A success, or the failure that another answer stands for. Repeatable unless the call publishes.
    func send(
        _ call: XCall, _ method: Request.Method, _ path: String, query: OAuth1.Parameters = [], body: Body = .none
    ) async throws(PlatformFailure) -> Response {
        let request = try request(call, method, path, query: query, body: body)
        let response: Response
        do { response = try await session.transport.send(request) } catch {
            throw call.asking.failure(error, of: .x)
        }
        guard (200..<300).contains(response.status) else { throw errors.failure(response, to: call) }
        return response
    }

    private func request(
        _ call: XCall, _ method: Request.Method, _ path: String, query: OAuth1.Parameters, body: Body
    ) throws(PlatformFailure) -> Request {
        let url = XRules.api + path
        var headers = Headers()
        headers.add("Authorization", secret: try authorization.header(method, url, query: query))
        var bytes: [UInt8]?
        switch body {
        case .none: if method == .post { bytes = [] }
        case .json(let json):
            headers.add("Content-Type", "application/json")
            bytes = json.compact()
        case .parts(let parts):
            var form = Multipart(boundary: hexadecimal(session.random()))
            for part in parts {
                form.add(name: part.name, filename: part.fileName, contentType: part.type, bytes: part.bytes)
            }
            headers.add("Content-Type", form.contentType)
            bytes = form.encoded()
        }
        let pairs = query.map { "\(percentEncoded($0.name))=\(percentEncoded($0.value))" }
        return Request(
            method, pairs.isEmpty ? url : url + "?" + pairs.joined(separator: "&"), headers: headers, body: bytes,
            repetition: repetition(call), deadline: deadline(call))
    }

    private func repetition(_ call: XCall) -> Request.Repetition {
        switch call.asking {
        case .publishing: .forbidden
        case .repeatable: .allowed
        }
    }

    private func deadline(_ call: XCall) -> Duration {
        switch call {
        case .publishing, .replying: XRules.publishing
        case .uploading: XRules.uploading
        case .reading: XRules.reading
        }
    }
}
