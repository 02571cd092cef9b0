import JSON
import Posts

@testable import Pipeline

/// 2026-12-01T09:00:00Z, when everything in these tests is due.
let nine = Instant(seconds: 1_796_115_600)

let acme = AccountID(.x, "acme")
let other = AccountID(.x, "other")
let page = AccountID(.linkedin, "page")
let member = AccountID(.linkedin, "jane")

func delivery(_ name: String, _ account: AccountID = acme) -> DeliveryID { DeliveryID("posts/\(name).md", account) }

func steps(_ texts: [String]) -> [Step] {
    texts.enumerated().map { Step(index: $0.offset, kind: $0.offset == 0 ? .post : .reply, text: $0.element) }
}

func job(
    _ name: String, _ account: AccountID = acme, steps count: Int = 1, origin: Job.Origin = .due,
    previous: DeliveryResult? = nil, receipts: [Receipt] = [], isBlind: Bool = false, hasComment: Bool = false
) -> Job {
    let comment = hasComment ? [Step(index: count, kind: .comment, text: "below \(name)")] : []
    return Job(
        id: delivery(name, account), steps: steps((0..<count).map { "\(name) \($0)" }) + comment,
        digest: "sha256:\(name)",
        source: "5f2c", schedule: nine, recovery: isBlind ? .askPerson : .find, previous: previous,
        receipts: receipts, origin: origin)
}

func receipt(_ id: String) -> Receipt { Receipt(id: id, url: "https://example.com/\(id)", publishedAt: nine) }

func claimsEntry(
    _ name: String, _ account: AccountID = acme, runner: String = "me", phase: ClaimsEntry.Phase = .claimed,
    leaseEnd: Instant = nine + .minutes(15), sentAt: Instant? = nil, tries: Int = 0
) -> ClaimsEntry {
    var entry = ClaimsEntry(
        delivery: delivery(name, account), phase: phase, attempt: AttemptID("attempt-\(name)"), runner: runner,
        source: "5f2c", schedule: nine, digest: "sha256:\(name)")
    entry.leaseEnd = leaseEnd
    entry.sentAt = sentAt
    entry.tries = tries
    return entry
}

func tree(_ entries: ClaimsEntry...) -> ClaimsTree {
    var tree = ClaimsTree()
    for entry in entries { tree.entries[entry.delivery] = entry }
    return tree
}

/// A request that left at `at` and whose end nobody knows.
func sent(_ at: Instant, tries: Int = 1, isJournalled: Bool = true) -> Job.Sent {
    Job.Sent(at: at, draft: nil, tries: tries, isJournalled: isJournalled)
}

func failure(_ kind: PlatformFailure.Kind, scope: PlatformFailure.Scope = .delivery, _ code: String = "x.test")
    -> PlatformFailure
{
    PlatformFailure(kind, scope: scope, code: code, "it did not work")
}
