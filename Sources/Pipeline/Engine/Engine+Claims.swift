import Posts

/// What one exchange changes: outcomes, next claims, renewed leases, released claims, and results on the branch.
struct Proposal: Sendable {
    var tree: ClaimsTree
    var claimed: [DeliveryID] = []
    var settled: [DeliveryID] = []
    var released: [DeliveryID] = []
    var renewed: [DeliveryID] = []
    /// Outcomes that the claims ref has and the branch lacks.
    var confirmed: [DeliveryID: DeliveryResult] = [:]
    /// Outcomes that go to the branch together with the claims that tell of them.
    var companions: [DeliveryID: DeliveryResult] = [:]

    var changesClaims: Bool { !claimed.isEmpty || !settled.isEmpty || !released.isEmpty || !renewed.isEmpty }
    var results: [DeliveryID: DeliveryResult] { confirmed.merging(companions) { _, new in new } }
}

extension Engine {
    /// Entries that the branch records are forgotten this long after (EXACTLY-ONCE 7).
    private static var memory: Duration { .days(7) }
    /// EXACTLY-ONCE 4: that often a lost race is run again.
    private static var mostRaces: Int { 10 }
    /// That many pushes in a row may end without an answer.
    private static var mostDoubts: Int { 1 }
    /// A push may take 2 minutes, and clocks differ by as much.
    private static var longestExchange: Duration { .minutes(4) }

    /// The next exchange, once one is worth its push: nothing else goes on, or an account is about to run dry,
    /// or a lease runs short, or a batch of outcomes has come together.
    mutating func proposal(at now: Instant) -> Proposal? {
        guard !isCutOff else { return nil }
        guard !keepsClaims else {
            return isQuiet && !unrecorded.isEmpty ? Proposal(tree: claims, confirmed: unrecorded) : nil
        }
        let short = shortLeases(at: now)
        let isFull = max(outbox.count, unrecorded.count) >= policy.batch
        let isDry = !isEnding && runsDry
        // Before anything is dealt: most events change nothing here.
        guard isQuiet || !short.isEmpty || isDry || isFull else { return nil }
        let next = isEnding ? [] : nextClaims(room: policy.batch)
        guard isQuiet || !short.isEmpty || (!next.isEmpty && isDry) || isFull else { return nil }

        // One commit a run, or a batch: until then the outcomes are safe in the claims.
        let records = (isQuiet && next.isEmpty) || unrecorded.count + outbox.count >= policy.batch
        var proposal = Proposal(tree: claims, confirmed: records ? unrecorded : [:])
        for id in outbox.sorted() { settle(id, in: &proposal, at: now) }
        if !records { proposal.companions = [:] }
        for id in next { claim(id, in: &proposal, at: now) }
        for id in short { renew(id, in: &proposal, at: now) }
        for lane in lanes where isEnding || lane.stopped != nil {
            for id in lane.claimed { release(id, in: &proposal) }
        }
        for id in abandoned { drop(id, in: &proposal) }
        if proposal.changesClaims { forget(in: &proposal, at: now) }
        return proposal.changesClaims || !proposal.confirmed.isEmpty ? proposal : nil
    }

    /// Open claims whose lease must be made longer.
    private mutating func shortLeases(at now: Instant) -> [DeliveryID] {
        let renewal = now + policy.lease / 3
        guard let firstLeaseEnd, firstLeaseEnd < renewal else { return [] }
        let leases = lanes.flatMap(\.open).compactMap { id in held[id]?.leaseEnd.map { (id: id, end: $0) } }
        self.firstLeaseEnd = leases.map(\.end).min()
        return leases.filter { $0.end < renewal }.map(\.id)
    }

    /// Fewer accounts have a claim in hand than could begin one as soon as a place is free.
    private var runsDry: Bool {
        let usable = lanes.count { !$0.claimable.isEmpty || !$0.claimed.isEmpty }
        return lanes.count { !$0.claimed.isEmpty } < min(policy.concurrency, usable)
    }

    /// Dealt over the accounts so that each has about as many claims open, in each account's order.
    private func nextClaims(room: Int) -> [DeliveryID] {
        var hands = lanes.map { (open: $0.openCount, queue: $0.claimable) }
        var dealt: [DeliveryID] = []
        while dealt.count < room {
            let candidates = hands.indices.filter { !hands[$0].queue.isEmpty }
            guard let index = candidates.min(by: { hands[$0].open < hands[$1].open }),
                let id = hands[index].queue.popFirst()
            else { break }
            hands[index].open += 1
            dealt.append(id)
        }
        return dealt
    }

