import JSON
import Posts
import Testing

@testable import Pipeline

@Suite struct `A first comment` {
    private func failing(_ kind: PlatformFailure.Kind, scope: PlatformFailure.Scope = .delivery) -> (Action) -> Event? {
        { action in
            guard case .send(let id, let step, _, _, _) = action, step.kind == .comment else { return nil }
            return .sendFailed(id, failure(kind, scope: scope, "linkedin.refused"))
        }
    }

    private func sending(_ entry: ClaimsEntry, step: Int) -> JournalLine {
        .sending(
            .init(
                delivery: entry.delivery, attempt: entry.attempt, generation: 1, step: step, at: nine, draft: .null,
                claim: entry))
    }

    private func answered(_ entry: ClaimsEntry, step: Int, _ answer: JournalLine.Answered.Answer) -> JournalLine {
        .answered(
            .init(delivery: entry.delivery, attempt: entry.attempt, generation: 1, step: step, answer: answer))
    }

    /// The next run of the same machine, by what its journal says.
    private func next(_ entry: ClaimsEntry, _ lines: [JournalLine], at now: Instant = nine + .minutes(1)) -> Rig {
        let story = Story(of: entry, steps: 2, own: JournalMemory(lines), others: nil, at: now)
        let origin: Job.Origin = story.sent.map { .open(entry, $0) } ?? .resumed(entry)
        return Rig(
            [job("a", origin: origin, receipts: story.receipts, hasComment: true)], claims: tree(entry), at: now)
    }

