import JSON
package import Posts

/// Instagram, for professional accounts, with either of its two logins.
package struct InstagramPlatform: Platform {
    package static let network = Network.instagram

    private let containers: InstagramContainers
    private let user = AskedOnce()

    package init(_ session: Session) {
        let graph = MetaGraph(
            session: session, network: .instagram,
            base: "\(InstagramRules.host(of: session.account.login))/\(InstagramRules.version)",
            subcodes: InstagramRules.subcodes)
        containers = InstagramContainers(graph: graph, quota: InstagramQuota(graph: graph))
    }

    private var graph: MetaGraph { containers.graph }

    /// The container tells whether it was published; Instagram fetches media by itself, with Facebook login all but
    /// videos.
    package static func capabilities(of account: Account) -> Capabilities {
        let media: MediaIntake =
            switch account.login {
            case .facebook: .publicURLOfPictures
            case .instagram: .publicURL
            }
        return Capabilities(recovery: .find, media: media)
    }

    package static func compose(_ content: Content) -> Composition { InstagramText.compose(content) }

    /// The id of the professional account, digits.
    package func actor() async throws(PlatformFailure) -> String {
        let account = graph.session.account
        if let known = account.userID { return known }
        switch account.login {
        case .facebook:
            throw PlatformFailure(
                .config, scope: .account, code: "instagram.no-user-id", "\(account.id) has no userId",
                hint: "write userId: with the id of the professional account at \(account.id) in socials.yml")
        case .instagram:
            return try await user.value { () async throws(PlatformFailure) -> String in try await askUser() }
        }
    }

    /// `user_id` is the professional account's; `id` is the app's name for it and good for no path.
    private func askUser() async throws(PlatformFailure) -> String {
        if let id = try await graph.get("/me", [("fields", "user_id")])["user_id"]?.identifier { return id }
        throw graph.unreadable("a user_id")
    }

    package func prepare(
        _ step: Step, after earlier: [Receipt], resuming draft: InstagramDraft?
    ) async throws(PlatformFailure) -> Preparation<InstagramDraft> {
        let user = try await actor()
        switch step.kind {
        case .post, .reply:
            return try await containers.prepare(step, user: user, resuming: draft)
        case .comment: return .ready(InstagramDraft(user: user, form: InstagramForm.digest(of: step)))
        }
    }

    package func publish(
        _ step: Step, draft: InstagramDraft, after earlier: [Receipt], claim: consuming Claim
    ) async throws(PlatformFailure) -> Receipt {
        if step.kind == .comment {
            return try await InstagramComments(graph: graph).publish(step, below: earlier.first)
        }
        guard let container = draft.container else {
            throw PlatformFailure(.retryable, code: "instagram.not-ready", "the carousel is not made yet")
        }
        await containers.quota.count()
        let id = try await graph.post("/\(draft.user)/media_publish", [("creation_id", container)], as: .publishing)
        return Receipt(id: id, url: nil, publishedAt: graph.session.clock.now)
    }

    package func find(
        _ step: Step, draft: InstagramDraft?, after earlier: [Receipt], since start: Instant
    ) async throws(PlatformFailure) -> Finding {
        if step.kind == .comment {
            return try await InstagramComments(graph: graph).find(step, below: earlier.first, since: start)
        }
        let posts = InstagramPosts(graph: graph)
        guard let draft, let container = draft.container else {
            return switch try await posts.look(for: step, user: try await actor(), since: start) {
            // A story has no words by which it could be told from another.
            case .one(let receipt): InstagramKind(of: step) == .story ? .unclear : .published(receipt)
            case .none: .absent
            case .several, .unclear: .unclear
            }
        }
        switch try await containers.status(of: container) {
        case .finished, .inProgress, .expired, .failed: return .absent
        case .published:
            // It is live, whether the list shows it or cannot be read.
            if case .one(let receipt) = try? await posts.look(for: step, user: draft.user, since: start) {
                return .published(receipt)
            }
            return .published(InstagramPosts.receipt(ofContainer: container, at: start))
        case nil:
            if case .one(let receipt) = try await posts.look(for: step, user: draft.user, since: start),
                InstagramKind(of: step) != .story
            {
                return .published(receipt)
            }
            return .unclear
        }
    }

    package func link(to receipt: Receipt) async throws(PlatformFailure) -> String? {
        if let url = receipt.url { return url }
        return try await InstagramPosts(graph: graph).link(to: receipt.id)
    }
}