    private func claim(_ id: DeliveryID, in proposal: inout Proposal, at now: Instant) {
        guard let machine = machines[id], proposal.tree.entries[id] == expected[id] else { return }
        proposal.tree.entries[id] = entry(of: machine, until: now + policy.lease).asStored
        proposal.claimed.append(id)
    }

    private func renew(_ id: DeliveryID, in proposal: inout Proposal, at now: Instant) {
        guard let machine = machines[id], held[id] != nil, proposal.tree.entries[id] == held[id] else { return }
        proposal.tree.entries[id] = entry(of: machine, until: now + policy.lease).asStored
        proposal.renewed.append(id)
    }

    private func release(_ id: DeliveryID, in proposal: inout Proposal) {
        guard held[id] != nil, proposal.tree.entries[id] == held[id] else { return }
        proposal.tree.entries[id] = expected[id]
        proposal.released.append(id)
    }

    private func drop(_ id: DeliveryID, in proposal: inout Proposal) {
        guard machines[id] == nil, let entry = proposal.tree.entries[id], entry.phase == .claimed,
            entry.runner == policy.runner
        else { return }
        proposal.tree.entries[id] = nil
        proposal.released.append(id)
    }

    /// Writes an outcome. A proof of publication beats somebody's question about the same attempt; any other outcome
    /// counts only while the entry is ours.
    private func settle(_ id: DeliveryID, in proposal: inout Proposal, at now: Instant) {
        guard let machine = machines[id], let result = machine.result, isOurs(id, in: proposal.tree) else { return }
        var entry = entry(of: machine, until: machine.isUnanswered ? now : nil)
        entry.phase = machine.isUnanswered ? .inherited : ClaimsEntry.Phase(result.state)
        entry.settledAt = result.state.isSettled ? now : nil
        entry.result = result
        proposal.tree.entries[id] = entry.asStored
        proposal.settled.append(id)
        if mayAccompany(result, of: id, at: now) { proposal.companions[id] = result }
    }

    /// The branch may take a result although the claims lost their race, so only what holds all the same goes along:
    /// a proof of publication, or an outcome that nobody can have taken over meanwhile.
    private func mayAccompany(_ result: DeliveryResult, of id: DeliveryID, at now: Instant) -> Bool {
        result.state == .published || held[id]?.leaseEnd.map { now + Self.longestExchange <= $0 } ?? false
    }

    /// Whether an outcome of ours may be written over what the tree has.
    private func isOurs(_ id: DeliveryID, in tree: ClaimsTree) -> Bool {
        guard let machine = machines[id] else { return false }
        let present = tree.entries[id]
        if present == (held[id] ?? expected[id]) { return true }
        return machine.result?.state == .published && present?.attempt == machine.attempt
            && present?.generation == machine.generation
            && (present?.phase == .inherited || present?.phase == .unknown)
    }

    private func entry(of machine: Machine, until leaseEnd: Instant?) -> ClaimsEntry {
        let phase: ClaimsEntry.Phase = if case .open = machine.job.origin { .inherited } else { .claimed }
        var entry = ClaimsEntry(
            delivery: machine.job.id, phase: phase, attempt: machine.attempt, runner: policy.runner,
            source: machine.job.source, schedule: machine.job.schedule, digest: machine.job.digest)
        entry.step = machine.receipts.count
        entry.receipts = machine.receipts
        entry.tries = machine.tries
        entry.actor = machine.actor
        entry.generation = machine.generation
        entry.leaseEnd = leaseEnd
        entry.sentAt = machine.sentAt
        entry.checkpoint = machine.draft
        entry.isGateway = policy.isGateway
        return entry
    }

    private func forget(in proposal: inout Proposal, at now: Instant) {
        for id in forgettable where machines[id] == nil {
            guard let entry = proposal.tree.entries[id] else { continue }
            if !entry.phase.isSettled || entry.settledAt.map({ $0 + Self.memory < now }) ?? false {
                proposal.tree.entries[id] = nil
            }
        }
    }

