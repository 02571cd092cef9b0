import Posts
import TestSupport

@testable import Pipeline

/// One machine: a name, a journal, a clock that is a little wrong, and at times a run.
struct SimulatedRunner {
    var name: String
    /// How wrong its clock always is.
    private let skew: Duration
    /// What somebody set its clock by since the run began.
    private var jump: Duration = .zero
    /// When the run began, by its own clock and in truth.
    private var start = (own: nine, real: nine)
    /// Tells the machines apart, so that no attempt of theirs is the same.
    let number: UInt128
    var journal: [JournalLine] = []
    /// Answers of a journal that belonged to another name.
    var setAside: [JournalLine] = []
    private(set) var engine: Engine?
    private(set) var pending: [Action] = []
    /// Requests that left and were not answered.
    private(set) var inFlight: [SimulatedWorld.Request] = []
    /// Whether the journal may be emptied, because the last run ended well.
    private(set) var isTidy = false
    private var runs = 0

    init(name: String, skew: Duration, number: Int) {
        self.name = name
        self.skew = skew
        self.number = UInt128(number)
    }

    var isIdle: Bool { engine == nil }

    /// As `SystemClock`: whatever is done to the clock, at least as much time passes as really does.
    func time(_ now: Instant) -> Instant { max(now + skew + jump, start.own + (now - start.real)) }

    mutating func setClock(by jump: Duration) { self.jump = jump }

    /// As `Planning` does: outcomes of the claims ref over the branch's, then the verdict, then the journal.
    mutating func start(in world: SimulatedWorld) {
        jump = .zero
        start = (world.now + skew, world.now)
        let now = start.own
        runs += 1
        isTidy = false
        var made = UInt128(runs << 16) + number
        var engine = Engine(
            policy: Policy(runner: name, isGateway: false), jobs: jobs(in: world, at: now), claims: world.claims,
            version: world.claimsVersion, unrecorded: unrecorded(in: world),
            forgettable: forgettable(in: world, at: now),
            abandoned: Set(world.claims.entries.values.filter { isAbandoned($0, in: world) }.map(\.delivery)),
            attempts: { _ in
                made += 256
                return AttemptID(at: now, random: made << 48)
            })
        pending = engine.start(at: now)
        self.engine = engine
        endIfDone()
    }

    private func jobs(in world: SimulatedWorld, at now: Instant) -> [Job] {
        let lease = Duration.minutes(15)
        let taken = Set(
            world.claims.entries.values.filter { $0.isLive(at: now, lease: lease) && $0.runner != name }
                .map(\.delivery.account))
        let past = past(in: world, at: now)
        return (world.jobs + world.jobsWithoutFile(JournalMemory(journal).claims)).compactMap { sample -> Job? in
            var (job, known) = (sample, self.known(sample.id, in: world, at: now))
            job.previous = known.result
            job.generation = known.result?.generation ?? 1
            switch Scheduled(id: job.id, schedule: nine).verdict(
                known, at: now, guard: LateGuard(maxLateness: .days(3)))
            {
            case .due where !taken.contains(job.id.account) && world.files[job.id.post] != nil:
                job.receipts = known.receipts
                let facts = Facts(isCommitted: true, digest: job.digest, repeats: true, hasResult: known.result != nil)
                let due = Plan.Due(id: job.id, schedule: world.schedule(of: job.id))
                return due.hold(facts, past: past, isGateway: false, at: now) == nil ? job : nil
            case .open(let entry) where entry.runner == name || !entry.isLive(at: now, lease: lease):
                if isAbandoned(entry, in: world) { return nil }
                let story = Story(
                    of: entry, steps: job.steps.count, own: entry.runner == name ? JournalMemory(journal) : nil,
                    others: JournalMemory(setAside), at: now)
                known.result = known.result ?? entry.result
                job.origin = story.sent.map { .open(entry, $0) } ?? .resumed(entry)
                job.receipts = story.receipts
                return job
            case .due, .open, .late, .later, .settled, .draft, .unscheduled, .expired, .past: return nil
            }
        }
    }

