import HTTP
import JSON
import Posts

/// The first comment below a post, by its author. The words are plain: a comment has no `little` text.
struct LinkedInComment {
    let client: LinkedInClient

    /// The post that is commented on; nil as long as none is live.
    private static func post(_ earlier: [Receipt]) throws(PlatformFailure) -> String {
        guard let post = earlier.first?.id else {
            throw PlatformFailure(.permanent, code: "linkedin.no-post", "there is no post to comment on")
        }
        return post
    }

    /// NOT repeatable.
    func publish(
        _ step: Step, _ draft: LinkedInDraft, after earlier: [Receipt]
    ) async throws(PlatformFailure) -> Receipt {
        let post = try Self.post(earlier)
        let response: Response
        do {
            response = try await client.send(
                .post, Self.path(post), as: .publishing,
                body: [
                    "actor": JSON(draft.author), "object": JSON(post), "message": ["text": JSON(step.text)],
                ])
        } catch {
            throw refined(error)
        }
        let body = response.json
        guard
            let id = response.headers["x-restli-id"] ?? body?["id"]?.identifier ?? body?["$URN"]?.identifier,
            !id.isEmpty
        else { throw client.errors.unreadable(response, to: .publishing, "the id of the comment") }
        return Receipt(id: id, url: LinkedInPost.url(of: post), publishedAt: client.session.clock.now)
    }

    /// Whether the author has said these words below the post. Repeatable.
    func find(
        _ step: Step, by author: String, after earlier: [Receipt], since start: Instant
    ) async throws(PlatformFailure) -> Finding {
        let post = try Self.post(earlier)
        let query = RestLi.query([.init("count", .scalar("\(LinkedInRules.foundComments)"))])
        let response: Response
        do {
            response = try await client.send(.get, "\(Self.path(post))?\(query)")
        } catch {
            // Most tokens may not read comments.
            if error.status == 403 { return .unclear }
            throw refined(error)
        }
        guard let comments = response.json?["elements"]?.array else {
            throw client.errors.unreadable(response, to: .repeatable, "a list of comments")
        }
        let same = comments.filter { comment in
            let created = LinkedInPost.moment(comment["created"]?["time"]) ?? start
            return comment["actor"]?.string == author && comment["message"]?["text"]?.string == step.text
                && created >= start - LinkedInRules.clockSkew
        }
        guard let comment = same.first else {
            return comments.count < LinkedInRules.foundComments ? .absent : .unclear
        }
        guard same.count == 1, let id = comment["id"]?.identifier ?? comment["$URN"]?.identifier else {
            return .unclear
        }
        return .published(
            Receipt(
                id: id, url: LinkedInPost.url(of: post),
                publishedAt: LinkedInPost.moment(comment["created"]?["time"]) ?? start, found: .recovered))
    }

    private static func path(_ post: String) -> String { "/socialActions/\(RestLi.segment(post))/comments" }

    /// What a refusal means for a comment: it never stops the account, and a post that is not there is not there yet.
    private func refined(_ failure: PlatformFailure) -> PlatformFailure {
        var refined = failure
        switch failure.status {
        case 403:
            (refined.kind, refined.scope, refined.code) = (.permanent, .delivery, "linkedin.comment-forbidden")
            refined.hint =
                "comments need \(client.session.account.isOrganization ? "w_organization_social_feed" : "w_member_social_feed")"
                + " of the Community Management API; write the comment by hand, or take firstComment out"
        case 404:
            (refined.kind, refined.code) = (.retryable, "linkedin.not-indexed")
            refined.hint = "LinkedIn has not indexed the post yet"
        default: break
        }
        return refined
    }
}
