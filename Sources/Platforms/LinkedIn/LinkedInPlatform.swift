import HTTP
import JSON
package import Posts

/// LinkedIn, for members and for pages.
package struct LinkedInPlatform: Platform {
    package static let network = Network.linkedin

    private let client: LinkedInClient

    package init(_ session: Session) { client = LinkedInClient(session) }

    /// A page's posts can be listed, a member's cannot.
    package static func capabilities(of account: Account) -> Capabilities {
        Capabilities(recovery: account.isOrganization ? .find : .askPerson, media: .bytes)
    }

    package static func compose(_ content: Content) -> Composition { LinkedInText.compose(content) }

    /// A URN, `urn:li:person:…` or `urn:li:organization:…`.
    package func actor() async throws(PlatformFailure) -> String { try await client.author() }

    package func prepare(
        _ step: Step, after earlier: [Receipt], resuming draft: LinkedInDraft?
    ) async throws(PlatformFailure) -> Preparation<LinkedInDraft> {
        let author = try await client.author()
        switch step.kind {
        case .post, .reply:
            return try await LinkedInMedia(client: client).prepare(step, author: author, resuming: draft)
        case .comment: return .ready(LinkedInDraft(author: author))
        }
    }

    package func publish(
        _ step: Step, draft: LinkedInDraft, after earlier: [Receipt], claim: consuming Claim
    ) async throws(PlatformFailure) -> Receipt {
        let response: Response
        switch (step.kind, client.session.account.api) {
        case (.comment, _): return try await LinkedInComment(client: client).publish(step, draft, after: earlier)
        case (.post, .rest), (.reply, .rest):
            response = try await client.send(
                .post, "/posts", as: .publishing, body: LinkedInPost.body(step, draft: draft))
        case (.post, .legacy), (.reply, .legacy):
            response = try await LinkedInLegacy(client: client).publish(step, draft)
        }
        // The older API repeats the id in its body.
        let urn =
            response.headers["x-restli-id"] ?? response.headers["x-linkedin-id"] ?? response.json?["id"]?.string
        guard let urn, !urn.isEmpty else {
            throw client.errors.unreadable(response, to: .publishing, "the id of the post")
        }
        return LinkedInPost.receipt(urn, at: client.session.clock.now)
    }

    package func find(
        _ step: Step, draft: LinkedInDraft?, after earlier: [Receipt], since start: Instant
    ) async throws(PlatformFailure) -> Finding {
        switch step.kind {
        case .comment:
            let author = try await client.author()
            return try await LinkedInComment(client: client).find(step, by: author, after: earlier, since: start)
        case .post, .reply: return try await LinkedInSearch(client: client).find(step, draft: draft, since: start)
        }
    }
}
