extension GitExecutable {
    /// One push of several references, not atomic: one may be accepted where another is refused.
    ///
    /// Settings of the person that change what a push sends (`push.*`, `remote.*.mirror`, `remote.*.push`) have no
    /// effect; those that say where to and how have.
    /// - Parameter runsHooks: whether the repository's `pre-push` hook runs; when it declines, all are `refused`.
    /// - Returns: an outcome for each reference.
    /// - Throws: `uncertain` when the remote may have taken something; any other error when it has taken nothing.
    package func push(
        to remote: String, _ updates: [ReferenceUpdate], runsHooks: Bool
    ) async throws(RemoteError) -> [String: UpdateOutcome] {
        guard !updates.isEmpty else { return [:] }
        let doing = "pushing to \(withoutSecrets(remote))"
        try checkUpdates(updates, doing)
        let ending = try await run(pushCommand(remote, updates, runsHooks))
        return try PushAnswer(ending, updates, runsHooks: runsHooks, doing: doing).outcomes()
    }

    /// A push that stops before anything is sent: the remote is asked whether it takes pushes at all, not whether it
    /// takes this one.
    package func rehearsePush(
        to remote: String, _ update: ReferenceUpdate
    ) async throws(RemoteError) -> UpdateOutcome {
        let doing = "asking \(withoutSecrets(remote)) whether it takes pushes"
        try checkUpdates([update], doing)
        var command = pushCommand(remote, [update], false)
        command.arguments.insert("--dry-run", at: 1)
        let outcomes = try PushAnswer(try await run(command), [update], runsHooks: false, doing: doing).outcomes()
        return outcomes[update.reference] ?? .accepted
    }

    private func checkUpdates(_ updates: [ReferenceUpdate], _ doing: String) throws(RemoteError) {
        try checkNames(updates.map(\.reference))
        guard Set(updates.map(\.reference)).count == updates.count else {
            throw .failed("\(doing): a reference is named twice")
        }
        for update in updates where update.new == nil && update.lease == .fastForward {
            throw .failed("\(doing): the deletion of \(update.reference) needs the commit that it expects there")
        }
    }

    private func pushCommand(_ remote: String, _ updates: [ReferenceUpdate], _ runsHooks: Bool) -> GitCommand {
        var arguments = [
            "push", "--porcelain", "--progress", "--no-follow-tags", "--recurse-submodules=no", "--no-signed",
            "--no-atomic", "--no-force-if-includes", runsHooks ? "--verify" : "--no-verify",
        ]
        for update in updates {
            guard case .expects(let old) = update.lease else { continue }
            arguments.append("--force-with-lease=\(update.reference):\(old?.hex ?? "")")
        }
        arguments += ["--", remote] + updates.map { "\($0.new?.hex ?? ""):\($0.reference)" }
        var command = GitCommand(arguments)
        // A hook may be silent for as long as its tests take.
        command.isIdleLimited = !runsHooks
        command.whenCancelled = .finishes
        // A remote that is set up as a mirror refuses to push single references.
        command.settings = [("remote.\(remote).mirror", "false")]
        return command
    }
}
