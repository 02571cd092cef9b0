import Git
import Posts

extension Meeting {
    /// Whether all commits that a branch has and another lacks are the tool's own; nil: a shallow clone cannot tell.
    func ownCommits(between tip: ObjectID?, and here: ObjectID) async throws -> Bool? {
        guard let commits = try await repository.commits(in: here, notIn: tip) else { return nil }
        return commits.allSatisfy { $0.parents.count == 1 && $0.message.contains("\n\(Sidecars.trailer)") }
    }

    /// Results of an earlier run that could not be pushed, made anew on what the remote has now: merged per account by
    /// meaning, in one commit. Nothing of a person's is rewritten, because only the tool's commits are left behind.
    func rebuilt(_ here: ObjectID, on tip: ObjectID, _ head: Head, _ base: Base) async throws -> Base {
        guard let commits = try await repository.commits(in: here, notIn: tip),
            let fork = commits.last?.parents.first
        else { return base }
        var outcomes: [DeliveryID: DeliveryResult] = [:]
        for change in try await repository.changes(from: fork, to: here) where change.path.hasSuffix(".results.json") {
            let post = try await repository.post(of: change.path, in: tip)
            let before = try await results(change.old?.id)
            let there = try await results(repository.blob(at: change.path, in: tip))
            for (account, result) in try await results(change.new?.id).deliveries
            where before.deliveries[account] != result {
                let known = there.deliveries[account]
                outcomes[DeliveryID(post, account)] = known?.merged(with: result) ?? result
            }
        }
        let (files, failures) = await sidecars.files(of: outcomes, over: tip, hasWorkingTree: false)
        if let failure = failures.first { throw Refusal(failure.status, failure.message) }
        let news = files.filter(\.isNews)
        let commit = news.isEmpty ? tip : try await sidecars.commit(news, on: tip, of: outcomes)
        try await repository.git.switchTree(from: here, to: commit)
        guard try await repository.moveBranch(head, to: commit) else {
            throw Refusal(.tryAgain, "\(upstream.branch) moved while its results were made anew")
        }
        var base = base
        base.posts = commit
        if upstream.resultsBranch == upstream.branch { base.results = commit }
        base.unpushed = commit == tip ? .none : .own
        return base
    }

    private func results(_ blob: ObjectID?) async throws -> Results {
        guard let blob else { return Results() }
        return try Results(parsing: try await repository.read(blob))
    }
}
