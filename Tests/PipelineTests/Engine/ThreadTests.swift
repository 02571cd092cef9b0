import Posts
import Testing

@testable import Pipeline

@Suite struct `A thread` {
    @Test func `goes out part by part, each answer journalled before the next`() {
        var rig = Rig([job("a", steps: 3)])
        rig.finish()
        #expect(rig.asked("send") == ["send a 0", "send a 1", "send a 2"])
        #expect(
            rig.told.filter { $0.hasPrefix("send") || $0.hasPrefix("journal") } == [
                "send a 0", "journal a 0", "send a 1", "journal a 1", "send a 2", "journal a 2",
            ])
        #expect(rig.result("a")?.parts.count == 3)
        #expect(rig.result("a")?.id == rig.result("a")?.parts.first?.id)
    }

    @Test func `that failed half-way goes on with its second part`() {
        var rig = Rig([job("a", steps: 2)])
        rig.finish { action in
            if case .send(let id, let step, _, _, _) = action, step.index == 1 {
                .sendFailed(id, failure(.retryable))
            } else {
                nil
            }
        }
        #expect(rig.result("a")?.state == .retrying)
        #expect(rig.result("a")?.parts.count == 1)

        let known = rig.entry("a")?.receipts ?? []
        var next = Rig([job("a", steps: 2, previous: rig.result("a"), receipts: known)], claims: rig.engine.claims)
        next.finish()
        #expect(next.asked("send") == ["send a 1"])
        #expect(next.result("a")?.parts.count == 2)
    }

    @Test func `taken over from another runner is asked for part by part`() {
        let entry = claimsEntry("a", runner: "gone", leaseEnd: nine)
        let story = Story(of: entry, steps: 3, own: nil, others: nil, at: nine + .minutes(20))
        guard let open = story.sent else { Issue.record("something else happened"); return }
        var rig = Rig([job("a", steps: 3, origin: .open(entry, open))], claims: tree(entry), at: nine + .minutes(20))
        rig.finish { action in
            guard case .find(let id, let step, _, _, _) = action else { return nil }
            return .found(id, step.index < 2 ? .published(receipt("\(step.index)")) : .absent)
        }
        #expect(rig.asked("find") == ["find a 0", "find a 1", "find a 2"])
        #expect(rig.asked("send") == ["send a 2"])
        #expect(rig.result("a")?.state == .published)
    }

    @Test func `taken over twice is still asked for part by part`() {
        // Taken over by us from a runner that is gone, looked for too early, and left open by ourselves.
        let entry = claimsEntry("a", phase: .inherited, leaseEnd: nine, sentAt: nine, tries: 1)
        let story = Story(of: entry, steps: 2, own: JournalMemory(), others: nil, at: nine + .minutes(20))
        guard let open = story.sent else { Issue.record("something else happened"); return }
        var rig = Rig([job("a", steps: 2, origin: .open(entry, open))], claims: tree(entry), at: nine + .minutes(20))
        rig.finish { action in
            guard case .find(let id, let step, _, _, _) = action else { return nil }
            return .found(id, .published(receipt("\(step.index)")))
        }
        #expect(rig.asked("find") == ["find a 0", "find a 1"])
        #expect(rig.asked("send").isEmpty)
    }

    @Test func `whose first part was found just before a crash is asked for its second`() {
        let entry = claimsEntry("a", phase: .inherited, leaseEnd: nine, sentAt: nine, tries: 1)
        let found = JournalLine.Answered(
            delivery: delivery("a"), attempt: entry.attempt, generation: 1, step: 0, answer: .published(receipt("0")))
        let story = Story(
            of: entry, steps: 2, own: JournalMemory([.answered(found)]), others: nil, at: nine + .minutes(20))
        #expect(story.receipts.map(\.id) == ["0"])
        #expect(story.sent?.isJournalled == false)
    }

    @Test func `of our own whose last line is an answer goes on without asking`() {
        let entry = claimsEntry("a")
        let answered = JournalLine.Answered(
            delivery: delivery("a"), attempt: entry.attempt, generation: 1, step: 0, answer: .published(receipt("0")))
        let story = Story(
            of: entry, steps: 2, own: JournalMemory([.answered(answered)]), others: nil, at: nine + .minutes(1))
        #expect(story.sent == nil)
        var rig = Rig(
            [job("a", steps: 2, origin: .resumed(entry), receipts: story.receipts)], claims: tree(entry),
            at: nine + .minutes(1))
        rig.finish()
        #expect(rig.asked("find").isEmpty)
        #expect(rig.asked("send") == ["send a 1"])
    }

    @Test func `that is live in all its parts is only written down`() {
        let entry = claimsEntry("a", runner: "gone", leaseEnd: nine)
        let lines = (0..<2).map { step in
            JournalLine.answered(
                .init(
                    delivery: delivery("a"), attempt: entry.attempt, generation: 1, step: step,
                    answer: .published(receipt("\(step)"))))
        }
        let story = Story(of: entry, steps: 2, own: nil, others: JournalMemory(lines), at: nine + .minutes(20))
        #expect(story.sent == nil)
        var rig = Rig(
            [job("a", steps: 2, origin: .resumed(entry), receipts: story.receipts)], claims: tree(entry),
            at: nine + .minutes(20))
        rig.finish()
        #expect(rig.asked("send").isEmpty)
        #expect(rig.result("a")?.state == .published)
    }
}
