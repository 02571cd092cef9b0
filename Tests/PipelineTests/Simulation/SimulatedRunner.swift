import Posts
import TestSupport

@testable import Pipeline

/// One machine: a name, a journal, a clock that is a little wrong, and at times a run.
struct SimulatedRunner {
    var name: String
    let skew: Duration
    /// Tells the two machines apart, so that no attempt of theirs is the same.
    let isFirst: Bool
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

    init(name: String, skew: Duration, isFirst: Bool) {
        self.name = name
        self.skew = skew
        self.isFirst = isFirst
    }

    var isIdle: Bool { engine == nil }

    /// As `Planning` does: outcomes of the claims ref over the branch's, then the verdict, then the journal.
    mutating func start(in world: SimulatedWorld) {
        let now = world.now + skew
        runs += 1
        isTidy = false
        var made = UInt128(runs << 8 + (isFirst ? 1 : 0))
        var engine = Engine(
            policy: Policy(runner: name, isGateway: false), jobs: jobs(in: world, at: now), claims: world.claims,
            version: world.claimsVersion, unrecorded: unrecorded(in: world),
            attempts: { _ in
                made += 2
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
        return SimulatedWorld.jobs.compactMap { sample -> Job? in
            var (job, known) = (sample, self.known(sample.id, in: world, at: now))
            job.previous = known.result
            switch Scheduled(id: job.id, schedule: nine).verdict(
                known, at: now, guard: LateGuard(maxLateness: .days(3)))
            {
            case .due where !taken.contains(job.id.account):
                job.receipts = known.claim?.receipts ?? []
                return job
            case .open(let entry) where entry.runner == name || !entry.isLive(at: now, lease: lease):
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

    private func known(_ id: DeliveryID, in world: SimulatedWorld, at now: Instant) -> Known {
        let (recorded, entry) = (world.branch[id], world.claims.entries[id])
        let forgotten = JournalMemory(journal).forgottenClaim(
            of: id, besides: entry, recorded, since: now - Past.memory)
        var known = Known(result: recorded, claim: forgotten ?? entry)
        if let outcome = known.claim?.result { known.result = recorded?.updated(by: outcome) ?? outcome }
        return known
    }

    private func unrecorded(in world: SimulatedWorld) -> [DeliveryID: DeliveryResult] {
        world.claims.entries.compactMapValues { $0.result }.filter { id, outcome in
            let recorded = world.branch[id]
            return recorded != outcome && recorded?.updated(by: outcome) ?? outcome == outcome
        }
    }

    mutating func tell(_ event: Event, at now: Instant) {
        pending += engine?.handle(event, at: now + skew) ?? []
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
        guard fence.permits(line, at: now + skew) else {
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
