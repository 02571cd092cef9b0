import JSON
import Posts
import Testing

@testable import Pipeline

@Suite struct `A lost answer` {
    private func lose(_ action: Action) -> Event? {
        if case .send(let id, _, _, _, _) = action { .sendFailed(id, failure(.ambiguous)) } else { nil }
    }

    @Test func `is asked for, and the request is never repeated in the same run`() {
        var rig = Rig([job("a")])
        rig.finish(lose)
        #expect(rig.asked("send") == ["send a 0"])
        #expect(rig.asked("find") == ["find a 0"])
        let result = rig.result("a")
        #expect(result?.state == .retrying)
        #expect(result?.notBefore == nine + .minutes(15))
        #expect(result?.error?.code == "no-answer")
        #expect(rig.entry("a")?.phase == .inherited)
        #expect(rig.entry("a")?.sentAt == nine)
        #expect(rig.entry("a")?.leaseEnd == nine)
        #expect(rig.entry("a")?.tries == 1)
        #expect(!rig.engine.isJournalSpent)
    }

    @Test func `that is found is published`() {
        var rig = Rig([job("a")])
        rig.finish { action in
            if case .find(let id, _, _, _, _) = action { return .found(id, .published(receipt("7"))) }
            return lose(action)
        }
        #expect(rig.result("a")?.state == .published)
        #expect(rig.result("a")?.id == "7")
        #expect(rig.asked("journal") == ["journal a 0"])
    }

    @Test func `of a blind network is unknown, and nothing more is asked`() {
        var rig = Rig([job("a", member, isBlind: true)])
        rig.finish(lose)
        #expect(rig.asked("find").isEmpty)
        #expect(rig.result("a", member)?.state == .unknown)
        #expect(rig.entry("a", member)?.phase == .unknown)
    }

    @Test func `that a look-up cannot make clear is unknown`() {
        var rig = Rig([job("a")])
        rig.finish { action in
            if case .find(let id, _, _, _, _) = action { return .found(id, .unclear) }
            return lose(action)
        }
        #expect(rig.result("a")?.state == .unknown)
    }

    @Test func `is not believed absent before 15 minutes, in however late a run`() {
        let entry = claimsEntry("a", phase: .inherited, leaseEnd: nine, sentAt: nine, tries: 1)
        var rig = Rig(
            [job("a", origin: .open(entry, sent(nine)))], claims: tree(entry), at: nine + .minutes(15) - .seconds(1))
        rig.finish()
        #expect(rig.asked("send").isEmpty)
        #expect(rig.result("a")?.state == .retrying)
        #expect(rig.entry("a")?.sentAt == nine)
    }

    @Test func `that is absent after 15 minutes is sent once more`() {
        let entry = claimsEntry("a", phase: .inherited, leaseEnd: nine, sentAt: nine, tries: 1)
        var rig = Rig([job("a", origin: .open(entry, sent(nine)))], claims: tree(entry), at: nine + .minutes(15))
        rig.finish()
        #expect(rig.told.prefix(5) == ["claims a:inherited", "find a 0", "prepare a 0", "send a 0", "journal a 0"])
        #expect(rig.result("a")?.state == .published)
        #expect(rig.result("a")?.attempt == entry.attempt)
    }

    @Test func `of the second try is unknown, never a third`() {
        let entry = claimsEntry("a", phase: .inherited, leaseEnd: nine, sentAt: nine, tries: 1)
        var rig = Rig([job("a", origin: .open(entry, sent(nine)))], claims: tree(entry), at: nine + .minutes(20))
        rig.finish(lose)
        #expect(rig.asked("send").count == 1)
        #expect(rig.result("a")?.state == .unknown)
    }

    @Test func `of the second try, found in a later run, is published`() {
        let entry = claimsEntry("a", phase: .inherited, leaseEnd: nine, sentAt: nine, tries: 2)
        var rig = Rig(
            [job("a", origin: .open(entry, sent(nine, tries: 2)))], claims: tree(entry), at: nine + .minutes(40))
        rig.finish { if case .find(let id, _, _, _, _) = $0 { .found(id, .published(receipt("7"))) } else { nil } }
        #expect(rig.result("a")?.state == .published)
        #expect(rig.asked("send").isEmpty)
    }

    @Test func `stays open when the look-up fails`() {
        let entry = claimsEntry("a", phase: .inherited, leaseEnd: nine, sentAt: nine, tries: 1)
        var rig = Rig([job("a", origin: .open(entry, sent(nine)))], claims: tree(entry), at: nine + .minutes(20))
        rig.finish { if case .find(let id, _, _, _, _) = $0 { .findFailed(id, failure(.retryable)) } else { nil } }
        #expect(rig.asked("send").isEmpty)
        #expect(rig.entry("a")?.phase == .inherited)
        #expect(rig.entry("a")?.sentAt == nine)
        #expect(rig.result("a")?.notBefore ?? nine > nine + .minutes(20))
    }

