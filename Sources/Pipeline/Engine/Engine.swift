package import Posts

/// The protocol of a run, as a pure state machine: it is told what happened and returns what to do next.
/// It reads no clock, no file and no network, so that a driver can replay any interleaving from a seed.
///
/// The way of a delivery: claimed in the claims ref → prepared → sent once per step → answer journalled →
/// outcome in the claims ref → recorded on the branch. Accounts go side by side, one account in order.
package struct Engine: Sendable {
    let policy: Policy
    var machines: [DeliveryID: Machine] = [:]
    var lanes: [Lane] = []
    private var laneOf: [AccountID: Int] = [:]
    var claims: ClaimsTree
    var version: String?
    /// The claims ref entry that each delivery had when the run was planned, or has since by our hand.
    var expected: [DeliveryID: ClaimsEntry] = [:]
    /// Entries that are ours in the claims ref now.
    var held: [DeliveryID: ClaimsEntry] = [:]
    /// No lease of ours ends before. Kept, so that an event need not look at every claim.
    var firstLeaseEnd: Instant?
    /// Prepared; each waits until its lease is long enough. Kept, so that an event need not look at every account.
    private var leasing: [DeliveryID] = []
    /// Ended in this run; the claims ref does not know it yet.
    var outbox: Set<DeliveryID> = []
    var exchange = Exchanging.idle
    /// Outcomes in the claims ref that the branch does not have yet.
    var unrecorded: [DeliveryID: DeliveryResult]
    /// Entries that the branch records: settled ones are forgotten when they are old, open ones at once.
    let forgettable: Set<DeliveryID>
    /// Claims of this runner under which nothing was sent and whose post is gone.
    let abandoned: Set<DeliveryID>
    var races = 0
    var doubts = 0
    private var isStopping = false
    package private(set) var faults: [Fault] = []
    package private(set) var commits: [String] = []
    package private(set) var isPushed = false
    /// Sidecars that could not be written; their outcomes stay in the claims ref.
    package private(set) var recordFailures: [Recorded.Failure] = []
    package private(set) var notes: [String] = []

    enum Exchanging: Sendable {
        case idle
        /// After a lost race, or to see what became of a proposal whose answer was lost.
        case reading(doubtful: Proposal?)
        case replacing(Proposal)
    }

    /// Why the run ends early; what was accepted by a network is in the journal.
    package enum Fault: Sendable, Hashable {
        case file(String)
        case tryAgain(String)
        /// A server's clock and ours are too far apart; what was answered is still recorded.
        case clockIsOff(String)
        case unreachable(String)
        case refused(String)
        case newerVersion(Int)
    }

    /// - Parameters:
    ///   - jobs: in the order in which they are to go out.
    ///   - unrecorded: outcomes in the claims ref that the branch lacks.
    ///   - forgettable: entries of the claims ref whose outcome the branch records.
    ///   - attempts: makes a new attempt id for a job.
    package init(
        policy: Policy, jobs: [Job], claims: ClaimsTree, version: String?, unrecorded: [DeliveryID: DeliveryResult],
        forgettable: Set<DeliveryID> = [], abandoned: Set<DeliveryID> = [], attempts: (Job) -> AttemptID
    ) {
        self.policy = policy
        self.claims = claims
        self.version = version
        self.unrecorded = unrecorded
        self.forgettable = forgettable
        self.abandoned = abandoned
        for job in jobs where machines[job.id] == nil {
            machines[job.id] = Machine(job: job, policy: policy, attempt: attempts(job))
            expected[job.id] = claims.entries[job.id]
            let account = job.id.account
            if laneOf[account] == nil {
                laneOf[account] = lanes.count
                lanes.append(Lane(account: account, isBlind: job.recovery == .askPerson))
            }
            withLane(of: account) { $0.waiting.append(job.id) }
        }
        obeyPause()
    }

    package mutating func start(at now: Instant) -> [Action] {
        for (id, machine) in machines {
            guard case .late = machine.job.origin else { continue }
            _ = step(id) { $0.begin(at: now) }
        }
        return advance(at: now)
    }

    /// Takes one event and returns what to do next. An empty answer and `isDone` is the end.
    package mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        var actions: [Action] = []
        switch event {
        case .claimsRead(let tree, let version): claimsRead(tree, version: version)
        case .claimsUnread(let error): claimsUnread(error)
        case .exchanged(let answer): actions += exchanged(answer)
        case .clockIsOff(let message): add(.clockIsOff(message))
        case .prepared(let id, let answer): actions += step(id) { $0.prepared(answer, at: now) }
        case .prepareFailed(let id, let failure): actions += step(id) { $0.fail(failure, at: now) }
        case .sent(let id, let receipt): actions += step(id) { $0.answered(receipt) }
        case .sendFailed(let id, let failure): actions += step(id) { $0.sendFailed(failure, at: now) }
        case .sendRefused(let id, let reason):
            if case .journal(let message) = reason { add(.file(message)) }
            actions += step(id) { $0.sendRefused() }
        case .journalled(let id, let failure):
            if let failure { add(.file(failure)) }
            actions += step(id) { $0.journalled(at: now) }
        case .found(let id, let finding): actions += step(id) { $0.found(finding, at: now) }
        case .findFailed(let id, let failure): actions += step(id) { $0.findFailed(failure, at: now) }
        case .linked(let id, let url): actions += step(id) { $0.linked(url, at: now) }
        case .waited(let id): actions += step(id) { $0.woke(at: now) }
        case .stop: isStopping = true
        }
        return actions + advance(at: now)
    }

    /// Nothing is under way.
    package var isDone: Bool {
        guard case .idle = exchange else { return false }
        return isQuiet
    }

    var isQuiet: Bool { lanes.allSatisfy { $0.active == nil } }

    mutating func note(_ recorded: Recorded) {
        commits += recorded.commit.map { [$0] } ?? []
        isPushed = isPushed || recorded.isPushed
        recordFailures += recorded.failures.filter { !recordFailures.contains($0) }
        notes += recorded.notes.filter { !notes.contains($0) }
    }

    mutating func add(_ fault: Fault) {
        if !faults.contains(fault) { faults.append(fault) }
    }

    /// Nothing new is begun; what is in flight is finished.
    var isEnding: Bool { isStopping || !faults.isEmpty }

    /// Nothing more can go out, to the claims or to the branch.
    var isCutOff: Bool {
        faults.contains {
            switch $0 {
            case .unreachable, .refused, .newerVersion: true
            case .file, .tryAgain, .clockIsOff: false
            }
        }
    }

    /// The claims are left as they are; what they have may still be recorded.
    var keepsClaims: Bool {
        faults.contains {
            switch $0 {
            case .file, .tryAgain, .unreachable, .refused, .newerVersion: true
            case .clockIsOff: false
            }
        }
    }

    mutating func withLane(of account: AccountID, _ change: (inout Lane) -> Void) {
        if let index = laneOf[account] { change(&lanes[index]) }
    }

    private mutating func step(_ id: DeliveryID, _ change: (inout Machine) -> Action?) -> [Action] {
        guard let index = machines.index(forKey: id) else { return [] }
        let action = change(&machines.values[index])
        let stage = machines.values[index].stage
        if stage == .leasing, !leasing.contains(id) { leasing.append(id) }
        if stage == .settled {
            withLane(of: id.account) { $0.remove(id) }
            outbox.insert(id)
            if let failure = machines.values[index].failure { stopLanes(for: failure, of: id.account) }
        }
        return action.map { [$0] } ?? []
    }

    private mutating func stopLanes(for failure: PlatformFailure, of account: AccountID) {
        for index in lanes.indices where lanes[index].stopped == nil {
            let stops =
                switch failure.scope {
                case .delivery: false
                case .account: lanes[index].account == account
                case .network: lanes[index].account.network == account.network
                }
            if stops { lanes[index].stopped = failure.reason }
        }
    }

    private mutating func advance(at now: Instant) -> [Action] {
        var actions = startLanes(at: now) + sendPrepared(at: now)
        if case .idle = exchange, let proposal = proposal(at: now) {
            exchange = .replacing(proposal)
            for id in proposal.confirmed.keys { unrecorded[id] = nil }
            actions.append(
                .exchange(
                    Exchange(
                        claims: proposal.changesClaims ? proposal.tree : nil, version: version,
                        results: proposal.results)))
        }
        return actions
    }

    private mutating func startLanes(at now: Instant) -> [Action] {
        guard !isEnding else { return [] }
        var actions: [Action] = []
        var busy = lanes.count { $0.active != nil }
        for index in lanes.indices where lanes[index].stopped == nil {
            while lanes[index].active == nil, busy < policy.concurrency, let id = lanes[index].claimed.first {
                lanes[index].claimed.removeFirst()
                lanes[index].active = id
                actions += step(id) { $0.begin(at: now) }
                if lanes[index].active != nil { busy += 1 }
            }
        }
        return actions
    }

    /// Sends what is prepared and whose lease is long enough.
    private mutating func sendPrepared(at now: Instant) -> [Action] {
        var actions: [Action] = []
        for id in leasing where machines[id]?.stage == .leasing {
            if isEnding || claims.pause.holds(id.account) {
                actions += step(id) { $0.interrupt(at: now) }
                if machines[id]?.stage == .claimed {
                    withLane(of: id.account) {
                        $0.active = nil
                        $0.claimed.insert(id, at: 0)
                    }
                }
            } else if let claim = held[id] {
                actions += step(id) { $0.send(under: claim, at: now) }
            } else {
                leave(id)
            }
        }
        leasing.removeAll { machines[$0]?.stage != .leasing }
        return actions
    }

    /// Another runner has it now.
    mutating func leave(_ id: DeliveryID) {
        machines[id]?.stage = .lost
        held[id] = nil
        outbox.remove(id)
        withLane(of: id.account) { $0.remove(id) }
    }
}

extension PlatformFailure {
    /// The part of the code behind the network: `rate-limited`.
    var reason: String { code.split(separator: ".").last.map(String.init) ?? code }
}