    @Test func `goes out behind the post, whose answer is journalled before`() {
        var rig = Rig([job("a", hasComment: true)])
        rig.finish()
        #expect(
            rig.told.filter { $0.hasPrefix("send") || $0.hasPrefix("journal") } == [
                "send a 0", "journal a 0", "send a 1", "journal a 1",
            ])
        let result = rig.result("a")
        #expect(result?.state == .published)
        #expect(result?.id == "posts/a.md 0")
        #expect(result?.parts == [])
        #expect(result?.firstComment == .init(.published, id: "posts/a.md 1"))
    }

    @Test func `of a thread is none of its parts`() {
        var rig = Rig([job("a", steps: 3, hasComment: true)])
        rig.finish()
        #expect(rig.result("a")?.parts.map(\.id) == ["posts/a.md 0", "posts/a.md 1", "posts/a.md 2"])
        #expect(rig.result("a")?.firstComment?.id == "posts/a.md 3")
    }

    @Test func `that is refused leaves the post published, says why, and is not sent again`() {
        var rig = Rig([job("a", hasComment: true)])
        rig.finish(failing(.permanent))
        let result = rig.result("a")
        #expect(result?.state == .published)
        #expect(result?.error == nil)
        #expect(result?.firstComment?.state == .failed)
        #expect(result?.firstComment?.error?.code == "linkedin.refused")
        #expect(rig.asked("send") == ["send a 0", "send a 1"])
        #expect(rig.entry("a")?.phase == .published)
        #expect(rig.engine.isJournalSpent)
    }

    @Test(arguments: [PlatformFailure.Kind.auth, .account, .config])
    func `that an account may not write stops none of its posts`(kind: PlatformFailure.Kind) {
        var rig = Rig([job("a", hasComment: true), job("b")])
        rig.finish(failing(kind, scope: .network))
        #expect(rig.result("a")?.firstComment?.state == .failed)
        #expect(rig.result("b")?.state == .published)
    }

    @Test func `that was certainly not taken is tried again while the run may wait`() {
        var rig = Rig([job("a", hasComment: true)])
        var failures = 2
        rig.finish { action in
            failures -= action.words == "send a 1" ? 1 : 0
            return failures >= 0 ? failing(.retryable)(action) : nil
        }
        #expect(rig.asked("send a 1").count == 3)
        #expect(rig.asked("wait").count == 2)
        #expect(rig.result("a")?.firstComment?.state == .published)
    }

    @Test func `is given up at the end of what the run may wait`() {
        var rig = Rig([job("a", hasComment: true)])
        rig.finish(failing(.retryable))
        // 20 seconds, five at a time.
        #expect(rig.asked("send a 1").count == 5)
        #expect(rig.now == nine + .seconds(20))
        #expect(rig.result("a")?.state == .published)
        #expect(rig.result("a")?.firstComment?.state == .failed)
        #expect(rig.result("a")?.firstComment?.error?.kind == .transient)
    }

    @Test func `is not waited for longer than a run waits`() {
        var rig = Rig([job("a", hasComment: true)])
        rig.finish(failing(.after(nine + .minutes(3))))
        #expect(rig.asked("send a 1").count == 1)
        #expect(rig.result("a")?.firstComment?.state == .failed)
    }

    @Test func `for which the network is not ready in time has failed`() {
        var rig = Rig([job("a", hasComment: true)])
        rig.finish { action in
            guard case .prepare(let id, let step, _, _) = action, step.kind == .comment else { return nil }
            return .prepared(id, .init(draft: [:], lookAgain: nine + .minutes(2), actor: nil))
        }
        #expect(rig.asked("send") == ["send a 0"])
        #expect(rig.result("a")?.state == .published)
        #expect(rig.result("a")?.firstComment?.error?.code == "x.comment-not-ready")
    }

    @Test func `whose answer is lost is looked for`() {
        var rig = Rig([job("a", hasComment: true)])
        rig.finish { action in
            if case .find(let id, let step, _, _, _) = action, step.kind == .comment {
                return .found(id, .published(receipt("7")))
            }
            return failing(.ambiguous)(action)
        }
        #expect(rig.asked("find") == ["find a 1"])
        #expect(rig.result("a")?.firstComment == .init(.published, id: "7"))
    }

    @Test(arguments: [Finding.absent, .unclear])
    func `whose answer is lost and that is not found is unknown, never sent again`(finding: Finding) {
        var rig = Rig([job("a", hasComment: true)])
        rig.finish { action in
            if case .find(let id, _, _, _, _) = action { return .found(id, finding) }
            return failing(.ambiguous)(action)
        }
        #expect(rig.asked("send a 1").count == 1)
        #expect(rig.result("a")?.state == .published)
        #expect(rig.result("a")?.firstComment?.state == .unknown)
        #expect(rig.entry("a")?.phase == .published)
    }

    @Test func `whose answer is lost is unknown when the look-up fails too`() {
        var rig = Rig([job("a", hasComment: true), job("b")])
        rig.finish { action in
            if case .find(let id, _, _, _, _) = action { return .findFailed(id, failure(.retryable, scope: .network)) }
            return failing(.ambiguous)(action)
        }
        #expect(rig.result("a")?.firstComment?.state == .unknown)
        #expect(rig.result("b")?.state == .published)
    }

    @Test func `whose answer is lost on a blind network is unknown without a question`() {
        var rig = Rig([job("a", member, isBlind: true, hasComment: true)])
        rig.finish(failing(.ambiguous))
        #expect(rig.asked("find").isEmpty)
        #expect(rig.result("a", member)?.state == .published)
        #expect(rig.result("a", member)?.firstComment?.state == .unknown)
    }

    @Test func `is not sent by a run that was asked to end`() {
        var rig = Rig([job("a", hasComment: true)])
        rig.finish { action in
            guard case .prepare(_, let step, _, _) = action, step.kind == .comment else { return nil }
            return .stop
        }
        // The answer that `stop` took the place of.
        rig.tell(.prepared(delivery("a"), .init(draft: [:], lookAgain: nil, actor: nil)))
        rig.finish()
        #expect(rig.asked("send") == ["send a 0"])
        #expect(rig.result("a")?.state == .published)
        #expect(rig.result("a")?.firstComment?.error?.code == "x.interrupted")
    }

    @Test func `is sent by the next run if the journal says that it was not`() {
        let entry = claimsEntry("a")
        var rig = next(entry, [sending(entry, step: 0), answered(entry, step: 0, .published(receipt("0")))])
        rig.finish()
        #expect(rig.asked("find").isEmpty)
        #expect(rig.asked("send") == ["send a 1"])
        #expect(rig.result("a")?.id == "0")
        #expect(rig.result("a")?.firstComment?.state == .published)
    }

    @Test(arguments: [Duration.minutes(1), .hours(2)])
    func `that a crash left without an answer is looked for, and never sent again`(later: Duration) {
        let entry = claimsEntry("a")
        let lines = [
            sending(entry, step: 0), answered(entry, step: 0, .published(receipt("0"))), sending(entry, step: 1),
        ]
        var rig = next(entry, lines, at: nine + later)
        rig.finish()
        #expect(rig.asked("find") == ["find a 1"])
        #expect(rig.asked("send").isEmpty)
        #expect(rig.result("a")?.state == .published)
        #expect(rig.result("a")?.firstComment?.state == .unknown)
    }

    @Test func `that is live is only written down after a crash`() {
        let entry = claimsEntry("a")
        let lines = [0, 1].map { answered(entry, step: $0, .published(receipt("\($0)"))) }
        var rig = next(entry, lines)
        rig.finish()
        #expect(rig.told.allSatisfy { $0.hasPrefix("claims") })
        #expect(rig.result("a")?.firstComment == .init(.published, id: "1"))
    }

    @Test func `of a machine that is gone is looked for behind its post`() {
        let entry = claimsEntry("a", runner: "gone", leaseEnd: nine)
        let story = Story(of: entry, steps: 2, own: nil, others: nil, at: nine + .minutes(20))
        guard let open = story.sent else { Issue.record("something else happened"); return }
        for finding in [Finding.published(receipt("1")), .absent] {
            var rig = Rig(
                [job("a", origin: .open(entry, open), hasComment: true)], claims: tree(entry), at: nine + .minutes(20))
            rig.finish { action in
                guard case .find(let id, let step, _, _, _) = action else { return nil }
                return .found(id, step.kind == .comment ? finding : .published(receipt("0")))
            }
            #expect(rig.asked("find") == ["find a 0", "find a 1"])
            #expect(rig.asked("send").isEmpty)
            #expect(rig.result("a")?.state == .published)
            #expect(rig.result("a")?.firstComment?.state == (finding == .absent ? .unknown : .published))
        }
    }
}
