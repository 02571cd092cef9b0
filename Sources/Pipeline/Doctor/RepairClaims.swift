import Git
package import Posts

/// Makes the claims anew that somebody deleted. What the results show as open becomes an inherited claim, so that the
/// network is asked before anything is sent (EXACTLY-ONCE 0). What was being sent at the moment of the deletion and had
/// no results yet, nobody can know.
package func repairClaims(
    _ folder: String, branch: String?, in environment: Environment
) async throws(Refusal) -> [HealthLine] {
    try refuseEarly(environment.variables)
    let workspace = try Workspace.open(at: folder, zones: environment.zones)
    let repository = try GitRepository(at: workspace.root, in: environment)
    let lock = try await RunLock.taken(
        inFolder: repository.commonDirectory + "/socials-pipeline", patience: .seconds(20), clock: environment.clock)
    defer { withExtendedLifetime(lock) {} }
    let upstream = try await Upstream.find(
        of: repository, workspace.configuration, in: environment, branch: branch)
    do {
        return [try await Repair(workspace: workspace, repository: repository, environment: environment).run(upstream)]
    } catch let refusal as Refusal {
        throw refusal
    } catch let error as RemoteError {
        throw Refusal(error)
    } catch let error as ClaimsStoreError {
        throw Refusal(error)
    } catch {
        throw Refusal(.configuration, "\(error)")
    }
}

private struct Repair {
    let workspace: Workspace
    let repository: GitRepository
    let environment: Environment

    private var isGateway: Bool { environment.gateway != nil }
    private var reference: String { workspace.configuration.claimsReference(environment) }

    func run(_ upstream: Upstream?) async throws -> HealthLine {
        let (claims, results) = try await tips(upstream)
        if claims != nil { return .ok("claims", "\(reference) exists; there is nothing to repair") }
        if upstream != nil, try await repository.reference(reference) != nil {
            return .ok("claims", "those of this clone go to the remote with the next sync")
        }
        guard let results, let attempted = try await repository.attempted(at: results, isGateway: isGateway) else {
            return .ok("claims", "no run has published yet; there is nothing to repair")
        }
        let tree = try await tree(from: results)
        let objects = ClaimsObjects(repository: repository, workspace: workspace, environment: environment)
        try await put(try await objects.write(tree), upstream)
        let open = tree.entries.keys.sorted().map(\.description).joined(separator: ", ")
        return .ok(
            "claims",
            tree.entries.isEmpty
                ? "\(reference) is there again; nothing was open by \(attempted) and the other results"
                : "\(reference) is there again; the next sync asks first about \(open)")
    }

    private func tips(_ upstream: Upstream?) async throws -> (claims: ObjectID?, results: ObjectID?) {
        guard let upstream else {
            let base = try await repository.base(resultsBranch: workspace.configuration.commit.branch)
            return (try await repository.reference(reference), base.results)
        }
        let found = try await repository.git.fetch(
            from: upstream.remote,
            references: Array(Set([upstream.reference, upstream.resultsReference, reference])).sorted())
        return (found[reference], found[upstream.resultsReference] ?? found[upstream.reference])
    }

    private func tree(from results: ObjectID) async throws -> ClaimsTree {
        var tree = ClaimsTree()
        for (path, sidecar) in try await repository.sidecars(at: results) {
            for (account, result) in sidecar.deliveries where !result.state.isSettled && result.isGateway == isGateway {
                let id = DeliveryID(try await repository.post(of: path, in: results), account)
                guard let entry = entry(id, result) else { continue }
                if let source = ObjectID(hex: entry.source), try await !repository.has(source) {
                    // The claimed words must be at hand for whoever goes on.
                    do { _ = try await repository.read(source) } catch {
                        throw Refusal(
                            .configuration, "\(id) was begun with a version of the post that this clone lacks",
                            hint: "run it in a whole clone: git fetch --unshallow")
                    }
                }
                tree.entries[id] = entry
            }
        }
        return tree
    }

    /// As if the run that wrote the result had died just now: whatever it sent may arrive until then.
    private func entry(_ id: DeliveryID, _ result: DeliveryResult) -> ClaimsEntry? {
        guard let attempt = result.attempt, let source = result.source else { return nil }
        let now = environment.clock.now
        var entry = ClaimsEntry(
            delivery: id, phase: .inherited, attempt: attempt, runner: "repaired", source: source,
            schedule: result.schedule ?? now, digest: result.digest ?? "")
        entry.receipts = result.parts.map {
            Receipt(id: $0.id, url: $0.url, publishedAt: result.publishedAt ?? result.error?.at ?? now)
        }
        entry.step = entry.receipts.count
        entry.tries = 1
        entry.actor = result.actor
        entry.generation = result.generation
        entry.checkpoint = result.checkpoint
        entry.leaseEnd = now
        entry.isGateway = result.isGateway
        return entry
    }

    private func put(_ claims: ObjectID, _ upstream: Upstream?) async throws {
        guard let upstream else {
            guard try await repository.compareAndSwap(reference, to: claims, expecting: nil, log: "repaired") else {
                throw Refusal(.tryAgain, "\(reference) has just been made by another run")
            }
            return
        }
        let update = ReferenceUpdate(reference: reference, new: claims, lease: .expects(nil))
        switch try await repository.git.push(to: upstream.remote, [update], runsHooks: false)[reference] {
        case .accepted: return
        case .refused(let reason): throw Refusal(.configuration, upstream.refusedClaims(reference, reason))
        case .moved, nil: throw Refusal(.tryAgain, "\(reference) has just been made by another run")
        }
    }
}
