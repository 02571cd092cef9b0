import HTTP
import JSON
package import Posts

/// Posts and threads on X by API v2, with pictures, videos, polls and quotes.
package struct XPlatform: Platform {
    package static let network = Network.x

    package static func capabilities(of account: Account) -> Capabilities {
        Capabilities(recovery: .find, media: .bytes)
    }

    package static func compose(_ content: Content) -> Composition { XText.compose(content) }

    private let client: XClient
    private let me = AskedOnce()

    package init(_ session: Session) { client = XClient(session: session) }

    package func actor() async throws(PlatformFailure) -> String {
        if let id = client.authorization.userID { return id }
        let client = client
        return try await me.value { () async throws(PlatformFailure) -> String in
            let response = try await client.send(.reading, .get, "/2/users/me")
            guard let id = response.json?["data"]?["id"]?.identifier else {
                throw client.errors.unreadable(response, to: .reading, without: "the user's id")
            }
            return id
        }
    }

    package func prepare(
        _ step: Step, after earlier: [Receipt], resuming draft: XDraft?
    ) async throws(PlatformFailure) -> Preparation<XDraft> {
        guard !step.media.isEmpty else { return .ready(XDraft()) }
        return try await XMedia(client: client).prepare(step.media, resuming: draft)
    }

    package func publish(
        _ step: Step, draft: XDraft, after earlier: [Receipt], claim: consuming Claim
    ) async throws(PlatformFailure) -> Receipt {
        let body = try XPost.body(step, draft: draft, after: earlier)
        let call: XCall = XPost.isReply(step) ? .replying : .publishing
        let response: Response
        do { response = try await client.send(call, .post, "/2/tweets", body: .json(body)) } catch {
            throw XMedia(client: client).judged(error, of: draft)
        }
        guard let id = response.json?["data"]?["id"]?.identifier else {
            throw client.errors.unreadable(response, to: call, without: "the post's id")
        }
        return XPost.receipt(id, near: client.session.clock.now)
    }

    package func find(
        _ step: Step, draft: XDraft?, after earlier: [Receipt], since start: Instant
    ) async throws(PlatformFailure) -> Finding {
        let user = try await actor()
        guard let posts = try await XTimeline(client: client).posts(of: user, since: start - XRules.clockSkew)
        else { return .unclear }
        return XFinding.finding(step, draft: draft, after: earlier, since: start, among: posts)
    }
}
