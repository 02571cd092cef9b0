import Posts

extension Planning {
    /// One delivery that a person wants out now: missed, cancelled, failed, unscheduled and future ones are released;
    /// what is live, unsure, being published or not meant for the public is not (CONTRACT §2, `publish`).
    mutating func obey(
        _ order: Order, _ target: Post.Target, of post: Post, account: Account, known: Known, results: Results,
        file: inout PostFile
    ) async throws {
        let id = DeliveryID(post.path, account.id)
        let due = Plan.Due(id: id, schedule: now)
        func refuse(_ reason: String, _ status: ExitStatus, url: String? = nil) {
            refusals.append(Order.Refused(id: id, reason: reason, status: status, url: url))
        }
        if let claim = known.claim, claim.phase == .claimed || claim.phase == .inherited {
            if isLive(claim), claim.runner != runner?.name {
                return refuse("being-published", .tryAgain)
            }
            return try await open(claim, due, result: known.result)
        }
        switch known.result?.state {
        case .published: return refuse("published", .success, url: known.result?.url)
        case .unknown: return refuse("unknown", .failed)
        case .retrying, .processing, .failed, .cancelled, .missed, nil: break
        }
        if post.isDraft { return refuse("draft", .invalidPost) }
        if let expires = post.expires, expires < now { return refuse("expired", .invalidPost) }
        let isReleased = known.result?.state.isSettled ?? false
        try await addCandidate(
            due, of: post, account: account, known: known, results: results, file: &file,
            generation: isReleased ? (known.result?.generation ?? 1) + 1 : nil)
    }
}