    mutating func exchanged(_ answer: Exchanged) -> [Action] {
        guard case .replacing(let proposal) = exchange else { return [] }
        exchange = .idle
        if let recorded = answer.recorded { note(recorded) } else { restore(proposal.confirmed) }
        switch answer.claims {
        case .success(let version):
            (claims, self.version, races, doubts) = (proposal.tree, version, 0, 0)
            accept(proposal, isRecorded: answer.recorded != nil) { _ in true }
            return []
        case .failure(.lost): return runAgain(doubtful: nil)
        case .failure(.uncertain(let message)):
            doubts += 1
            // One lost answer happens; a remote that never answers would be asked for hours.
            guard doubts <= Self.mostDoubts else {
                add(.unreachable(message))
                return []
            }
            return runAgain(doubtful: proposal)
        case .failure(let error):
            add(Fault(error))
            return []
        case nil: return answer.recorded == nil ? runAgain(doubtful: nil) : []
        }
    }

    mutating func claimsUnread(_ error: ClaimsStoreError) {
        exchange = .idle
        add(Fault(error))
    }

    private mutating func runAgain(doubtful: Proposal?) -> [Action] {
        races += 1
        guard races <= Self.mostRaces else {
            add(.tryAgain("other runs changed the claims \(Self.mostRaces) times in a row"))
            return []
        }
        exchange = .reading(doubtful: doubtful)
        return [.readClaims(afterRaces: races)]
    }

    private mutating func restore(_ results: [DeliveryID: DeliveryResult]) {
        unrecorded.merge(results) { newer, _ in newer }
    }

    /// The claims ref has these parts of a proposal.
    private mutating func accept(_ proposal: Proposal, isRecorded: Bool, where isTaken: (DeliveryID) -> Bool) {
        for id in proposal.claimed where isTaken(id) {
            machines[id]?.stage = .claimed
            hold(id, as: proposal.tree.entries[id])
            withLane(of: id.account) {
                $0.waiting.removeAll { $0 == id }
                $0.claimed.append(id)
            }
        }
        for id in proposal.renewed where isTaken(id) { hold(id, as: proposal.tree.entries[id]) }
        for id in proposal.released where isTaken(id) && machines[id]?.stage == .claimed {
            machines[id]?.stage = .unclaimed
            held[id] = nil
            withLane(of: id.account) { $0.remove(id) }
        }
        for id in proposal.settled where isTaken(id) {
            held[id] = nil
            outbox.remove(id)
            expected[id] = proposal.tree.entries[id]
            if !isRecorded || proposal.companions[id] == nil { unrecorded[id] = proposal.tree.entries[id]?.result }
        }
    }

    private mutating func hold(_ id: DeliveryID, as entry: ClaimsEntry?) {
        held[id] = entry
        guard let end = entry?.leaseEnd else { return }
        firstLeaseEnd = min(firstLeaseEnd ?? end, end)
    }

    /// Somebody else was faster: whatever is no longer ours is left alone. A delivery in the middle of a request keeps
    /// going only as far as its answer: without a lease nothing further is sent for it. An account on which another
    /// runner began or ended something is left for the next run, whose plan knows of it: order, caps, duplicates and
    /// renamed posts were judged without it.
    mutating func claimsRead(_ tree: ClaimsTree, version: String?) {
        let doubtful: Proposal? = if case .reading(let proposal) = exchange { proposal } else { nil }
        exchange = .idle
        let visited = Set(
            tree.entries.values.filter { $0.runner != policy.runner && $0 != claims.entries[$0.delivery] }
                .map(\.delivery.account))
        (claims, self.version) = (tree, version)
        if let doubtful {
            accept(doubtful, isRecorded: false) { tree.entries[$0] == doubtful.tree.entries[$0] }
        }
        for lane in lanes {
            let isVisited = visited.contains(lane.account)
            for id in lane.waiting where isVisited || tree.entries[id] != expected[id] { leave(id) }
            for id in lane.claimed where tree.entries[id] != held[id] { leave(id) }
            if let id = lane.active, tree.entries[id] != held[id] { held[id] = nil }
        }
        for id in outbox where !isOurs(id, in: tree) { leave(id) }
        obeyPause()
    }

    /// A paused account gets nothing more; what is claimed for it and not begun is released.
    mutating func obeyPause() {
        for index in lanes.indices where claims.pause.holds(lanes[index].account) && lanes[index].stopped == nil {
            lanes[index].stopped = HoldReason.paused.rawValue
        }
    }
}

extension Engine.Fault {
    init(_ error: ClaimsStoreError) {
        switch error {
        case .newerVersion(let version): self = .newerVersion(version)
        case .unavailable(let message): self = .file(message)
        case .unreachable(let message), .uncertain(let message): self = .unreachable(message)
        case .refused(let message): self = .refused(message)
        case .behind(let message): self = .tryAgain(message)
        case .lost: self = .tryAgain("another run changed the claims")
        }
    }
}
