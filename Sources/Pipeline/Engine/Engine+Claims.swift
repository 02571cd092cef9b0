import Posts

/// What one replacement of the claims ref changes: outcomes, next claims, renewed leases, released claims.
struct Proposal: Sendable {
    var tree: ClaimsTree
    var claimed: [DeliveryID] = []
    var settled: [DeliveryID] = []
    var released: [DeliveryID] = []
    var renewed: [DeliveryID] = []

    var isEmpty: Bool { claimed.isEmpty && settled.isEmpty && released.isEmpty && renewed.isEmpty }
}

extension Engine {
    /// Entries that the branch records are forgotten this long after (EXACTLY-ONCE 7).
    private static var memory: Duration { .days(7) }
    /// EXACTLY-ONCE 4: that often a lost race is run again.
    private static var mostRaces: Int { 10 }

    /// The next replacement, once one is worth its push: nothing else goes on, or an account is about to run dry,
    /// or a lease runs short, or a batch of outcomes has come together.
    func proposal(at now: Instant) -> Proposal? {
        guard faults.isEmpty else { return nil }
        let open = lanes.flatMap(\.open)
        let short = open.filter { id in held[id]?.leaseEnd.map { $0 - now < policy.lease / 3 } ?? false }
        let next = isEnding ? [] : nextClaims(room: policy.batch)
        let isQuiet = lanes.allSatisfy { $0.active == nil }
        guard isQuiet || !short.isEmpty || (!next.isEmpty && runsDry) || outbox.count >= policy.batch else {
            return nil
        }

        var proposal = Proposal(tree: claims)
        for id in outbox.sorted() { settle(id, in: &proposal, at: now) }
        for id in next { claim(id, in: &proposal, at: now) }
        for id in short { renew(id, in: &proposal, at: now) }
        for lane in lanes where isEnding || lane.stopped != nil {
            for id in lane.claimed { release(id, in: &proposal) }
        }
        guard !proposal.isEmpty else { return nil }
        forget(in: &proposal, at: now)
        return proposal
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

    mutating func claimsReplaced(version: String) {
        guard case .replacing(let proposal) = exchange else { return }
        (exchange, races) = (.idle, 0)
        (claims, self.version) = (proposal.tree, version)
        for id in proposal.claimed {
            machines[id]?.stage = .claimed
            held[id] = proposal.tree.entries[id]
            withLane(of: id.account) {
                $0.waiting.removeAll { $0 == id }
                $0.claimed.append(id)
            }
        }
        for id in proposal.renewed { held[id] = proposal.tree.entries[id] }
        for id in proposal.released where machines[id]?.stage == .claimed {
            machines[id]?.stage = .unclaimed
            held[id] = nil
            withLane(of: id.account) { $0.remove(id) }
        }
        for id in proposal.settled {
            held[id] = nil
            outbox.remove(id)
            expected[id] = proposal.tree.entries[id]
            unrecorded[id] = proposal.tree.entries[id]?.result
        }
    }

    mutating func claimsRefused(_ error: ClaimsStoreError) -> [Action] {
        exchange = .idle
        switch error {
        case .newerVersion(let version): add(.newerVersion(version))
        case .unavailable(let message): add(.file(message))
        case .lost:
            races += 1
            if races <= Self.mostRaces {
                exchange = .reading
                return [.readClaims]
            }
            add(.tryAgain("other runs changed the claims \(Self.mostRaces) times in a row"))
        }
        return []
    }

    /// Somebody else was faster: whatever is no longer ours is left alone. A delivery in the middle of a request keeps
    /// going only as far as its answer: without a lease nothing further is sent for it.
    mutating func claimsRead(_ tree: ClaimsTree, version: String?) {
        exchange = .idle
        (claims, self.version) = (tree, version)
        for lane in lanes {
            for id in lane.waiting where tree.entries[id] != expected[id] { leave(id) }
            for id in lane.claimed where tree.entries[id] != held[id] { leave(id) }
            if let id = lane.active, tree.entries[id] != held[id] { held[id] = nil }
        }
        for id in outbox where !isOurs(id, in: tree) { leave(id) }
    }
}
