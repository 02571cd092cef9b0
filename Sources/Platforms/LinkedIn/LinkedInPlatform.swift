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
        try await LinkedInMedia(client: client).prepare(step, author: try await client.author(), resuming: draft)
    }

    package func publish(
        _ step: Step, draft: LinkedInDraft, after earlier: [Receipt], claim: consuming Claim
    ) async throws(PlatformFailure) -> Receipt {
        let response = try await client.send(
            .post, LinkedInRules.api + "/posts", as: .publishing, body: LinkedInPost.body(step, draft: draft))
        guard let urn = response.headers["x-restli-id"] ?? response.headers["x-linkedin-id"], !urn.isEmpty else {
            throw client.errors.unreadable(response, to: .publishing, "the id of the post")
        }
        return LinkedInPost.receipt(urn, at: client.session.clock.now)
    }

    package func find(
        _ step: Step, draft: LinkedInDraft?, after earlier: [Receipt], since start: Instant
    ) async throws(PlatformFailure) -> Finding {
        guard client.session.account.isOrganization else { return .unclear }
        let author = try await client.author()
        let query = RestLi.query([
            .init("author", .scalar(author)), .init("q", .scalar("author")),
            .init("count", .scalar("\(LinkedInRules.found)")), .init("sortBy", .scalar("LAST_MODIFIED")),
        ])
        let response: Response
        do {
            response = try await client.send(.get, "\(LinkedInRules.api)/posts?\(query)", restLiMethod: "FINDER")
        } catch  where error.status == 403 {
            return .unclear
        }
        guard let posts = response.json?["elements"]?.array else {
            throw client.errors.unreadable(response, to: .repeatable, "a list of posts")
        }
        let matches = LinkedInPost.matches(step, draft: draft, since: start, among: posts)
        if let match = matches.first { return matches.count == 1 ? .published(match) : .unclear }
        return LinkedInPost.reaches(start, posts) ? .absent : .unclear
    }
}
