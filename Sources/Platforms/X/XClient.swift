import HTTP
import JSON
import Posts

/// Sends requests to X in the name of the session's account.
struct XClient: Sendable {
    let session: Session

    var errors: XErrors { XErrors(session: session) }

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
        headers.add("Authorization", secret: try authorization(method, url, query: query))
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

    /// A token with a secret signs by OAuth 1.0a, one without is a bearer token of OAuth 2.0.
    private func authorization(
        _ method: Request.Method, _ url: String, query: OAuth1.Parameters
    ) throws(PlatformFailure) -> Secret {
        let (credentials, account) = (session.credentials, session.account.id)
        let token = try credentials.require("ACCESS_TOKEN", for: account)
        let isForSigning = credentials["CONSUMER_KEY"] != nil && credentials["CLIENT_ID"] == nil && tokenOwner != nil
        guard credentials["ACCESS_TOKEN_SECRET"] != nil || isForSigning else { return try session.bearer() }
        let oauth = OAuth1(
            consumerKey: try credentials.require("CONSUMER_KEY", for: account, ofApp: true).reveal(),
            consumerSecret: try credentials.require("CONSUMER_SECRET", for: account, ofApp: true),
            token: OAuth1.Token(
                key: token.reveal(), secret: try credentials.require("ACCESS_TOKEN_SECRET", for: account)))
        return oauth.authorization(
            OAuth1.Signed(method: method.rawValue, url: url, query: query),
            at: OAuth1.Moment(nonce: hexadecimal(session.random()), timestamp: String(session.clock.now.seconds)))
    }

    /// The user's id, which tokens of OAuth 1.0a begin with; nil for others.
    var userID: String? { session.credentials["ACCESS_TOKEN_SECRET"] == nil ? nil : tokenOwner }

    private var tokenOwner: String? {
        guard let token = session.credentials["ACCESS_TOKEN"]?.reveal() else { return nil }
        let digits = token.prefix { ("0"..."9").contains($0) }
        return !digits.isEmpty && token[digits.endIndex...].hasPrefix("-") ? String(digits) : nil
    }
}

/// 32 digits. Standard conversion divides 128-bit numbers digit by digit.
private func hexadecimal(_ value: UInt128) -> String {
    let digits: StaticString = "0123456789abcdef"
    return String(unsafeUninitializedCapacity: 32) { text in
        for place in 0..<32 {
            text[place] = digits.utf8Start[Int(truncatingIfNeeded: value >> UInt128(124 - 4 * place)) & 15]
        }
        return 32
    }
}
