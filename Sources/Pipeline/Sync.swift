package import Platforms
package import Posts

/// Publishes what is due, records it beside the posts and commits. Open this first: the whole way is here.
///
/// lock → journal and claims → scan → plan → (claim → prepare → publish → record, by the engine) → report
package func sync(
    _ options: SyncOptions, in environment: Environment, stop: StopSignal = StopSignal(),
    progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
) async throws(Refusal) -> SyncReport {
    try refuseEarly(environment.variables)
    let workspace = try Workspace.open(at: options.repository, zones: environment.zones)
    let repository = try GitRepository(at: workspace.root, environment: environment.variables)
    try await refuse(repository, workspace)

    let folder = repository.commonDirectory + "/socials-pipeline"
    guard let lock = try filing({ () throws(Files.Failure) in try RunLock(inFolder: folder) }) else {
        throw Refusal(.tryAgain, "another run is at work in this repository", hint: "wait until it has ended")
    }
    defer { withExtendedLifetime(lock) {} }
    let runner = try filing { () throws(Files.Failure) in try Runner(folder: folder, random: environment.random()) }
    let claims = GitClaims(repository: repository, workspace: workspace, environment: environment)
    let (tree, version) = try await reading(claims)
    let pending = PendingIndex(folder: folder)
    try await pending.mend(repository)

    let now = environment.clock.now
    let reader = PostReader(configuration: workspace.configuration, zones: environment.zones)
    let scan = await Scan(
        root: workspace.root, folders: workspace.configuration.posts, reader: reader, keep: options.order == nil ? .due(now) : .all)
    var planning = Planning(
        workspace: workspace, repository: repository,
        composer: Composer(root: workspace.root, configuration: workspace.configuration, reader: reader),
        claims: tree, runner: runner, isGateway: environment.gateway != nil, now: now,
        order: options.order)
    try await planning.fill(from: scan)
    if options.isDryRun { return SyncReport(planning, dryRun: options) }

    var engine = Engine(
        policy: Policy(workspace.configuration, runner: runner.name, isGateway: environment.gateway != nil),
        jobs: planning.jobs(options.wants, limit: options.limit), claims: tree, version: version,
        unrecorded: planning.unrecorded, forgettable: planning.forgettable,
        attempts: { _ in AttemptID(at: environment.clock.now, random: environment.random()) })
    let media = workspace.mediaHost(environment, commit: try await repository.headCommit)
    let performer = Performer(
        sessions: Sessions(
            configuration: workspace.configuration, environment: environment,
            media: HostedMedia(root: workspace.root, host: media, transport: environment.transport)),
        ledger: Ledger(journal: runner.journal), journal: runner.journal, claims: claims,
        recorder: Recorder(
            repository: repository, workspace: workspace, clock: environment.clock, run: runner.name, pending: pending),
        clock: environment.clock)
    await drive(&engine, with: performer, clock: environment.clock, stop: stop) { event in
        if let line = SyncProgress(event) { progress(line) }
    }
    await (media as? ServerMediaHost)?.stop()
    if engine.isJournalSpent { try await runner.forgetAnswers() }
    return SyncReport(planning, engine, options)
}
