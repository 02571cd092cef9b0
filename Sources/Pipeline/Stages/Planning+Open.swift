import Git
import Platforms
import Posts

extension Planning {
    /// A claim that some runner left: this one by its journal, another one once its lease ran out (EXACTLY-ONCE 3).
    mutating func open(_ entry: ClaimsEntry, _ due: Plan.Due, result: DeliveryResult?) async throws {
        let isOwn = entry.runner == runner?.name || isAnswered(entry)
        if isLive(entry), !isOwn {
            plan.held.append(Plan.Held(id: due.id, reason: .claimedElsewhere))
            return
        }
        if claims.pause.holds(due.id.account) {
            plan.held.append(Plan.Held(id: due.id, reason: .paused))
            return
        }
        let bytes = try await claimedBytes(entry.source)
        guard let composed = await composer.composeFetching(bytes, path: due.id.post, for: due.id.account) else {
            plan.held.append(Plan.Held(id: due.id, reason: .notAvailable))
            return
        }
        let story = Story(
            of: entry, steps: composed.steps.count, own: isOwn ? runner?.memory : nil, others: runner?.inherited,
            at: now)
        material[due.id] = Material(
            composed: composed, source: entry.source, result: result ?? entry.result,
            origin: story.sent.map { .open(entry, $0) } ?? .resumed(entry), receipts: story.receipts)
        plan.open.append(due)
    }

    /// The claim of a delivery, also one that only our journal remembers.
    func claim(of id: DeliveryID, _ recorded: DeliveryResult?) -> ClaimsEntry? {
        let entry = claims.entries[id]
        let forgotten = runner?.memory.forgottenClaim(of: id, besides: entry, recorded, since: now - Past.memory)
        return forgotten?.isGateway == isGateway ? forgotten : entry
    }

    /// A journal here has the answer to what another runner wrote down as a question: it beats `inherited` and `unknown`
    /// of the same attempt (EXACTLY-ONCE 6).
    func isAnswered(_ entry: ClaimsEntry) -> Bool {
        guard entry.phase == .inherited || entry.phase == .unknown else { return false }
        if case .answered(.published) = runner?.memory.record(of: entry.attempt, step: entry.receipts.count) {
            return true
        }
        return false
    }

    /// What was begun is finished, although its post was put off, made a draft or taken away since.
    mutating func considerForgottenClaims() async throws {
        for id in Set(Array(claims.entries.keys) + journalled.keys).sorted() {
            guard !considered.contains(id), order?.includes(id) ?? true, configuration.accounts[id.account] != nil,
                let tip = try await resultsAtTip(of: id.post)
            else { continue }
            let recorded = tip.deliveries[id.account]
            guard let entry = claim(of: id, recorded), entry.isGateway == isGateway else { continue }
            let result = entry.result.map { recorded?.updated(by: $0) ?? $0 } ?? recorded
            let verdict = Scheduled(id: id, schedule: entry.schedule).verdict(
                Known(result: result, claim: entry), at: now, guard: LateGuard())
            guard case .open(let claim) = verdict else { continue }
            if isSilent(claim), try await !isAtTip(id.post) {
                abandoned.insert(id)
                continue
            }
            try await open(claim, Plan.Due(id: id, schedule: entry.schedule, state: "retrying"), result: result)
        }
    }

    /// Ours, and nothing was sent under it. Without its post it is not begun: the post may have gone out under another name
    /// since, if a power cut brought the claim back.
    private func isSilent(_ claim: ClaimsEntry) -> Bool {
        guard let runner, claim.runner == runner.name, claim.phase == .claimed else { return false }
        return claim.receipts.isEmpty && runner.memory.record(of: claim.attempt, step: 0) == nil
    }

    /// Outcomes that are safe in the claims ref and missing on the branch. A post that is gone together with its
    /// sidecar was withdrawn: its outcome stays where it is.
    mutating func findUnrecorded() async throws {
        for (id, entry) in claims.entries where entry.isGateway == isGateway {
            guard let tip = try await resultsAtTip(of: id.post) else { continue }
            let recorded = tip.deliveries[id.account]
            if entry.isOver(recorded) {
                if !isLive(entry) { forgettable.insert(id) }
                continue
            }
            guard let outcome = entry.result else { continue }
            if try await !isAtTip(id.post) {
                if isOver(entry, outcome) { forgettable.insert(id) }
            } else if recorded == outcome {
                if entry.phase.isSettled { forgettable.insert(id) }
            } else if recorded?.updated(by: outcome) ?? outcome == outcome {
                unrecorded[id] = outcome
            }
        }
    }

    /// Whether nothing is open of a delivery whose post was withdrawn, and nobody will ask for it again.
    private func isOver(_ entry: ClaimsEntry, _ outcome: DeliveryResult) -> Bool {
        if entry.phase.isSettled { return true }
        return entry.sentAt == nil && (outcome.notBefore ?? entry.schedule) + Past.memory < now
    }

    /// Claims under which this runner sent something, which a power cut may have taken out of the claims ref.
    var journalled: [DeliveryID: ClaimsEntry] { runner?.memory.claims ?? [:] }

    private func isAtTip(_ post: String) async throws -> Bool {
        guard let tip = base.posts else { return false }
        return try await repository.blob(at: post, in: tip) != nil
    }

    /// The sidecar of a post on the branch; empty if it has none, nil if nobody can read it, which is a problem.
    mutating func resultsAtTip(of post: String) async throws -> Results? {
        let path = Results.path(of: post)
        guard let tip = base.results, let blob = try await repository.blob(at: path, in: tip) else {
            return Results()
        }
        let bytes = try await repository.read(blob)
        do { return try Results(parsing: bytes) } catch {
            plan.problems.append(error.diagnostic(at: path))
            return nil
        }
    }
}