    /// Ours, nothing was sent under it, and its post is gone.
    private func isAbandoned(_ entry: ClaimsEntry, in world: SimulatedWorld) -> Bool {
        entry.runner == name && entry.phase == .claimed && entry.receipts.isEmpty
            && world.files[entry.delivery.post] == nil
            && JournalMemory(journal).record(of: entry.attempt, step: 0) == nil
    }

    private func known(_ id: DeliveryID, in world: SimulatedWorld, at now: Instant) -> Known {
        let (recorded, entry) = (world.branch[id], world.claims.entries[id])
        let forgotten = JournalMemory(journal).forgottenClaim(
            of: id, besides: entry, recorded, since: now - Past.memory)
        var known = Known(result: recorded, claim: forgotten ?? entry)
        if let outcome = known.claim?.result { known.result = recorded?.updated(by: outcome) ?? outcome }
        if let result = known.result, let file = world.files[id.post] { known.isEdited = result.source != file.source }
        return known
    }

    /// Results and claims of posts that are gone, by which a renamed one is known.
    private func past(in world: SimulatedWorld, at now: Instant) -> Past {
        var past = Past()
        func add(_ id: DeliveryID, _ digest: String?, _ result: DeliveryResult?) {
            guard world.files[id.post] == nil else { return }
            past.orphans[id.account, default: []].append(
                Past.Trace(
                    id: id, digest: digest, schedule: world.schedule(of: id), publishedAt: result?.publishedAt))
        }
        for (id, result) in world.branch { add(id, result.digest, result) }
        for (id, entry) in JournalMemory(journal).claims { add(id, entry.digest, nil) }
        for (id, entry) in world.claims.entries { add(id, entry.result?.digest ?? entry.digest, entry.result) }
        return past
    }

    private func unrecorded(in world: SimulatedWorld) -> [DeliveryID: DeliveryResult] {
        world.claims.entries.compactMapValues { $0.result }.filter { id, outcome in
            let recorded = world.branch[id]
            return world.files[id.post] != nil && recorded != outcome
                && recorded?.updated(by: outcome) ?? outcome == outcome
        }
    }

    private func forgettable(in world: SimulatedWorld, at now: Instant) -> Set<DeliveryID> {
        Set(
            world.claims.entries.values.filter {
                $0.isOver(world.branch[$0.delivery]) && !$0.isLive(at: now, lease: .minutes(15))
            }.map(\.delivery))
    }

    /// - Parameter isAnswer: a network said so, and told its time.
    mutating func tell(_ event: Event, at now: Instant, isAnswer: Bool = false) {
        let time = time(now)
        if isAnswer, time - (now + skew) > .minutes(2) {
            pending += engine?.handle(.clockIsOff("an hour off"), at: time) ?? []
        }
        pending += engine?.handle(event, at: time) ?? []
        endIfDone()
    }

    private mutating func endIfDone() {
        guard let engine, engine.isDone, pending.isEmpty, inFlight.isEmpty else { return }
        isTidy = engine.isJournalSpent
        self.engine = nil
    }

    mutating func trim() { (journal, isTidy) = ([], false) }

    mutating func takePending(_ index: Int) -> Action { pending.remove(at: index) }
    mutating func takeInFlight(_ index: Int) -> SimulatedWorld.Request { inFlight.remove(at: index) }

    /// The fence, the journal, and out it goes.
    mutating func send(_ request: SimulatedWorld.Request, _ line: JournalLine.Sending, _ fence: Fence, at now: Instant)
    {
        guard fence.permits(line, at: time(now)) else {
            return tell(.sendRefused(request.id, .leaseTooShort), at: now)
        }
        journal.append(.sending(line))
        inFlight.append(request)
    }

    /// The process ends; what left is on its way by itself.
    mutating func die() -> [SimulatedWorld.Request] {
        defer { (engine, pending, inFlight) = (nil, [], []) }
        return inFlight
    }

    mutating func become(_ name: String, settingAside: Bool) {
        setAside = settingAside ? setAside + journal : []
        journal = []
        self.name = name
    }
}
