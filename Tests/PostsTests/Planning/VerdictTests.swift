import JSON
import Posts
import Testing

@Suite struct `The verdict on a delivery` {
    @Test(arguments: try TableRow.all("planning/verdicts"))
    func `is the one of the table`(row: TableRow) throws {
        let id = DeliveryID("posts/a.md", acme)
        let scheduled = Scheduled(
            id: id, schedule: row.moment("schedule"), isDraft: row.flag("draft"), expires: row.moment("expires"),
            since: row.moment("since"))
        var known = Known(result: row["result"].flatMap(DeliveryResult.init))
        (known.isEdited, known.wasCapped) = (row.flag("edited"), row.flag("capped"))
        if let phase = row.text("claim").flatMap(ClaimsEntry.Phase.init) {
            known.claim = ClaimsEntry(
                delivery: id, phase: phase, attempt: AttemptID("1"), runner: "me", source: "5f2c", schedule: nine,
                digest: "")
        }
        let now = try #require(row.moment("now"))
        #expect(scheduled.verdict(known, at: now, guard: LateGuard()).words == row.text("verdict"))
    }

    @Test func `lets a claim stand that was made after a person's order, which the branch does not know of`() {
        let id = DeliveryID("posts/a.md", acme)
        var claim = ClaimsEntry(
            delivery: id, phase: .claimed, attempt: AttemptID("1"), runner: "me", source: "5f2c", schedule: nine,
            digest: "")
        let known = { Known(result: DeliveryResult(state: .unknown), claim: claim) }
        let scheduled = Scheduled(id: id, schedule: nine)
        #expect(scheduled.verdict(known(), at: nine, guard: LateGuard()) == .settled(.unknown))
        claim.generation = 2
        #expect(scheduled.verdict(known(), at: nine, guard: LateGuard()) == .open(claim))
    }

    @Test func `does not depend on the order of rules for what is settled`() {
        for state in DeliveryResult.State.allCases where state.isSettled && state != .failed && state != .missed {
            let known = Known(result: DeliveryResult(state: state))
            for (isDraft, schedule) in [
                (true, nine), (false, nil), (false, nine + .days(3)), (false, nine - .days(30)),
            ] {
                let scheduled = Scheduled(id: DeliveryID("posts/a.md", acme), schedule: schedule, isDraft: isDraft)
                #expect(scheduled.verdict(known, at: nine, guard: LateGuard()) == .settled(state))
            }
        }
    }
}

extension Verdict {
    fileprivate var words: String {
        switch self {
        case .due(let again): again ? "due again" : "due"
        case .late: "late"
        case .later(let moment): "later \(moment.rfc3339)"
        case .settled(let state): "settled \(state.rawValue)"
        case .open(let entry): "open \(entry.phase.rawValue)"
        case .draft: "draft"
        case .unscheduled: "unscheduled"
        case .expired: "expired"
        case .past: "past"
        }
    }
}
