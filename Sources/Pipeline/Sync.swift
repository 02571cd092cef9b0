import Git
import HTTP
package import Posts

/// Publishes what is due, records it beside the posts and commits. Open this first: the whole way is here.
///
/// A run holds the lock of the repository on this machine. The engine claims each delivery before it is sent and
/// records it afterwards; what it may do when is `Engine`, how it is done is `Performer`.
package func sync(
    _ options: SyncOptions, in environment: Environment, stop: StopSignal = StopSignal(),
    progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
) async throws(Refusal) -> SyncReport {
    try refuseEarly(environment.variables)
    let run = try await Run(options, in: environment)
    let planning = try await run.plan()
    var report: SyncReport
    if options.isDryRun {
        report = SyncReport(planning, dryRun: options)
    } else {
        let engine = try await run.publish(planning, with: run.parts, stop: stop, progress: progress)
        report = SyncReport(planning, engine, options)
    }
    report.notes = run.ground.base.notes + report.notes
    return report
}

/// One run over one repository: what it opened, and its two halves.
struct Run: Sendable {
    let options: SyncOptions
    let environment: Environment
    let repository: GitRepository
    let runner: Runner
    let ground: Ground
    private let lock: RunLock

    init(_ options: SyncOptions, in environment: Environment) async throws(Refusal) {
        self.options = options
        self.environment = environment
        let workspace = try Workspace.open(at: options.repository, zones: environment.zones)
        repository = try GitRepository(at: workspace.root, in: environment)
        try await refuse(repository, workspace)

        let folder = repository.commonDirectory + "/socials-pipeline"
        lock = try await RunLock.taken(inFolder: folder, patience: options.lockPatience, clock: environment.clock)
        // A journal speaks of the claims of one ref, and is emptied by what that ref says.
        let journal = environment.gateway == nil ? folder : folder + "/sandbox"
        runner = try filing { () throws(Files.Failure) in try Runner(folder: journal, random: environment.random()) }
        ground = try await Ground(
            workspace, repository, run: runner.name, pending: PendingIndex(of: repository, folder: folder),
            folder: folder,
            options: options, in: environment)
    }

    private var workspace: Workspace { ground.workspace }

    /// Files, branch, claims and journal → what is due, what is held and why.
    func plan() async throws(Refusal) -> Planning {
        let now = environment.clock.now
        let reader = PostReader(configuration: workspace.configuration, zones: environment.zones)
        let scan = await Scan(
            root: workspace.root, folders: workspace.configuration.posts, reader: reader,
            keep: options.order == nil ? .due(now) : .all, open: ground.claimed.tree.openPosts)
        var planning = Planning(
            workspace: workspace, repository: repository,
            composer: Composer(
                workspace, reader, in: environment, downloads: options.isDryRun ? nil : downloads),
            claims: ground.claimed.tree, runner: runner, base: ground.base, isGateway: environment.gateway != nil,
            now: now, order: options.order)
        planning.history = ground.history
        try await planning.fill(from: scan)
        planning.farLeases.note(ground.claimed.tree, at: now, lease: workspace.configuration.claims.lease)
        return planning
    }

    private var downloads: Downloads {
        Downloads(
            folder: repository.commonDirectory + "/socials-pipeline/cache/downloads", transport: environment.transport,
            digests: environment.digests)
    }

    /// claim → prepare → publish → record, for every delivery of the plan.
    func publish(
        _ planning: Planning, with parts: Parts, stop: StopSignal, progress: @escaping @Sendable (SyncProgress) -> Void
    ) async throws(Refusal) -> Engine {
        var engine = Engine(
            policy: Policy(
                workspace.configuration, runner: runner.name, isGateway: environment.gateway != nil,
                isShared: ground.isShared),
            jobs: planning.jobs(options.wants, limit: options.limit), claims: ground.claimed.tree,
            version: ground.claimed.version,
            unrecorded: planning.unrecorded, forgettable: planning.forgettable, abandoned: planning.abandoned,
            attempts: { job in
                // Later attempts sort behind earlier ones, also those of a machine whose clock is a little ahead.
                let earlier = job.previous?.attempt?.moment.map { $0 + .milliseconds(1) }
                let now = environment.clock.now
                return AttemptID(at: max(now, earlier ?? now), random: environment.random())
            })
        let watch = environment.checksClock ? ClockWatch(parts.transport, clock: environment.clock) : nil
        let transport: any Transport = watch ?? parts.transport
        let renditions = Renditions(
            root: workspace.root, folder: repository.commonDirectory + "/socials-pipeline/cache/media",
            programs: environment.converters, digests: environment.digests)
        let host = workspace.mediaHost(environment, commit: ground.base.posts?.hex)
        let performer = Performer(
            sessions: Sessions(
                configuration: workspace.configuration, environment: environment, transport: transport,
                media: {
                    HostedMedia(
                        root: workspace.root, account: $0, host: host, transport: transport, renditions: renditions)
                }),
            ledger: Ledger(journal: parts.journal), journal: parts.journal, exchanger: parts.exchanger,
            clock: environment.clock, random: environment.random)
        await drive(&engine, with: performer, clock: environment.clock, watch: watch, stop: stop) {
            event in
            if let line = SyncProgress(event) { progress(line) }
        }
        await (host as? ServerMediaHost)?.stop()
        engine.note(await ground.pending.settle(repository))
        if engine.isJournalSpent {
            do { try await runner.journal.trim() } catch { throw Refusal(.file, error.description) }
        }
        return engine
    }

    /// The real ones; tests put theirs around them.
    var parts: Parts {
        Parts(transport: environment.transport, journal: runner.journal, exchanger: ground.exchanger)
    }
}
