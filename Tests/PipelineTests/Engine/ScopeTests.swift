import Posts
import Testing

@testable import Pipeline

@Suite struct `One account's trouble` {
    private func run(_ failure: PlatformFailure, at now: Instant = nine) -> Rig {
        var rig = Rig([job("a"), job("b"), job("c", other), job("d", page)], at: now) { $0.concurrency = 1 }
        rig.finish { action in
            if case .send(let id, _, _, _, _) = action, id == delivery("a") { .sendFailed(id, failure) } else { nil }
        }
        return rig
    }

    @Test func `with one delivery stops nothing else`() {
        #expect(run(failure(.permanent)).asked("send").count == 4)
    }

    @Test func `a rate limit stops the account until it ends`() {
        let rig = run(failure(.after(nine + .minutes(9)), scope: .account, "x.rate-limited"))
        #expect(rig.asked("send") == ["send a 0", "send c 0", "send d 0"])
        #expect(rig.result("a")?.notBefore == nine + .minutes(9))
        #expect(rig.engine.skipped.map(\.reason) == ["rate-limited"])
        // What was claimed and not begun is nobody's again.
        #expect(rig.entry("b") == nil)
    }

    @Test func `an empty balance stops the network, is not counted and looked at hourly`() {
        let rig = run(failure(.account, scope: .network, "x.no-credit"))
        #expect(rig.asked("send") == ["send a 0", "send d 0"])
        #expect(rig.engine.skipped.map(\.id) == [delivery("b"), delivery("c", other)])
        let result = rig.result("a")
        #expect(result?.state == .retrying)
        #expect(result?.error?.kind == .account)
        #expect(result?.attempts == 0)
        #expect(result?.notBefore == nine + .hours(1))
    }

    @Test func `a dead token waits for a person, at most as long as giveUpAfter`() {
        let dead = failure(.auth, scope: .account, "x.token-invalid")
        #expect(run(dead, at: nine + .hours(72)).result("a")?.state == .retrying)
        #expect(run(dead, at: nine + .hours(72)).result("a")?.error?.kind == .auth)
        #expect(run(dead, at: nine + .hours(72) + .seconds(1)).result("a")?.state == .missed)
    }

    @Test func `stops its account, whatever was claimed`() {
        let rig = run(failure(.config, scope: .account, "x.no-user"))
        #expect(rig.asked("send") == ["send a 0", "send c 0", "send d 0"])
        #expect(rig.result("a")?.error?.kind == .config)
        #expect(rig.engine.isJournalSpent)
    }
}

@Suite struct `A run that is asked to end` {
    @Test func `finishes the request in flight and releases what it did not send`() {
        var rig = Rig([job("a"), job("b")])
        rig.answer("claims")
        rig.answer("prepare")
        rig.tell(.stop)
        rig.finish()
        #expect(rig.asked("send") == ["send a 0"])
        #expect(rig.result("a")?.state == .published)
        #expect(rig.engine.claims.entries.keys.map { $0 } == [delivery("a")])
        #expect(rig.engine.skipped.map(\.reason) == ["interrupted"])
    }

    @Test func `before the request leaves gives the claim back`() {
        var rig = Rig([job("a")])
        rig.answer("claims")
        rig.tell(.stop)
        rig.finish()
        #expect(rig.asked("send").isEmpty)
        #expect(rig.engine.claims.entries.isEmpty)
        #expect(rig.engine.isDone)
        #expect(rig.engine.isJournalSpent)
    }

    @Test func `between two parts of a thread records the first`() {
        var rig = Rig([job("a", steps: 2)])
        rig.answer("claims")
        rig.answer("prepare")
        rig.answer("send")
        rig.tell(.stop)
        rig.finish()
        #expect(rig.asked("send") == ["send a 0"])
        #expect(rig.result("a")?.state == .retrying)
        #expect(rig.result("a")?.parts.count == 1)
        #expect(rig.entry("a")?.phase == .retrying)
        #expect(rig.entry("a")?.receipts.count == 1)
    }
}
