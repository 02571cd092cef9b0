import JSON
import Posts

/// The first comment below a post: the account's own words.
struct InstagramComments {
    let graph: MetaGraph

    /// NOT repeatable.
    func publish(_ step: Step, below post: Receipt?) async throws(PlatformFailure) -> Receipt {
        let media = try id(of: post)
        do {
            let id = try await graph.post("/\(media)/comments", [("message", step.text)], as: .publishing)
            return Receipt(id: id, url: post?.url, publishedAt: graph.session.clock.now)
        } catch  where error.code == "instagram.no-permission" {
            // The right to comment is another one than that to publish, which goes on without.
            throw PlatformFailure(
                .permanent, code: "instagram.no-comment-permission", error.message,
                hint: "sign in again with the right to manage comments", status: error.status, trace: error.trace)
        }
    }

    /// Whether the words stand below the post. Repeatable.
    func find(_ step: Step, below post: Receipt?, since start: Instant) async throws(PlatformFailure) -> Finding {
        guard let media = try? id(of: post) else { return .unclear }
        let answer = try await graph.get(
            "/\(media)/comments",
            [("fields", "id,text,timestamp,from"), ("limit", String(InstagramRules.found))])
        guard let comments = answer["data"]?.array else { throw graph.unreadable("a list of comments") }
        let earliest = start - InstagramRules.clockSkew
        let account = graph.session.account.userID
        let own = comments.filter { comment in
            let author = comment["from"]?["id"]?.identifier
            return comment["text"]?.string.map(InstagramPosts.normal) == InstagramPosts.normal(step.text)
                && (author == nil || account == nil || author == account)
                && (comment["timestamp"]?.string.flatMap { Instant(graph: $0) }.map { $0 >= earliest } ?? true)
        }
        if let found = own.first, let id = found["id"]?.identifier {
            guard own.count == 1 else { return .unclear }
            let moment = found["timestamp"]?.string.flatMap { Instant(graph: $0) }
            return .published(
                Receipt(id: id, url: post?.url, publishedAt: moment ?? start, found: .recovered))
        }
        // More comments than one page holds: it may be on another.
        return answer["paging"]?["next"] == nil ? .absent : .unclear
    }

    private func id(of post: Receipt?) throws(PlatformFailure) -> String {
        guard let id = post?.id, !InstagramPosts.isContainer(id) else {
            throw PlatformFailure(
                .permanent, code: "instagram.post-unknown",
                "Instagram has published the post and not told its id, without which nothing can be written below it",
                hint: "write the comment by hand")
        }
        return id
    }
}
