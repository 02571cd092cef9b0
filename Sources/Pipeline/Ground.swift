import Git
import Posts

/// What a run stands on: the configuration and files it reads, the commits that count, and the claims as they are now.
/// With a remote all of it is what clone and remote agreed on just before (EXACTLY-ONCE 0 and 1).
struct Ground: Sendable {
    /// Of `base.root`.
    let workspace: Workspace
    private(set) var base: Base
    let exchanger: any Exchanger
    let claimed: (tree: ClaimsTree, version: String?)
    let pending: PendingIndex
    /// Other clones may publish too.
    let isShared: Bool
    /// What lies behind a shallow clone's boundary.
    let history: History?

    init(
        _ workspace: Workspace, _ repository: GitRepository, run: String, pending: PendingIndex, folder: String,
        options: SyncOptions, in environment: Environment
    ) async throws(Refusal) {
        let upstream = try await Upstream.find(
            of: repository, workspace.configuration, in: environment, branch: options.branch)
        try await pending.removeLocks(
            repository, claims: upstream == nil ? workspace.configuration.claimsReference(environment) : nil)
        if let upstream {
            try await self.init(
                sharing: upstream, workspace, repository, run: run, pending: pending, folder: folder,
                options: options, in: environment)
        } else {
            try await self.init(alone: workspace, repository, run: run, pending: pending, in: environment)
        }
        try await pending.mend(repository)
    }

    private init(
        alone workspace: Workspace, _ repository: GitRepository, run: String, pending: PendingIndex,
        in environment: Environment
    ) async throws(Refusal) {
        self.workspace = workspace
        self.pending = pending
        isShared = false
        history = nil
        base = try await repository.base(resultsBranch: workspace.configuration.commit.branch)
        let claims = GitClaims(repository: repository, workspace: workspace, environment: environment)
        let sidecars = Sidecars(repository: repository, workspace: workspace, clock: environment.clock, run: run)
        exchanger = LocalExchanger(claims: claims, recorder: SidecarRecorder(sidecars: sidecars, pending: pending))
        claimed = try await reading(claims)
    }

    private init(
        sharing upstream: Upstream, _ before: Workspace, _ repository: GitRepository, run: String,
        pending: PendingIndex, folder: String, options: SyncOptions, in environment: Environment
    ) async throws(Refusal) {
        do { _ = try await repository.git.version() } catch { throw Refusal(error) }
        let reference = before.configuration.claimsReference(environment)
        var meeting = Meeting(
            upstream: upstream, repository: repository, claimsReference: reference, exportFolder: folder + "/tip",
            pending: pending,
            sidecars: Sidecars(repository: repository, workspace: before, clock: environment.clock, run: run))
        var tips: Meeting.Tips
        (tips, base) = try await meeting.hold(isDry: options.isDryRun)
        workspace = try Workspace.open(at: base.root, zones: environment.zones)
        self.pending = pending
        isShared = true
        guard workspace.root == base.root else {
            throw Refusal(
                .configuration, "\(upstream.branch) on \(upstream.remote) has no \(Workspace.configurationName)")
        }
        if tips.claims == nil {
            tips.claims = try await meeting.firstClaims(base, isGateway: environment.gateway != nil, options)
        }
        let objects = ClaimsObjects(repository: repository, workspace: workspace, environment: environment)
        meeting.sidecars = Sidecars(
            repository: repository, workspace: workspace, clock: environment.clock, run: run)
        let follower: Follower =
            if options.holdsBackBranch {
                .holdingBack(SidecarRecorder(sidecars: meeting.sidecars, pending: pending))
            } else if base.isExported || upstream.resultsBranch != upstream.branch { .apart } else {
                .following(pending)
            }
        let seen = SeenClaims(folder: environment.gateway == nil ? folder : folder + "/sandbox")
        seen.note(tips.claims)
        do { claimed = (try await objects.read(tips.claims, name: reference), tips.claims?.hex) } catch {
            throw Refusal(error)
        }
        history = await repository.isShallow ? History(upstream, repository) : nil
        let remote = RemoteExchanger(
            meeting: meeting, follower: follower, objects: objects, seen: seen, tips: tips, base: base)
        exchanger = remote
        if base.unpushed == .own, !options.isDryRun, !options.holdsBackBranch {
            do { base = try await remote.pushOwnResults() } catch { throw Refusal(error) }
        }
    }
}

extension GitRepository {
    /// Without a remote, or without asking it: what is checked out here.
    /// - Parameter resultsBranch: `commit.branch`
    func base(resultsBranch: String?) throws(Refusal) -> Base {
        do {
            let head = try head
            var base = Base(posts: head.commit, results: head.commit, root: root)
            if let resultsBranch, resultsBranch != head.branch {
                base.results = try reference("refs/heads/" + resultsBranch) ?? head.commit
            }
            return base
        } catch {
            throw Refusal(.configuration, error.message, hint: error.hint)
        }
    }
}
