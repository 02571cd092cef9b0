import JSON
import Posts
import Testing

@Suite struct `Entries and lines` {
    private static let receipts = [
        Receipt(id: "1", url: "https://x.com/1", publishedAt: nine),
        Receipt(id: "2", url: nil, publishedAt: nine, found: .recovered),
    ]

    @Test func `of the claims come back as they were written`() throws {
        for phase in ClaimsEntry.Phase.allCases {
            var entry = ClaimsEntry(
                delivery: DeliveryID("posts/ä b.md", acme), phase: phase, attempt: AttemptID(at: nine, random: 7),
                runner: "runner-1", source: "5f2c", schedule: nine, digest: "sha256:aa")
            #expect(ClaimsEntry(json: entry.json) == entry)
            (entry.step, entry.receipts, entry.tries, entry.generation) = (2, Self.receipts, 1, 3)
            (entry.leaseEnd, entry.sentAt, entry.settledAt) = (nine, nine + .seconds(1), nine + .seconds(2))
            (entry.actor, entry.checkpoint, entry.isGateway) = ("42", ["media": ["1"]], true)
            entry.result = DeliveryResult(state: .retrying)
            #expect(ClaimsEntry(json: try JSON(parsing: entry.json.pretty())) == entry)
            #expect(entry.asStored == entry)
        }
    }

    @Test func `of the journal come back as they were written`() throws {
        let (id, attempt) = (DeliveryID("posts/a.md", acme), AttemptID(at: nine, random: 7))
        let lines: [JournalLine] = [
            .sending(.init(delivery: id, attempt: attempt, generation: 1, step: 0, at: nine, draft: ["media": []])),
            .answered(
                .init(delivery: id, attempt: attempt, generation: 2, step: 1, answer: .published(Self.receipts[1]))),
            .answered(.init(delivery: id, attempt: attempt, generation: 2, step: 1, answer: .refused)),
        ]
        for line in lines { #expect(JournalLine(json: try JSON(parsing: line.json.compact())) == line) }
        #expect(JournalLine(json: ["event": "slept"]) == nil)
    }

    @Test func `that lack something are refused`() throws {
        let entry = ClaimsEntry(
            delivery: DeliveryID("posts/a.md", acme), phase: .claimed, attempt: AttemptID("1"), runner: "me",
            source: "5f2c", schedule: nine, digest: "")
        for key in ["post", "account", "phase", "attempt", "runner", "source", "schedule", "digest"] {
            var json = entry.json
            json[key] = nil
            #expect(ClaimsEntry(json: json) == nil, "\(key)")
        }
    }

    @Test func `tell how often a step was sent and what came of it`() {
        let (id, attempt) = (DeliveryID("posts/a.md", acme), AttemptID("1"))
        let sending = JournalLine.Sending(
            delivery: id, attempt: attempt, generation: 1, step: 0, at: nine, draft: .null)
        let answer = JournalLine.Answered(
            delivery: id, attempt: attempt, generation: 1, step: 0, answer: .published(Self.receipts[0]))
        var memory = JournalMemory([.sending(sending), .sending(sending)])
        #expect(memory.tries(of: attempt, step: 0) == 2)
        #expect(memory.record(of: attempt, step: 0) == .sent(sending))
        #expect(memory.record(of: attempt, step: 1) == nil)
        #expect(memory.record(of: AttemptID("2"), step: 0) == nil)
        memory.note(.answered(answer))
        #expect(memory.record(of: attempt, step: 0) == .answered(.published(Self.receipts[0])))
    }

    @Test(arguments: [
        (Duration.zero, true), (.minutes(14), true), (.minutes(15), false), (.minutes(-2), true), (.minutes(-90), true),
    ])
    func `of a claim are live while the lease lasts`(
        age: Duration, isLive: Bool
    ) {
        var entry = ClaimsEntry(
            delivery: DeliveryID("posts/a.md", acme), phase: .claimed, attempt: AttemptID("1"), runner: "me",
            source: "5f2c", schedule: nine, digest: "")
        entry.leaseEnd = nine + .minutes(15)
        #expect(entry.isLive(at: nine + age, lease: .minutes(15)) == isLive)
        entry.phase = .retrying
        #expect(!entry.isLive(at: nine + age, lease: .minutes(15)))
    }
}

@Suite struct `A lease that ends later than any right clock could have written it` {
    @Test(arguments: [(Duration.minutes(14), true), (.minutes(15), false)])
    func `runs out one lease after it was first seen`(age: Duration, isLive: Bool) {
        var entry = ClaimsEntry(
            delivery: DeliveryID("posts/a.md", acme), phase: .claimed, attempt: AttemptID("1"), runner: "me",
            source: "5f2c", schedule: nine, digest: "")
        entry.leaseEnd = nine + .hours(5)
        #expect(entry.isLive(at: nine + age, lease: .minutes(15), firstSeen: nine) == isLive)
    }
}

@Suite struct `An attempt` {
    @Test func `is a ULID`() {
        #expect(AttemptID(at: Instant(milliseconds: 0), random: 0).text == String(repeating: "0", count: 26))
        #expect(AttemptID(at: Instant(milliseconds: 1_469_918_176_385), random: 0).text.hasPrefix("01ARYZ6S41"))
        #expect(AttemptID(at: nine, random: .max).text.hasSuffix(String(repeating: "Z", count: 16)))
    }

    @Test func `sorts by time and tells it`() {
        var earlier = AttemptID(at: nine, random: .max)
        for step in 1...2000 as ClosedRange<Int64> {
            let moment = nine + .milliseconds(step * step)
            let attempt = AttemptID(at: moment, random: UInt128(step) << 64)
            #expect(attempt.text > earlier.text)
            #expect(attempt.text.utf8.count == 26)
            #expect(attempt.moment == moment)
            earlier = attempt
        }
        #expect(AttemptID("not a ULID").moment == nil)
    }
}

@Suite struct `A claim` {
    private struct Disk: Journal {
        var isFull = false
        func append(_ line: JournalLine) async throws { if isFull { throw DiskFull() } }
    }

