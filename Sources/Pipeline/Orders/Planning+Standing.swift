import Git
import Platforms
import Posts

extension Planning {
    /// The deliveries of a person's order: all of a post's accounts or those named, whatever its file says by now of one
    /// that was begun.
    func deliveries(of post: String, _ scanned: Post?, _ results: Results, accounts: Set<AccountID>) -> [DeliveryID] {
        let begun = results.deliveries.keys + claims.entries.keys.filter { $0.post == post }.map(\.account)
        let all = Set((scanned?.targets ?? []).map(\.account) + begun)
        return all.filter { accounts.isEmpty || accounts.contains($0) }.map { DeliveryID(post, $0) }.sorted()
    }

    /// What is known of one delivery, by branch, claims and the journals of this machine.
    func standing(of id: DeliveryID, _ scanned: Post?, _ results: Results) async throws -> Standing {
        let recorded = results.deliveries[id.account].flatMap { $0.isGateway && !isGateway ? nil : $0 }
        let claim = claim(of: id, recorded)
        var standing = Standing(delivery: id, result: recorded, claim: claim, isGateway: isGateway)
        if let outcome = claim?.result { standing.result = recorded?.updated(by: outcome) ?? outcome }
        if let target = scanned?.targets.first(where: { $0.account == id.account }) {
            switch target.schedule {
            case .at(let moment): standing.schedule = moment
            case .now: standing.schedule = now
            case nil: break
            }
        }
        if claim == nil, Files.exists(workspace.root + "/" + id.post) {
            var file = PostFile(path: id.post, root: workspace.root)
            standing.source = try await file.blob(in: repository).hex
        }
        let isUnknown = standing.result?.state == .unknown
        if isUnknown || claim?.phase == .claimed || claim?.phase == .inherited {
            let kinds = await steps(of: id, claim?.source ?? standing.result?.source ?? "")
            (standing.steps, standing.posts) = (kinds.count, kinds.count { $0 != .comment })
        }
        standing.question = question(standing)
        return standing
    }

    private func question(_ standing: Standing) -> Standing.Question {
        if let claim = standing.claim {
            if isAnswered(claim) { return .answered }
            // The branch tells how it ended; the claims are behind.
            if claim.isOver(standing.result) { return .none }
            guard claim.phase == .claimed || claim.phase == .inherited else { return .none }
            let isOwn = claim.runner == runner?.name
            if !isOwn, isLive(claim) { return .live }
            // This run holds the lock, so no other of this runner is at it.
            let story = Story(
                of: claim, steps: standing.steps, own: isOwn ? runner?.memory : nil, others: runner?.inherited, at: now)
            if story.receipts.count > claim.receipts.count || story.receipts.count >= standing.posts {
                return .answered
            }
            return story.sent.map { .open(since: $0.at) } ?? .none
        }
        // The claims ref forgot the question; the sidecar did not.
        if let result = standing.result, result.state == .retrying, result.error?.code == Self.noAnswer {
            return .open(since: (result.notBefore ?? now) - Instruction.patience)
        }
        return .none
    }

    private static var noAnswer: String { "no-answer" }

    /// Of the post as it was claimed; one, where nobody can tell any more.
    private func steps(of id: DeliveryID, _ source: String) async -> [Step.Kind] {
        guard let bytes = try? await claimedBytes(source) else { return [.post] }
        let steps = composer.compose(bytes, path: id.post, for: id.account)?.steps ?? []
        return steps.isEmpty ? [.post] : steps.map(\.kind)
    }
}
