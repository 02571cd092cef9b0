import HTTP
import JSON
import Posts

/// Looking for a post among those of its author. Only pages' posts can be listed.
struct LinkedInSearch {
    let client: LinkedInClient

    /// Repeatable.
    func find(
        _ step: Step, draft: LinkedInDraft?, since start: Instant
    ) async throws(PlatformFailure) -> Finding {
        guard client.session.account.isOrganization else { return .unclear }
        let query = RestLi.query([
            .init("author", .scalar(try await client.author())), .init("q", .scalar("author")),
            .init("count", .scalar("\(LinkedInRules.found)")), .init("sortBy", .scalar("LAST_MODIFIED")),
        ])
        let response: Response
        do {
            response = try await client.send(.get, "/posts?\(query)", restLiMethod: "FINDER")
        } catch  where error.status == 403 {
            return .unclear
        }
        guard let posts = response.json?["elements"]?.array else {
            throw client.errors.unreadable(response, to: .repeatable, "a list of posts")
        }
        let matches = Self.matches(step, draft: draft, since: start, among: posts)
        if let match = matches.first { return matches.count == 1 ? .published(match) : .unclear }
        return Self.reaches(start, posts) ? .absent : .unclear
    }

    /// Those of an author's posts that are this step: live, created since `start`, the same words and kind of content;
    /// where several are, those with the media of the draft.
    static func matches(_ step: Step, draft: LinkedInDraft?, since start: Instant, among posts: [JSON]) -> [Receipt] {
        let words = normal(step.text)
        let same = posts.filter { post in
            guard let created = LinkedInPost.moment(post["createdAt"]), created >= start - LinkedInRules.clockSkew
            else { return false }
            let state = post["lifecycleState"]?.string ?? "PUBLISHED"
            return state.hasPrefix("PUBLISH") && state != "PUBLISH_FAILED"
                && normal(LittleText.unescape(post["commentary"]?.string ?? "")) == words && shows(step, post)
        }
        let urns = Set(draft?.assets.compactMap(\.urn) ?? [])
        let chosen = same.count > 1 && !urns.isEmpty ? same.filter { urns.isSubset(of: Self.urns(of: $0)) } : same
        return chosen.compactMap { post in
            post["id"]?.string.map {
                let moment = LinkedInPost.moment(post["publishedAt"]) ?? LinkedInPost.moment(post["createdAt"])
                return LinkedInPost.receipt($0, at: moment ?? start, found: .recovered)
            }
        }
    }

    /// Whether a post has the kind of content that the step has. Words alone are known by their words.
    private static func shows(_ step: Step, _ post: JSON) -> Bool {
        let content = post["content"]
        if let parent = step.parent {
            // Not every listing tells what was shared again.
            return content == nil && (post["reshareContext"]?["parent"]?.string.map { $0 == parent } ?? true)
        }
        guard step.poll != nil || !step.media.isEmpty || step.link != nil else { return true }
        // Nor what was shown, and then the words have to do.
        guard let content else { return !step.text.isEmpty && post["reshareContext"] == nil }
        if let poll = step.poll { return content["poll"]?["question"]?.string == poll.question }
        if step.media.count > 1 { return content["multiImage"]?["images"]?.array?.count == step.media.count }
        guard let file = step.media.first else { return content["article"] != nil }
        return content["media"]?["id"]?.string.map(kind) == file.info.kind
    }

    private static func kind(ofURN urn: String) -> MediaInfo.Kind {
        if urn.hasPrefix("urn:li:video:") { return .video }
        return urn.hasPrefix("urn:li:document:") ? .document : .picture
    }

    /// Whether a list of an author's last modified posts goes back to a moment, so that what it lacks is not there.
    static func reaches(_ start: Instant, _ posts: [JSON]) -> Bool {
        guard posts.count >= LinkedInRules.found else { return true }
        return posts.contains { post in
            (LinkedInPost.moment(post["lastModifiedAt"]) ?? LinkedInPost.moment(post["createdAt"]))
                .map { $0 < start - LinkedInRules.clockSkew } ?? false
        }
    }

    private static func urns(of post: JSON) -> Set<String> {
        let content = post["content"]
        let several = content?["multiImage"]?["images"]?.array ?? []
        let shown = ([content?["media"]].compactMap(\.self) + several).compactMap { $0["id"]?.string }
        return Set(shown + [content?["article"]?["thumbnail"]?.string].compactMap(\.self))
    }

    /// Reads return every hashtag with an ASCII hash, and no blanks around the words.
    private static func normal(_ text: String) -> String {
        let words = text.unicodeScalars.map { $0.isHash ? "#" : $0 }.drop(while: \.isBlank)
        guard let last = words.lastIndex(where: { !$0.isBlank }) else { return "" }
        return String(words[...last])
    }
}
