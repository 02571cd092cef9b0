/// What a journal says of each attempt, step by step; the last line of a step wins, but an answer stays an answer.
package struct JournalMemory: Sendable, Hashable {
    package enum Record: Sendable, Hashable {
        case sent(JournalLine.Sending)
        case answered(JournalLine.Answered.Answer)
    }

    private struct Key: Sendable, Hashable {
        let attempt: AttemptID
        let step: Int
    }

    private var records: [Key: Record] = [:]
    /// How often each step was announced since its last clear no, however often its process died.
    private var announcements: [Key: Int] = [:]
    /// The claims under which requests left that may have had an effect, by their latest line.
    package private(set) var claims: [DeliveryID: ClaimsEntry] = [:]

    package init(_ lines: some Sequence<JournalLine> = []) {
        for line in lines { note(line) }
    }

    package mutating func note(_ line: JournalLine) {
        switch line {
        case .sending(let sending):
            let key = Key(attempt: sending.attempt, step: sending.step)
            announcements[key, default: 0] += 1
            records[key] = .sent(sending)
            if let claim = sending.claim { claims[sending.delivery] = claim }
        case .answered(let answered):
            let key = Key(attempt: answered.attempt, step: answered.step)
            records[key] = .answered(answered.answer)
            // After a clear no, nothing of the step is in doubt any more.
            if answered.answer == .refused { announcements[key] = nil }
            if answered.answer == .refused, answered.step == 0, claims[answered.delivery]?.attempt == answered.attempt {
                claims[answered.delivery] = nil
            }
        }
    }

    /// nil: nothing was ever sent under this attempt for that step.
    package func record(of attempt: AttemptID, step: Int) -> Record? { records[Key(attempt: attempt, step: step)] }

    package func tries(of attempt: AttemptID, step: Int) -> Int {
        announcements[Key(attempt: attempt, step: step)] ?? 0
    }

    /// A claim of ours that the claims ref forgot, in a power cut or by a person's hand, though a request left under it.
    /// - Parameters:
    ///   - entry: what the claims ref has of the delivery.
    ///   - recorded: what the branch has.
    ///   - moment: older leases are over for good.
    package func forgottenClaim(
        of id: DeliveryID, besides entry: ClaimsEntry?, _ recorded: DeliveryResult?, since moment: Instant
    ) -> ClaimsEntry? {
        guard let claim = claims[id], let leaseEnd = claim.leaseEnd, leaseEnd > moment else { return nil }
        if let entry {
            // Of the same attempt it is the claim, or how that ended, at times by the hand of who took it over.
            if entry.generation > claim.generation || entry.attempt == claim.attempt { return nil }
            // An attempt of ours under which nothing was sent may be older than one that was, whatever its name says.
            let isSilent =
                entry.runner == claim.runner && record(of: entry.attempt, step: entry.receipts.count) == nil
            if !isSilent, entry.attempt.text > claim.attempt.text { return nil }
        }
        if let recorded {
            if recorded.generation > claim.generation { return nil }
            if let attempt = recorded.attempt, attempt.text > claim.attempt.text { return nil }
        }
        let isSame = recorded?.attempt == claim.attempt
        var step = claim.receipts.count
        while case .answered(.published) = record(of: claim.attempt, step: step) { step += 1 }
        switch record(of: claim.attempt, step: step) {
        case .sent: return isSame && recorded?.state.isSettled == true ? nil : claim
        case .answered where step == 0, nil where step == 0: return nil
        case .answered, nil:
            let isRecorded = isSame && (recorded?.state.isSettled == true || recorded?.parts.count ?? 0 >= step)
            return isRecorded ? nil : claim
        }
    }
}
