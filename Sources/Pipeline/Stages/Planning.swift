import Git
package import Posts

/// Puts together what the files, the branch, the claims and the journal say, and asks the pure rules of `Posts`.
/// Reads the repository, writes nothing.
package struct Planning {
    let workspace: Workspace
    let repository: GitRepository
    let composer: Composer
    let claims: ClaimsTree
    let runner: Runner?
    /// When leases that end too late were seen first.
    let farLeases: FarLeases
    /// The commits that count.
    let base: Base
    let isGateway: Bool
    let now: Instant
    /// What a person wants out now; nil: what is due.
    let order: Order?
    /// nil: what a shallow clone lacks stays unknown.
    var history: History?

    package var plan: Plan
    /// What the engine needs of each delivery of the plan.
    var material: [DeliveryID: Material] = [:]
    /// Outcomes of the claims ref that the branch lacks.
    var unrecorded: [DeliveryID: DeliveryResult] = [:]
    /// Settled entries of the claims ref that the branch records.
    var forgettable: Set<DeliveryID> = []
    /// Claims of ours whose post is gone before anything was sent under them.
    var abandoned: Set<DeliveryID> = []
    var past = Past()
    var candidates: [Candidate] = []
    /// What the candidates want composed.
    var requests: [Composer.Request] = []
    /// What of the order cannot be done.
    var refusals: [Order.Refused] = []
    /// Due, but more than `maxPerRun` of the account: left for the next run.
    var overRun: Set<DeliveryID> = []
    /// Accounts on which another runner has a live claim; left alone in this run.
    var taken: Set<AccountID> = []
    /// Deliveries of the posts that were read.
    var considered: Set<DeliveryID> = []
    /// Deliveries of which nobody knows whether they are live; a person has to look.
    var unsure: [DeliveryID] = []
    /// Accounts whose network takes nothing more for now.
    var limited: Set<AccountID> = []

    /// What is at hand of one delivery.
    struct Material: Sendable {
        var composed: Composer.Composed?
        var source: String
        var result: DeliveryResult?
        var origin = Job.Origin.due
        var receipts: [Receipt] = []
        var generation: Int?
    }

    /// A delivery whose time has come, before holds and caps.
    struct Candidate: Sendable {
        var due: Plan.Due
        var facts: Facts
        var isInvalid: Bool
    }

    package init(
        workspace: Workspace, repository: GitRepository, composer: Composer, claims: ClaimsTree, runner: Runner?,
        base: Base, isGateway: Bool, now: Instant, order: Order? = nil
    ) {
        self.workspace = workspace
        self.repository = repository
        self.composer = composer
        self.claims = claims
        self.runner = runner
        self.base = base
        farLeases = FarLeases(folder: repository.commonDirectory + "/socials-pipeline")
        self.isGateway = isGateway
        self.now = now
        self.order = order
        plan = Plan(now: now)
        plan.pause = claims.pause
    }

    var configuration: Configuration { workspace.configuration }

    func isLive(_ entry: ClaimsEntry) -> Bool {
        entry.isLive(at: now, lease: configuration.claims.lease, firstSeen: farLeases.firstSeen(entry))
    }

    package mutating func run(_ scan: Scan) async throws {
        plan.posts = scan.postCount
        plan.next = scan.next
        plan.problems = scan.diagnostics.filter { $0.severity == .error }
        remember(scan)
        for scanned in scan.posts where !scanned.post.isInvalid { try await consider(scanned) }
        await composeCandidates()
        try await considerForgottenClaims()
        try await findUnrecorded()
        candidates.sort { ($0.due.schedule, $0.due.id) < ($1.due.schedule, $1.due.id) }
        admitCandidates()
        plan.sort()
    }

    /// What went out lately, live claims included, and results whose post is gone.
    private mutating func remember(_ scan: Scan) {
        for trace in scan.published where trace.isGateway == isGateway {
            past.published[trace.id.account, default: []].append(trace)
        }
        for (id, entry) in claims.entries {
            let isLive = isLive(entry)
            let trace = Past.Trace(
                id: id, digest: entry.result?.digest ?? entry.digest, schedule: entry.schedule,
                publishedAt: isLive ? now : entry.result?.publishedAt)
            if trace.publishedAt != nil { past.published[id.account, default: []].append(trace) }
            if isLive, entry.runner != runner?.name { taken.insert(id.account) }
            if isGone(id.post) { past.orphans[id.account, default: []].append(trace) }
        }
        for (id, claim) in journalled where claim.isGateway == isGateway && isGone(id.post) {
            past.orphans[id.account, default: []].append(
                Past.Trace(id: id, digest: claim.digest, schedule: claim.schedule, publishedAt: nil))
        }
        for base in scan.orphans {
            let bytes = try? Files.read(workspace.root + "/" + base + ".results.json")
            guard let results = bytes.flatMap({ try? Results(parsing: $0) }) else { continue }
            for (account, result) in results.deliveries where result.isGateway == isGateway {
                past.orphans[account, default: []].append(
                    Past.Trace(
                        id: DeliveryID(base, account), digest: result.digest, schedule: result.schedule,
                        publishedAt: result.publishedAt))
            }
        }
    }

    private func isGone(_ post: String) -> Bool { !Files.exists(workspace.root + "/" + post) }

    private mutating func consider(_ scanned: Scan.ScannedPost) async throws {
        let post = scanned.post
        var file = PostFile(path: post.path, root: workspace.root)
        var results: Results
        switch scanned.sidecar {
        case .none: results = Results()
        case .read(let onDisk): results = onDisk
        case .unreadable: return
        }
        // A sidecar that cannot be read proves nobody knows what, on disk or on the branch.
        guard let tip = try await resultsAtTip(of: post.path) else { return }
        results = results.merged(with: tip)
        for target in post.targets where order?.includes(DeliveryID(post.path, target.account)) ?? true {
            guard let account = configuration.accounts[target.account] else { continue }
            try await consider(target, of: post, account: account, results: results, file: &file)
        }
    }

    private mutating func consider(
        _ target: Post.Target, of post: Post, account: Account, results: Results, file: inout PostFile
    ) async throws {
        let id = DeliveryID(post.path, account.id)
        considered.insert(id)
        // What came of the gateway never counts as real.
        let recorded = results.deliveries[account.id].flatMap { $0.isGateway && !isGateway ? nil : $0 }
        var known = Known(result: recorded, claim: claim(of: id, recorded))
        if let outcome = known.claim?.result { known.result = recorded?.updated(by: outcome) ?? outcome }
        if known.result?.limitsAccount(at: now) == true { limited.insert(account.id) }
        if let state = known.result?.state, state == .failed || state == .missed {
            known.isEdited = try await file.blob(in: repository).hex != known.result?.source
        }
        if let claim = known.claim, isAnswered(claim) {
            let due = Plan.Due(id: id, schedule: claim.schedule, state: "retrying")
            return try await open(claim, due, result: known.result)
        }
        if let order {
            return try await obey(
                order, target, of: post, account: account, known: known, results: results, file: &file)
        }
        // Without a time of its own, only a person's order can have begun it.
        let isBegun = known.result.map { !$0.state.isSettled } ?? false
        let schedule =
            try await schedule(of: target, known, file: &file) ?? (isBegun ? known.result?.schedule : nil)
        if let schedule {
            known.wasCapped =
                claims.pause.heldBack(account.id, since: schedule)
                || Caps.heldBack(account.limits, published: past.publishTimes(of: account.id), since: schedule)
        }
        let scheduled = Scheduled(
            id: id, schedule: schedule, isDraft: post.isDraft, expires: post.expires, since: account.since)
        let guardRule = LateGuard(
            maxLateness: configuration.publishing.maxLateness, giveUpAfter: configuration.publishing.giveUpAfter)
        let due = Plan.Due(
            id: id, schedule: schedule ?? known.claim?.schedule ?? now, state: known.result?.openState ?? "due")
        switch scheduled.verdict(known, at: now, guard: guardRule) {
        case .later(let moment): plan.consider(next: Plan.Due(id: id, schedule: moment, state: due.state))
        case .late:
            guard try await file.isCommitted(in: repository, at: base.posts) else { break }
            material[id] = Material(
                source: try await file.blob(in: repository).hex, result: known.result, origin: .late)
            plan.late.append(due)
        case .open(let entry): try await open(entry, due, result: known.result)
        case .due:
            try await addCandidate(due, of: post, account: account, known: known, results: results, file: &file)
        case .settled(.unknown): unsure.append(id)
        case .settled, .draft, .unscheduled, .expired, .past: break
        }
    }

    /// `now` is the time of the commit that last changed the file.
    private func schedule(of target: Post.Target, _ known: Known, file: inout PostFile) async throws -> Instant? {
        switch target.schedule {
        case .none: return nil
        case .at(let moment): return moment
        case .now:
            guard let tip = base.posts, try await file.isCommitted(in: repository, at: tip) else { return now }
            return try await timeOfCommit(of: file.path, at: tip, known)
        }
    }

    /// Behind a shallow clone's boundary nobody knows it, unless it was written down or the remote tells.
    private func timeOfCommit(of path: String, at tip: ObjectID, _ known: Known) async throws -> Instant {
        let oldest = now - configuration.publishing.maxLateness - Past.memory
        while true {
            switch try await repository.lastChange(of: path, from: tip) {
            case .commit(_, let seconds): return Instant(seconds: seconds)
            case .absent: return now
            case .beyondShallowBoundary(let boundary):
                if !known.isEdited, let schedule = known.claim?.schedule ?? known.result?.schedule { return schedule }
                let isOld = try await Instant(seconds: repository.time(of: boundary)) < oldest
                guard !isOld, let history, await history.deepen() else { return Instant(milliseconds: 0) }
            }
        }
    }
}

extension DeliveryResult {
    /// The state in which it waits for the next try, if it does.
    fileprivate var openState: String? { state.isSettled ? nil : state.rawValue }
}
