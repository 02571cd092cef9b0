import Git
import Posts

extension Doctor {
    /// A repository without a remote: its claims are its own.
    mutating func lookAtClaimsHere(_ repository: GitRepository, _ workspace: Workspace) async {
        lines.append(.ok("remote", "none: this clone publishes alone; two copies of it would not know of each other"))
        let reference = workspace.configuration.claimsReference(environment)
        do {
            let base = try await repository.base(resultsBranch: workspace.configuration.commit.branch)
            await lookAtClaims(
                try await repository.reference(reference), results: base.results, name: reference, nil, repository,
                workspace)
        } catch {
            lines.append(.failure("claims", "\(error)"))
        }
    }

    mutating func lookAtClaims(
        _ commit: ObjectID?, results: ObjectID?, name: String, _ remote: String?, _ repository: GitRepository,
        _ workspace: Workspace
    ) async {
        let tree: ClaimsTree
        do {
            guard let commit else {
                let isOurs = remote == nil ? false : try await repository.reference(name) != nil
                let attempted = try await repository.attempted(at: results, isGateway: environment.gateway != nil)
                return lines.append(missing(name, attempted: attempted, isHere: isOurs))
            }
            let objects = ClaimsObjects(repository: repository, workspace: workspace, environment: environment)
            tree = try await objects.read(commit, name: name)
        } catch let error as ClaimsStoreError {
            return lines.append(.failure("claims", Refusal(error)))
        } catch {
            return lines.append(.failure("claims", "\(error)"))
        }
        let open = tree.entries.values.filter { !$0.phase.isSettled }
        lines.append(
            .ok("claims", "\(name): \(open.count) in flight, \(tree.entries.count - open.count) settled lately"))
        lookAtHolders(tree, lease: workspace.configuration.claims.lease)
        lines.append(
            tree.pause.isEmpty
                ? .ok("pause", "nothing is paused")
                : .warning("pause", "paused: \(tree.pause.words)", fix: "socials-pipeline resume"))
    }

    private func missing(_ name: String, attempted: String?, isHere: Bool) -> HealthLine {
        if isHere { return .ok("claims", "those of this clone go to the remote with the next sync") }
        guard let attempted else { return .ok("claims", "\(name) does not exist; nothing was published yet") }
        return .failure(
            "claims", "\(name) does not exist, but \(attempted) tells of earlier runs: it was deleted",
            fix: "when no run is at work and you have looked at the accounts: socials-pipeline doctor --repair-claims")
    }

    /// Who is at work, who was, and who died.
    private mutating func lookAtHolders(_ tree: ClaimsTree, lease: Duration) {
        let now = environment.clock.now
        let held = tree.entries.values.filter { $0.phase == .claimed || $0.phase == .inherited }
        let live = held.filter { $0.isLive(at: now, lease: lease) }
        let over = held.filter { entry in !live.contains(entry) && entry.result == nil }
        if !live.isEmpty {
            let names = Set(live.map(\.runner)).sorted().joined(separator: ", ")
            let until = live.compactMap(\.leaseEnd).max()?.rfc3339 ?? "-"
            lines.append(
                .ok("in-flight", "\(live.count) deliveries are being published by \(names), at most until \(until)"))
        }
        if !over.isEmpty {
            let names = over.map(\.delivery).sorted().map(\.description).joined(separator: ", ")
            lines.append(
                .warning(
                    "expired-claims", "a run ended without an outcome for \(names)",
                    fix: "the next sync asks the network first: socials-pipeline sync"))
        }
        var seen: [String: Instant] = [:]
        for entry in tree.entries.values {
            let moments = [entry.attempt.moment, entry.sentAt, entry.settledAt].compactMap(\.self)
            guard let last = moments.max() else { continue }
            seen[entry.runner] = max(seen[entry.runner] ?? last, last)
        }
        let runners = seen.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
        let words = runners.map { "\($0.key) at \($0.value.rfc3339)" }.joined(separator: ", ")
        lines.append(.ok("runners", runners.isEmpty ? "none was seen in the last 7 days" : words))
    }
}

extension Pause {
    fileprivate var words: String {
        everything ? "everything" : accounts.map(\.description).sorted().joined(separator: ", ")
    }
}
