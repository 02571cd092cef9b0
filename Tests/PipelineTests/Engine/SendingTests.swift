import JSON
import Posts
import Testing

@testable import Pipeline

@Suite struct `Before a request leaves` {
    @Test func `the delivery is claimed`() {
        var rig = Rig([job("a")])
        #expect(rig.told == ["claims a:claimed"])
        let isSent = rig.answer("send")
        #expect(!isSent)
        rig.finish()
        #expect(
            rig.told == [
                "claims a:claimed", "prepare a 0", "send a 0", "journal a 0", "claims a:published record a",
            ])
        #expect(rig.engine.isDone)
        #expect(rig.result("a")?.state == .published)
        #expect(rig.entry("a")?.result == rig.result("a")?.stored)
    }

    @Test func `the lease must outlast it`() {
        var rig = Rig([job("a")])
        rig.answer("claims")
        rig.now = nine + .minutes(13) + .seconds(1)
        rig.answer("prepare")
        #expect(rig.asked("send").isEmpty)
        #expect(rig.told.last == "claims a:claimed")
        rig.answer("claims")
        #expect(rig.entry("a")?.leaseEnd == rig.now + .minutes(15))
        #expect(rig.asked("send") == ["send a 0"])
    }

    @Test func `the fence stands in the request itself`() throws {
        var rig = Rig([job("a")])
        rig.answer("claims")
        rig.answer("prepare")
        guard case .send(_, _, _, let line, let fence) = try #require(rig.pending.first) else {
            Issue.record("\(rig.pending)")
            return
        }
        #expect(fence.leaseEnd == nine + .minutes(15))
        #expect(line.attempt == rig.entry("a")?.attempt)
        #expect(line.draft == ["media": []])
    }

    @Test func `a request that the fence stopped is sent after a renewal, as the first try`() {
        var rig = Rig([job("a")])
        rig.answer("claims")
        rig.answer("prepare")
        rig.now = nine + .minutes(14)
        rig.answer("send") { _ in .sendRefused(delivery("a"), .leaseTooShort) }
        #expect(rig.told.last == "claims a:claimed")
        rig.finish()
        #expect(rig.asked("send").count == 2)
        #expect(rig.result("a")?.state == .published)
        #expect(rig.result("a")?.attempts == 1)
    }

    @Test func `a journal that cannot be written ends the run and nothing is sent`() {
        var rig = Rig([job("a"), job("b")])
        rig.finish { action in
            if case .send(let id, _, _, _, _) = action { .sendRefused(id, .journal("disk full")) } else { nil }
        }
        #expect(rig.engine.isDone)
        #expect(rig.engine.faults == [.file("disk full")])
        #expect(rig.asked("send") == ["send a 0"])
        #expect(rig.result("a") == nil)
        #expect(!rig.engine.isJournalSpent)
    }

    @Test func `twenty deliveries are claimed at a time, dealt over the accounts`() throws {
        let mine = (0..<30).map { job("m\($0)") }
        let theirs = (0..<5).map { job("t\($0)", other) }
        let rig = Rig(mine + theirs)
        guard case .exchange(let exchange) = try #require(rig.pending.first) else { return }
        let tree = try #require(exchange.claims)
        #expect(tree.entries.count == 20)
        #expect(tree.entries.keys.count { $0.account == other } == 5)
        #expect(Set(tree.entries.keys.filter { $0.account == acme }) == Set((0..<15).map { delivery("m\($0)") }))
    }

    @Test func `all of them go out in order, and the next batch is claimed before the accounts run dry`() {
        var rig = Rig((0..<45).map { job("p\($0)") })
        rig.finish()
        #expect(rig.asked("send") == (0..<45).map { "send p\($0) 0" })
        #expect(rig.engine.outcomes.allSatisfy { $0.result.state == .published })
        #expect(rig.asked("claims").count <= 5)
    }

    @Test func `a blind account has one claim at a time`() {
        var rig = Rig([job("a", member, isBlind: true), job("b", member, isBlind: true)])
        #expect(rig.told == ["claims a:claimed"])
        rig.finish()
        #expect(
            rig.asked("claims") == [
                "claims a:claimed", "claims a:published b:claimed", "claims a:published b:published record a b",
            ])
    }

    @Test func `accounts go side by side, one account in order`() {
        var rig = Rig([job("a"), job("b"), job("c", other)])
        rig.answer("claims")
        #expect(rig.pending.map(\.words).sorted() == ["prepare a 0", "prepare c 0"])
    }

    @Test func `no more accounts at a time than allowed`() {
        var rig = Rig([job("a"), job("b", other), job("c", page)]) { $0.concurrency = 2 }
        rig.answer("claims")
        #expect(rig.pending.count == 2)
        rig.finish()
        #expect(rig.asked("send").count == 3)
    }

    @Test func `a lease is renewed when a third of it is left`() {
        var rig = Rig([job("a"), job("b")])
        rig.answer("claims")
        rig.now = nine + .minutes(11)
        rig.answer("prepare")
        #expect(rig.pending.map(\.words).sorted() == ["claims a:claimed b:claimed", "send a 0"])
        rig.answer("claims")
        #expect(rig.entry("a")?.leaseEnd == nine + .minutes(26))
        #expect(rig.entry("b")?.leaseEnd == nine + .minutes(26))
        // The entry tells a taker-over that a request is on its way.
        #expect(rig.entry("a")?.sentAt == nine + .minutes(11))
        // And again, whenever that is so.
        rig.answer("send")
        rig.answer("journal")
        rig.now = nine + .minutes(22)
        rig.answer("prepare b")
        #expect(rig.asked("claims").last == "claims a:published b:claimed")
        rig.answer("claims")
        #expect(rig.entry("b")?.leaseEnd == nine + .minutes(37))
    }

    @Test func `of leases of different ages the older one is renewed first`() {
        var rig = Rig([job("a"), job("b", other)]) { $0.batch = 1 }
        rig.now = nine + .minutes(5)
        rig.answer("claims")
        rig.answer("claims")
        #expect(rig.entry("a")?.leaseEnd == nine + .minutes(15))
        #expect(rig.entry("b", other)?.leaseEnd == nine + .minutes(20))
        rig.now = nine + .minutes(11)
        rig.answer("prepare a")
        rig.answer("claims")
        #expect(rig.entry("a")?.leaseEnd == nine + .minutes(26))
        #expect(rig.entry("b", other)?.leaseEnd == nine + .minutes(20))
    }

    @Test func `a network that needs longer than the run is left working`() {
        var rig = Rig([job("a")])
        var looks = 0
        rig.finish { action in
            guard case .prepare(let id, _, _, _) = action else { return nil }
            looks += 1
            return .prepared(
                id, .init(draft: ["look": .init(looks)], lookAgain: nine + .seconds(9 * Int64(looks)), actor: nil))
        }
        #expect(looks == 3)
        #expect(rig.result("a")?.state == .processing)
        #expect(rig.result("a")?.checkpoint == ["look": 3])
        #expect(rig.result("a")?.notBefore == nine + .seconds(27))
        #expect(rig.entry("a")?.phase == .processing)

        var again = Rig([job("a", previous: rig.result("a"))], claims: rig.engine.claims)
        again.answer("claims")
        guard case .prepare(_, _, _, let draft)? = again.pending.first else {
            Issue.record("something else happened"); return
        }
        #expect(draft == ["look": 3])
    }

    @Test func `a network that still works on the media is asked again with the same draft, five times`() {
        var (result, claims) = (DeliveryResult?.none, ClaimsTree())
        for attempt in 1...5 {
            let now = nine + .minutes(2 * Int64(attempt))
            var rig = Rig([job("a", previous: result)], claims: claims, at: now)
            rig.finish { action in
                switch action {
                case .prepare(let id, _, _, let draft):
                    #expect(draft == (attempt == 1 ? nil : ["media": "7"]))
                    return .prepared(id, .init(draft: ["media": "7"], lookAgain: nil, actor: nil))
                case .send(let id, _, _, _, _):
                    var failure = PlatformFailure(.after(now + .minutes(2)), code: "linkedin.not-ready", "not yet")
                    failure.keepsDraft = true
                    return .sendFailed(id, failure)
                default: return nil
                }
            }
            (result, claims) = (rig.result("a"), rig.engine.claims)
            #expect(result?.attempts == attempt)
            #expect(result?.error?.code == "linkedin.not-ready")
            #expect(result?.state == (attempt < 5 ? .processing : .failed))
            #expect(result?.notBefore == (attempt < 5 ? now + .minutes(2) : nil))
        }
    }
}

extension DeliveryResult {
    /// As it is read back.
    var stored: DeliveryResult? { DeliveryResult(json: json) }
}
