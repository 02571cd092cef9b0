import HTTP
import JSON
import Posts

/// Requests to LinkedIn's API, and who they are made for.
struct LinkedInClient: Sendable {
    let session: Session
    /// Videos whose parts are on their way.
    let videos = OpenVideos()
    private let member = AskedOnce()

    init(_ session: Session) { self.session = session }

    var errors: LinkedInErrors { LinkedInErrors(session: session) }
    private var account: Account { session.account }

    /// Sends a request to the versioned API. A status that is no success is a failure.
    func send(
        _ method: Request.Method, _ path: String, as asking: Asking = .repeatable, restLiMethod: String? = nil,
        body: JSON? = nil
    ) async throws(PlatformFailure) -> Response {
        var headers: Headers = ["LinkedIn-Version": account.version ?? LinkedInRules.version]
        if let restLiMethod { headers.add("X-RestLi-Method", restLiMethod) }
        return try await send(method, LinkedInRules.api + path, headers: headers, json: body, as: asking)
    }

    /// Sends a request to the older API, which has no versions.
    func sendLegacy(
        _ method: Request.Method, _ path: String, as asking: Asking = .repeatable, body: JSON? = nil
    ) async throws(PlatformFailure) -> Response {
        try await send(method, LinkedInRules.legacy + path, headers: [:], json: body, as: asking)
    }

    private func send(
        _ method: Request.Method, _ url: String, headers: Headers, json: JSON?, as asking: Asking
    ) async throws(PlatformFailure) -> Response {
        var headers = headers
        headers.add("X-Restli-Protocol-Version", LinkedInRules.protocolVersion)
        if json != nil { headers.add("Content-Type", "application/json") }
        return try await send(method, url, headers: headers, body: json?.compact(), as: asking)
    }

    /// Puts bytes where LinkedIn said. Repeatable. Images and documents want the token, parts of videos refuse it; only
    /// a host of LinkedIn gets either.
    @discardableResult
    func put(
        _ bytes: [UInt8], to url: String, headers: Headers, withToken: Bool
    ) async throws(PlatformFailure) -> Response {
        guard Self.isOfLinkedIn(url) else {
            throw PlatformFailure(
                .permanent, code: "linkedin.upload-host", "LinkedIn named an upload URL that is not its own")
        }
        return try await send(
            .put, url, headers: headers, body: bytes, as: .repeatable, withToken: withToken,
            deadline: LinkedInRules.upload)
    }

    /// The URN that posts: the account's, else the token's member. Repeatable; asked once.
    func author() async throws(PlatformFailure) -> String {
        if let author = account.author { return author }
        return try await member.value { () async throws(PlatformFailure) -> String in try await askMember() }
    }

    /// Apps without OpenID Connect answer 403 to the first question and know the second.
    private func askMember() async throws(PlatformFailure) -> String {
        do {
            return try await member(at: "/userinfo", field: "sub")
        } catch  where error.status == 403 {
            return try await member(at: "/me", field: "id")
        }
    }

    private func member(at path: String, field: String) async throws(PlatformFailure) -> String {
        let response = try await send(.get, LinkedInRules.legacy + path, headers: [:], body: nil, as: .repeatable)
        guard let id = response.json?[field]?.identifier else {
            throw errors.unreadable(response, to: .repeatable, "\"\(field)\"")
        }
        return "urn:li:person:\(id)"
    }

    private func send(
        _ method: Request.Method, _ url: String, headers: Headers, body: [UInt8]?, as asking: Asking,
        withToken: Bool = true, deadline: Duration = .seconds(60)
    ) async throws(PlatformFailure) -> Response {
        var headers = headers
        if withToken { headers.add("Authorization", secret: try session.bearer()) }
        let request = Request(
            method, url, headers: headers, body: body, repetition: asking == .publishing ? .forbidden : .allowed,
            deadline: deadline)
        let response: Response
        do {
            response = try await session.transport.send(request)
        } catch {
            throw asking.failure(error, of: .linkedin)
        }
        guard (200..<300).contains(response.status) else { throw errors.failure(response, to: asking) }
        return response
    }

    /// `https` and a host at or under LinkedIn's domain.
    static func isOfLinkedIn(_ url: String) -> Bool {
        guard let parts = URLParts(url), parts.scheme == .https, parts.port == 443 else { return false }
        return parts.host == LinkedInRules.domain || parts.host.hasSuffix("." + LinkedInRules.domain)
    }
}