    @Test func `is found by the refusal of the same words`() {
        let entry = claimsEntry("a", phase: .inherited, leaseEnd: nine, sentAt: nine, tries: 1)
        var rig = Rig([job("a", origin: .open(entry, sent(nine)))], claims: tree(entry), at: nine + .minutes(20))
        rig.finish { action in
            guard case .send(let id, _, _, _, _) = action else { return nil }
            var refusal = failure(.permanent, "x.duplicate")
            refusal.duplicate = .init(receipt: receipt("7"))
            return .sendFailed(id, refusal)
        }
        #expect(rig.result("a")?.state == .published)
        #expect(rig.result("a")?.id == "7")
    }

    @Test func `of a claim that another runner left is asked for from its last possible moment`() {
        let entry = claimsEntry("a", runner: "gone", leaseEnd: nine)
        let story = Story(of: entry, steps: 1, own: nil, others: nil, at: nine + .minutes(1))
        #expect(story.sent?.at == nine)
        #expect(story.sent?.isJournalled == false)
        #expect(story.sent?.tries == 1)
    }

    @Test func `is looked for since the attempt was made`() {
        var entry = claimsEntry("a", runner: "gone", leaseEnd: nine + .minutes(15))
        entry.attempt = AttemptID(at: nine - .seconds(3), random: 7)
        let story = Story(of: entry, steps: 1, own: nil, others: nil, at: nine + .minutes(20))
        #expect(story.sent?.since == nine - .seconds(3))
        #expect(story.sent?.at == nine + .minutes(15))
    }

    @Test func `of a taken-over claim counts from the end of its lease, whatever time it names`() {
        let entry = claimsEntry(
            "a", runner: "gone", phase: .inherited, leaseEnd: nine + .minutes(15), sentAt: nine - .hours(1))
        let story = Story(of: entry, steps: 1, own: nil, others: nil, at: nine + .minutes(20))
        #expect(story.sent?.at == nine + .minutes(15))
        #expect(story.sent?.draft == nil)
    }

    @Test func `of a claim that was another's meanwhile is not settled by our own old refusal`() {
        let entry = claimsEntry("a", phase: .inherited, leaseEnd: nine)
        let refused = JournalLine.Answered(
            delivery: delivery("a"), attempt: entry.attempt, generation: 1, step: 0, answer: .refused)
        let story = Story(
            of: entry, steps: 1, own: JournalMemory([.answered(refused)]), others: nil, at: nine + .minutes(1))
        #expect(story.sent?.at == nine)
    }
}

@Suite struct `A clear no` {
    @Test func `leaves no question open, so that the next run sends again`() {
        var rig = Rig([job("a", member, isBlind: true)])
        rig.finish { if case .send(let id, _, _, _, _) = $0 { .sendFailed(id, failure(.retryable)) } else { nil } }
        #expect(rig.result("a", member)?.state == .retrying)
        #expect(rig.result("a", member)?.attempts == 1)
        #expect(rig.entry("a", member)?.phase == .retrying)
        #expect(rig.entry("a", member)?.sentAt == nil)
        #expect(rig.engine.isJournalSpent)

        var next = Rig([job("a", member, previous: rig.result("a", member), isBlind: true)], claims: rig.engine.claims)
        next.finish()
        #expect(next.result("a", member)?.state == .published)
        #expect(next.result("a", member)?.attempts == 2)
    }

    @Test func `is written to the journal before anything else`() {
        var rig = Rig([job("a")])
        rig.answer("claims")
        rig.answer("prepare")
        rig.answer("send") { _ in .sendFailed(delivery("a"), failure(.permanent)) }
        #expect(rig.pending.map(\.words) == ["journal a 0"])
        rig.finish()
        #expect(rig.result("a")?.state == .failed)
        #expect(rig.result("a")?.error?.kind == .permanent)
    }

    @Test func `is not counted as a try when the journal is read`() {
        let sending = JournalLine.Sending(
            delivery: delivery("a"), attempt: AttemptID("1"), generation: 1, step: 0, at: nine, draft: .null)
        let refused = JournalLine.Answered(
            delivery: delivery("a"), attempt: AttemptID("1"), generation: 1, step: 0, answer: .refused)
        let memory = JournalMemory([.sending(sending), .answered(refused), .sending(sending)])
        #expect(memory.tries(of: AttemptID("1"), step: 0) == 1)
    }

    @Test(arguments: [
        (0, Duration.minutes(1)), (1, .minutes(5)), (2, .minutes(15)), (3, .hours(1)),
    ])
    func `is tried again after a while that grows`(earlier: Int, pause: Duration) {
        var previous = DeliveryResult(state: .retrying)
        previous.attempts = earlier
        var rig = Rig([job("a", previous: previous)])
        rig.finish { if case .prepare(let id, _, _, _) = $0 { .prepareFailed(id, failure(.retryable)) } else { nil } }
        #expect(rig.result("a")?.notBefore == nine + pause)
        #expect(rig.result("a")?.attempts == earlier + 1)
    }

    @Test func `for the last time allowed is final`() {
        var previous = DeliveryResult(state: .retrying)
        previous.attempts = 4
        var rig = Rig([job("a", previous: previous)])
        rig.finish { if case .prepare(let id, _, _, _) = $0 { .prepareFailed(id, failure(.retryable)) } else { nil } }
        #expect(rig.result("a")?.state == .failed)
        #expect(rig.result("a")?.attempts == 5)
    }
}
