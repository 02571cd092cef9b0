import Git
import Platforms
import Posts

extension Planning {
    /// A claim that some runner left: this one by its journal, another one once its lease ran out (EXACTLY-ONCE 3).
    mutating func open(_ entry: ClaimsEntry, _ due: Plan.Due, result: DeliveryResult?) async throws {
        let isOwn = entry.runner == runner?.name
        if entry.isLive(at: now, lease: configuration.claims.lease), !isOwn {
            plan.held.append(Plan.Held(id: due.id, reason: .claimedElsewhere))
            return
        }
        let bytes = try await claimedBytes(entry.source)
        guard let composed = composer.compose(bytes, path: due.id.post, for: due.id.account) else {
            plan.held.append(Plan.Held(id: due.id, reason: .notAvailable))
            return
        }
        let journal = story(of: entry, isOwn: isOwn)
        material[due.id] = Material(
            composed: composed, source: entry.source, result: result ?? entry.result,
            origin: journal.sent.map { .open(entry, $0) } ?? .resumed(entry), receipts: journal.receipts)
        plan.open.append(due)
    }

    /// How far the claim came, as far as journals of this machine tell. Without one, everything may have been sent.
    private func story(of entry: ClaimsEntry, isOwn: Bool) -> (receipts: [Receipt], sent: Job.Sent?) {
        var receipts = entry.receipts
        let memory = isOwn ? runner?.memory : runner?.inherited
        while case .answered(.published(let receipt)) = memory?.record(of: entry.attempt, step: receipts.count) {
            receipts.append(receipt)
        }
        switch memory?.record(of: entry.attempt, step: receipts.count) {
        case .sent(let sending):
            let tries = max(entry.tries, memory?.tries(of: entry.attempt, step: receipts.count) ?? 1)
            return (receipts, Job.Sent(at: sending.at, draft: sending.draft, tries: tries, isJournalled: isOwn))
        case .answered, nil:
            let foundMore = receipts.count > entry.receipts.count
            if isOwn, entry.phase == .claimed || foundMore { return (receipts, nil) }
            return (
                receipts,
                Job.Sent(
                    at: entry.sentAt ?? entry.leaseEnd ?? now, draft: entry.checkpoint, tries: max(1, entry.tries),
                    isJournalled: isOwn)
            )
        }
    }

    /// Outcomes that are safe in the claims ref and missing on the branch. A post that is gone together with its
    /// sidecar was withdrawn: its outcome stays where it is.
    mutating func findUnrecorded() async throws {
        for (id, entry) in claims.entries where entry.isGateway == isGateway {
            guard let outcome = entry.result else { continue }
            let recorded = try await resultsAtTip(of: id.post).deliveries[id.account]
            if recorded == outcome {
                if entry.phase.isSettled { forgettable.insert(id) }
            } else if recorded?.generation ?? 0 <= outcome.generation, try await isAtTip(id.post) {
                unrecorded[id] = outcome
            }
        }
    }

    private func isAtTip(_ post: String) async throws -> Bool {
        guard let repository, let head else { return false }
        return try await repository.blob(at: post, in: head) != nil
    }

    /// The sidecar of a post on the branch; empty if it has none.
    func resultsAtTip(of post: String) async throws -> Results {
        guard let repository, let head,
            let blob = try await repository.blob(at: Results.path(of: post), in: head)
        else { return Results() }
        return (try? Results(parsing: try await repository.read(blob))) ?? Results()
    }
}
