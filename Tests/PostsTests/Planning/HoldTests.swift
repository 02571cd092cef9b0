import JSON
import Posts
import Testing

@Suite struct `A due delivery` {
    @Test(arguments: try TableRow.all("planning/holds"))
    func `is held for the reason of the table`(row: TableRow) {
        let due = Plan.Due(id: DeliveryID("posts/a.md", acme), schedule: nine)
        let siblings = (row["siblings"]?.object ?? [:]).compactMap { name, json -> (AccountID, DeliveryResult)? in
            guard let account = AccountID(name), let result = DeliveryResult(json: json) else { return nil }
            return (account, result)
        }
        let facts = Facts(
            isCommitted: row["committed"]?.bool ?? true, digest: row.text("digest"), repeats: row.flag("repeats"),
            actor: row.text("actor"), siblings: Dictionary(uniqueKeysWithValues: siblings),
            hasResult: row.flag("hasResult"), hasRealResult: row.flag("hasRealResult"))
        var past = Past()
        past.published[acme] = traces(row["published"])
        past.orphans[acme] = traces(row["orphans"])
        #expect(due.hold(facts, past: past, isGateway: row.flag("gateway"), at: nine)?.rawValue == row.text("reason"))
    }

    private func traces(_ json: JSON?) -> [Past.Trace] {
        (json?.array ?? []).map { trace in
            Past.Trace(
                id: DeliveryID(trace["post"]?.string ?? "", acme), digest: trace["digest"]?.string,
                schedule: trace["schedule"]?.moment, publishedAt: trace["at"]?.moment)
        }
    }

    @Test(arguments: try TableRow.all("planning/caps"))
    func `is kept back by the caps of the table`(row: TableRow) {
        var limits = Account.Limits()
        limits.maxPerRun = row["maxPerRun"]?.integer ?? limits.maxPerRun
        limits.maxPerDay = row["maxPerDay"]?.integer ?? limits.maxPerDay
        limits.minGap = .seconds(row["minGap"]?.integer ?? 0)
        var caps = Caps(limits, published: (row["published"]?.array ?? []).compactMap(\.moment), at: nine)
        for reason in row["admits"]?.array ?? [] {
            let held = caps.admit()
            #expect(held?.rawValue == reason.string)
        }
    }

    @Test func `was kept back when a cap was reached at its time`() {
        var limits = Account.Limits()
        limits.maxPerDay = 1
        #expect(Caps.heldBack(limits, published: [nine - .hours(1)], since: nine))
        #expect(!Caps.heldBack(limits, published: [nine - .days(2)], since: nine))
        limits = Account.Limits()
        limits.minGap = .hours(2)
        #expect(Caps.heldBack(limits, published: [nine - .hours(1)], since: nine))
        #expect(!Caps.heldBack(limits, published: [nine - .hours(2)], since: nine))
    }
}

@Suite struct `Posts that come close to each other` {
    private func delivery(_ name: String, _ moment: Instant, digest: String?, repeats: Bool = false)
        -> Neighbours.Delivery
    {
        .init(id: DeliveryID("posts/\(name).md", acme), schedule: moment, digest: digest, repeats: repeats)
    }

    private func warnings(_ deliveries: [Neighbours.Delivery], gap: Duration = .zero) -> [String] {
        Neighbours.warnings(deliveries) { _ in gap }.map { "\($0.place.path) \($0.code.rawValue)" }.sorted()
    }

    @Test func `are warned of when their words are the same within 7 days`() {
        let first = delivery("a", nine, digest: "1")
        #expect(
            warnings([first, delivery("b", nine + .days(7) - .seconds(1), digest: "1")]) == [
                "posts/b.md duplicate-text"
            ])
        #expect(warnings([first, delivery("b", nine + .days(7), digest: "1")]) == [])
        #expect(warnings([first, delivery("b", nine + .days(1), digest: "2")]) == [])
        #expect(warnings([first, delivery("b", nine + .days(1), digest: "1", repeats: true)]) == [])
    }

    @Test func `are not when nobody can tell their words`() {
        #expect(warnings([delivery("a", nine, digest: nil), delivery("b", nine, digest: nil)]) == [])
    }

    @Test func `are warned of when they are closer than minGap, whatever their order`() {
        let posts = [delivery("b", nine + .minutes(59), digest: "2"), delivery("a", nine, digest: "1")]
        #expect(warnings(posts, gap: .hours(1)) == ["posts/b.md too-close"])
        #expect(warnings(posts, gap: .minutes(59)) == [])
    }
}
