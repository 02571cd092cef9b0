import Git
package import Posts

/// What a sync now would do. Takes no lock and writes nothing.
package func plan(_ folder: String, in environment: Environment) async throws(Refusal) -> Plan {
    let workspace = try Workspace.open(at: folder, zones: environment.zones)
    let now = environment.clock.now
    let reader = PostReader(configuration: workspace.configuration, zones: environment.zones)
    // Beside it, because starting libgit2 takes a tenth of the time.
    async let quick = Scan(
        root: workspace.root, folders: workspace.configuration.posts, reader: reader, keep: .due(now))
    let repository = try GitRepository(at: workspace.root, in: environment)
    let tree = try await lastSeenClaims(of: repository, workspace, environment)
    var scan = await quick
    if !tree.openPosts.isEmpty {
        scan = await Scan(
            root: workspace.root, folders: workspace.configuration.posts, reader: reader, keep: .due(now),
            open: tree.openPosts)
    }
    var planning = Planning(
        workspace: workspace, repository: repository,
        composer: Composer(workspace, reader, in: environment),
        claims: tree, runner: nil,
        base: try await repository.base(resultsBranch: workspace.configuration.commit.branch),
        isGateway: environment.gateway != nil, now: now)
    try await planning.fill(from: scan)
    var plan = planning.plan
    plan.due = planning.priced(plan.due)
    plan.open = planning.priced(plan.open)
    return plan
}

extension Planning {
    /// What is invalid costs nothing, because it is not sent.
    fileprivate func priced(_ deliveries: [Plan.Due]) -> [Plan.Due] {
        deliveries.map { due in
            var due = due
            if let composed = material[due.id]?.composed, !composed.isInvalid { due.price = composed.price }
            return due
        }
    }
}

/// What is paused, as far as this clone knows without asking a remote.
package func lastSeenPause(_ folder: String, in environment: Environment) async throws(Refusal) -> Pause {
    let workspace = try Workspace.open(at: folder, zones: environment.zones)
    return try await lastSeenClaims(
        of: try GitRepository(at: workspace.root, in: environment), workspace, environment
    ).pause
}

/// The claims without asking a remote: those of this repository, or as the last run saw the remote's.
func lastSeenClaims(
    of repository: GitRepository, _ workspace: Workspace, _ environment: Environment
) async throws(Refusal) -> ClaimsTree {
    let claims = GitClaims(repository: repository, workspace: workspace, environment: environment)
    do {
        guard try await !repository.remotes.isEmpty else { return try await claims.read().tree }
        let folder = repository.commonDirectory + "/socials-pipeline" + (environment.gateway == nil ? "" : "/sandbox")
        guard let commit = SeenClaims(folder: folder).commit, try await repository.has(commit) else {
            return try await claims.read().tree
        }
        return try await claims.objects.read(commit, name: claims.reference)
    } catch let error as ClaimsStoreError {
        throw Refusal(error)
    } catch {
        throw Refusal(.configuration, "\(error)")
    }
}

/// Every problem of the configuration, the posts, their words and their media; no network is asked.
/// - Parameter paths: from the top of the repository; empty: all. Paths that are no posts are ignored.
package func check(_ folder: String, paths: Set<String>, in environment: Environment) async throws(Refusal)
    -> [Diagnostic]
{
    let workspace = try Workspace.open(at: folder, zones: environment.zones)
    let reader = PostReader(configuration: workspace.configuration, zones: environment.zones)
    let scan = await Scan(root: workspace.root, folders: workspace.configuration.posts, reader: reader, keep: .all)
    let composer = Composer(workspace, reader, in: environment)
    var diagnostics = workspace.diagnostics + scan.diagnostics
    var composed: [Neighbours.Delivery] = []
    for scanned in scan.posts where paths.isEmpty || paths.contains(scanned.post.path) {
        guard let bytes = try? Files.read(workspace.root + "/" + scanned.post.path) else { continue }
        // Nobody gets it as it stands; its body and media are read all the same.
        if scanned.post.targets.isEmpty, let account = workspace.configuration.order.first {
            diagnostics += composer.read(bytes, path: scanned.post.path, for: account).filter { $0.code != .emptyPost }
        }
        let accounts = scanned.post.targets.map(\.account)
        let deliveries = composer.compose(bytes, path: scanned.post.path, for: accounts)
        for (target, delivery) in zip(scanned.post.targets, deliveries) {
            guard let delivery else {
                diagnostics.append(
                    Diagnostic(
                        .warning, .notAvailable, at: .init(path: scanned.post.path),
                        "\(target.account): \(target.account.network.title) is not available in this version; the delivery is held"
                    ))
                continue
            }
            // What is missing may be missing only because the front matter is wrong.
            diagnostics += delivery.diagnostics.filter {
                !scanned.post.isInvalid || ![.emptyPost, .mediaRequired].contains($0.code)
            }
            if case .at(let moment) = target.schedule {
                composed.append(
                    Neighbours.Delivery(
                        id: DeliveryID(scanned.post.path, target.account), schedule: moment,
                        digest: delivery.isInvalid ? nil : delivery.digest, repeats: scanned.post.repeats))
            }
        }
    }
    diagnostics += Neighbours.warnings(composed) { workspace.configuration.accounts[$0]?.limits.minGap ?? .zero }
    if scan.posts.contains(where: \.post.assumesUTC), workspace.configuration.timeZone == nil {
        diagnostics.append(
            Diagnostic(
                .warning, .noZone, at: .init(path: Workspace.configurationName),
                "local times are read as UTC because no time zone is named", hint: "add timeZone: Europe/Berlin"))
    }
    let isAsked = { (diagnostic: Diagnostic) in
        paths.isEmpty || paths.contains(diagnostic.place.path) || diagnostic.place.path == Workspace.configurationName
    }
    return Array(Set(diagnostics.filter(isAsked))).sorted()
}