    private struct DiskFull: Error {}

    private func claim(at now: Instant, sentAt: Instant, isFull: Bool = false) async throws(ClaimRefused) {
        let sending = JournalLine.Sending(
            delivery: DeliveryID("posts/a.md", acme), attempt: AttemptID("1"), generation: 1, step: 0, at: sentAt,
            draft: .null)
        let claim = try await Ledger(journal: Disk(isFull: isFull)).claim(
            sending, fence: Fence(leaseEnd: nine + .minutes(15)), now: now)
        #expect(claim.step == 0)
    }

    @Test func `is given while the lease outlasts the longest request`() async throws {
        try await claim(at: nine + .minutes(13), sentAt: nine + .minutes(13))
        await #expect(throws: ClaimRefused.leaseTooShort) {
            try await claim(at: nine + .minutes(13) + .seconds(1), sentAt: nine + .minutes(13))
        }
    }

    @Test func `is not given to a machine that slept since it decided`() async throws {
        try await claim(at: nine + .minutes(1), sentAt: nine)
        await #expect(throws: ClaimRefused.leaseTooShort) { try await claim(at: nine + .seconds(61), sentAt: nine) }
    }

    @Test func `is not given when the journal is not durable`() async {
        await #expect(throws: ClaimRefused.self) { try await claim(at: nine, sentAt: nine, isFull: true) }
    }
}

@Suite struct `Of several exit statuses` {
    @Test func `the one that matters most is reported`() {
        #expect(Posts.ExitStatus.worst([]) == .success)
        #expect(Posts.ExitStatus.worst([.success]) == .success)
        let order: [Posts.ExitStatus] = [
            .bug, .configuration, .needsLogin, .file, .failed, .invalidPost, .unavailable, .tryAgain, .success,
        ]
        for (index, status) in order.enumerated() {
            #expect(Posts.ExitStatus.worst(order[index...].reversed()) == status)
        }
        for status in Posts.ExitStatus.allCases { #expect(Posts.ExitStatus.worst([status, .success]) == status) }
    }
}

@Suite struct `A claim that the claims ref forgot` {
    private let id = DeliveryID("posts/a.md", acme)

    private func claim(_ age: Int64, generation: Int = 1) -> ClaimsEntry {
        var entry = ClaimsEntry(
            delivery: id, phase: .claimed, attempt: AttemptID(at: nine - .minutes(age), random: 7), runner: "me",
            source: "5f2c", schedule: nine, digest: "")
        (entry.leaseEnd, entry.generation) = (nine, generation)
        return entry
    }

    private func memory(_ claim: ClaimsEntry, _ answer: JournalLine.Answered.Answer? = nil) -> JournalMemory {
        let sending = JournalLine.Sending(
            delivery: id, attempt: claim.attempt, generation: 1, step: 0, at: nine, draft: .null, claim: claim)
        var memory = JournalMemory([.sending(sending)])
        if let answer {
            memory.note(
                .answered(.init(delivery: id, attempt: claim.attempt, generation: 1, step: 0, answer: answer)))
        }
        return memory
    }

    private func forgotten(
        _ memory: JournalMemory, _ entry: ClaimsEntry? = nil, _ recorded: DeliveryResult? = nil
    ) -> ClaimsEntry? {
        memory.forgottenClaim(of: id, besides: entry, recorded, since: nine - .days(7))
    }

    private func recorded(_ state: DeliveryResult.State, _ claim: ClaimsEntry) -> DeliveryResult {
        var result = DeliveryResult(state: state)
        result.attempt = claim.attempt
        return result
    }

    @Test func `is remembered while its request may be live`() {
        let claim = claim(5)
        let live = JournalLine.Answered.Answer.published(Receipt(id: "1", url: nil, publishedAt: nine))
        #expect(forgotten(memory(claim)) == claim)
        #expect(forgotten(memory(claim, live)) == claim)
        #expect(forgotten(memory(claim, .refused)) == nil)
        #expect(forgotten(memory(claim), self.claim(30)) == claim)
    }

    @Test func `is remembered beside a retry on the branch whose question is open`() {
        let claim = claim(5)
        #expect(forgotten(memory(claim), nil, recorded(.retrying, claim)) == claim)
        #expect(forgotten(memory(claim), nil, recorded(.published, claim)) == nil)
        let live = JournalLine.Answered.Answer.published(Receipt(id: "1", url: nil, publishedAt: nine))
        #expect(forgotten(memory(claim, live), nil, recorded(.retrying, claim)) == claim)
    }

    @Test(arguments: [ClaimsEntry.Phase.retrying, .processing, .published, .unknown])
    func `is over once another runner took it over and ended it`(phase: ClaimsEntry.Phase) {
        var ended = claim(5)
        (ended.phase, ended.runner, ended.leaseEnd) = (phase, "another", nil)
        ended.receipts = [Receipt(id: "1", url: nil, publishedAt: nine)]
        #expect(forgotten(memory(claim(5)), ended) == nil)
    }

    @Test func `is over after a later attempt, a person's order or a week`() {
        let claim = claim(5)
        #expect(forgotten(memory(claim), self.claim(5)) == nil)
        #expect(forgotten(memory(claim), self.claim(30, generation: 2)) == nil)
        #expect(forgotten(memory(claim), nil, recorded(.retrying, self.claim(1))) == nil)
        #expect(memory(claim).forgottenClaim(of: id, besides: nil, nil, since: nine) == nil)
    }
}
