import HTTP
import JSON
import Posts

/// Requests to LinkedIn's API, and who they are made for.
struct LinkedInClient: Sendable {
    let session: Session
    private let member = AskedOnce()

    init(_ session: Session) { self.session = session }

    var errors: LinkedInErrors { LinkedInErrors(session: session) }

    /// Sends a request with the headers of the versioned API. A status that is no success is a failure.
    func send(
        _ method: Request.Method, _ url: String, as asking: Asking = .repeatable, restLiMethod: String? = nil,
        body: JSON? = nil
    ) async throws(PlatformFailure) -> Response {
        var headers: Headers = [
            "LinkedIn-Version": LinkedInRules.version, "X-Restli-Protocol-Version": LinkedInRules.protocolVersion,
        ]
        if let restLiMethod { headers.add("X-RestLi-Method", restLiMethod) }
        if body != nil { headers.add("Content-Type", "application/json") }
        return try await send(method, url, headers: headers, body: body?.compact(), as: asking)
    }

    /// Puts bytes where LinkedIn said. Repeatable. Only a host of LinkedIn gets the token.
    func put(_ bytes: [UInt8], type: String, to url: String) async throws(PlatformFailure) {
        guard Self.isOfLinkedIn(url) else {
            throw PlatformFailure(
                .permanent, code: "linkedin.upload-host", "LinkedIn named an upload URL that is not its own")
        }
        _ = try await send(
            .put, url, headers: ["Content-Type": type], body: bytes, as: .repeatable, deadline: LinkedInRules.upload)
    }

    /// The URN that posts: the account's, else the token's member. Repeatable; asked once.
    func author() async throws(PlatformFailure) -> String {
        if let author = session.account.author { return author }
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
        let response = try await send(.get, LinkedInRules.identity + path, headers: [:], body: nil, as: .repeatable)
        guard let id = response.json?[field]?.identifier else {
            throw errors.unreadable(response, to: .repeatable, "\"\(field)\"")
        }
        return "urn:li:person:\(id)"
    }

    private func send(
        _ method: Request.Method, _ url: String, headers: Headers, body: [UInt8]?, as asking: Asking,
        deadline: Duration = .seconds(60)
    ) async throws(PlatformFailure) -> Response {
        var headers = headers
        headers.add("Authorization", secret: try session.bearer())
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
