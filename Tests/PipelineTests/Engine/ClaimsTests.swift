import Posts
import Testing

@testable import Pipeline

@Suite struct `A push whose answer is lost` {
    @Test func `was taken if the claims say so, and the run goes on`() {
        var rig = Rig([job("a")])
        guard case .exchange(let exchange)? = rig.pending.first, let taken = exchange.claims else {
            return #expect(Bool(false))
        }
        rig.answer("claims") { _ in .refused(.uncertain("cut off")) }
        rig.answer("read") { _ in .claimsRead(taken, version: "theirs") }
        rig.finish()
        #expect(rig.result("a")?.state == .published)
        #expect(rig.asked("send") == ["send a 0"])
    }

    @Test func `was not taken if they do not, and is sent once more, never a third time`() {
        var rig = Rig([job("a")])
        rig.answer("claims") { _ in .refused(.uncertain("cut off")) }
        rig.answer("read")
        rig.answer("claims") { _ in .refused(.uncertain("cut off again")) }
        rig.finish()
        #expect(rig.asked("claims").count == 2)
        #expect(rig.asked("send") == [])
        #expect(rig.engine.faults == [.unreachable("cut off again")])
    }
}

@Suite struct `The claims` {
    @Test func `that somebody else changed first are read again, and the account is left`() {
        var rig = Rig([job("a"), job("a2"), job("b", other)])
        rig.answer("claims") { _ in .refused(.lost) }
        #expect(rig.pending.map(\.words) == ["read"])
        let theirs = claimsEntry("a", runner: "other")
        rig.answer("read") { _ in .claimsRead(tree(theirs), version: "9") }
        #expect(rig.told.last == "claims a:claimed b:claimed")
        rig.finish()
        #expect(rig.asked("send") == ["send b 0"])
        #expect(rig.entry("a") == theirs)
        #expect(rig.engine.skipped.map(\.id) == [delivery("a"), delivery("a2")])
        #expect(rig.engine.skipped.allSatisfy { $0.reason == "claimed-elsewhere" })
    }

    @Test func `that are lost ten times in a row end the run`() {
        var rig = Rig([job("a")])
        rig.finish { if case .exchange = $0 { .refused(.lost) } else { nil } }
        #expect(rig.asked("claims").count == 11)
        #expect(rig.asked("send").isEmpty)
        #expect(rig.engine.faults.count == 1)
        #expect(rig.engine.isDone)
    }

    @Test func `of a newer program end the run`() {
        var rig = Rig([job("a")])
        rig.finish { if case .exchange = $0 { .refused(.newerVersion(2)) } else { nil } }
        #expect(rig.engine.faults == [.newerVersion(2)])
        #expect(rig.asked("send").isEmpty)
    }

    @Test func `taken over in the middle of a request stop what comes after it`() {
        var rig = Rig([job("a", steps: 2), job("b")])
        rig.answer("claims")
        rig.now = nine + .minutes(11)
        rig.answer("prepare")
        rig.answer("claims") { _ in .refused(.lost) }
        var theirs = claimsEntry("a", runner: "other", phase: .inherited)
        theirs.attempt = AttemptID("new-\(delivery("a"))")
        rig.answer("read") { _ in .claimsRead(tree(theirs), version: "9") }
        rig.finish()
        #expect(rig.asked("send a") == ["send a 0"])
        #expect(rig.entry("a")?.runner == "other")
        #expect(!rig.engine.isJournalSpent)
    }

    @Test(arguments: [ClaimsEntry.Phase.inherited, .unknown])
    func `of another with a question about our attempt get our answer`(phase: ClaimsEntry.Phase) {
        var rig = Rig([job("a")])
        rig.answer("claims")
        rig.answer("prepare")
        rig.answer("send")
        rig.answer("journal")
        rig.answer("claims") { _ in .refused(.lost) }
        var theirs = claimsEntry("a", runner: "other", phase: phase)
        theirs.attempt = AttemptID("new-\(delivery("a"))")
        rig.answer("read") { _ in .claimsRead(tree(theirs), version: "9") }
        rig.finish()
        #expect(rig.entry("a")?.phase == .published)
        #expect(rig.entry("a")?.result?.id == rig.result("a")?.id)
    }

    @Test func `of a later order of a person stay as they are`() {
        var rig = Rig([job("a")])
        rig.answer("claims")
        rig.answer("prepare")
        rig.answer("send")
        rig.answer("journal")
        rig.answer("claims") { _ in .refused(.lost) }
        var theirs = claimsEntry("a", runner: "other", phase: .inherited)
        theirs.attempt = AttemptID("new-\(delivery("a"))")
        theirs.generation = 2
        rig.answer("read") { _ in .claimsRead(tree(theirs), version: "9") }
        rig.finish()
        #expect(rig.entry("a") == theirs)
    }

    @Test func `keep an outcome until the branch has it and seven days are over`() {
        func settled(_ name: String, _ age: Duration) -> ClaimsEntry {
            var entry = claimsEntry(name, phase: .published)
            entry.settledAt = nine - age
            return entry
        }
        let claims = tree(
            settled("old", .days(7) + .seconds(1)), settled("young", .days(6)), settled("lacking", .days(8)))
        var rig = Rig(
            [job("a")], claims: claims, forgettable: [delivery("old"), delivery("young")])
        rig.finish()
        #expect(Set(rig.engine.claims.entries.keys) == [delivery("a"), delivery("young"), delivery("lacking")])
    }

    @Test func `of ours whose post is gone before anything was sent are dropped, those of others never`() {
        let claims = tree(claimsEntry("a"), claimsEntry("b", runner: "other"))
        var rig = Rig([], claims: claims, abandoned: [delivery("a"), delivery("b")])
        rig.finish()
        #expect(rig.told == ["claims b:claimed"])
        #expect(rig.engine.isDone)
    }

    @Test func `with nothing to do are not touched`() {
        let rig = Rig([])
        #expect(rig.told.isEmpty)
        #expect(rig.engine.isDone)
        #expect(rig.engine.isJournalSpent)
    }

    @Test func `with an outcome that the branch lacks have it written down`() {
        var result = DeliveryResult(state: .published)
        result.id = "7"
        let rig = Rig([], unrecorded: [delivery("a"): result])
        #expect(rig.told == ["record a"])
    }

    @Test func `that are open keep the journal, also when this run left them alone`() {
        var rig = Rig([job("b", other)], claims: tree(claimsEntry("a")))
        rig.finish()
        #expect(rig.result("b", other)?.state == .published)
        #expect(!rig.engine.isJournalSpent)
    }

    @Test func `get what is too late as missed, without a claim`() {
        var rig = Rig([job("a", origin: .late)])
        rig.finish()
        #expect(rig.told == ["claims a:missed", "record a"])
        #expect(rig.result("a")?.state == .missed)
    }
}
