import JSON
import Posts
import Testing

@Suite struct `A person's order` {
    private let sighting = Sighting(id: "99", url: "https://x.com/i/web/status/99")

    private func instruction(_ row: TableRow) throws -> Instruction {
        switch row.text("order") {
        case "cancel": .cancel
        case "retry": .retry
        case "published": .published(sighting)
        case "not-published": .notPublished
        case let other: throw UnknownOrder(text: other)
        }
    }

    private struct UnknownOrder: Error { let text: String? }

    private func standing(_ row: TableRow) throws -> Standing {
        var standing = Standing(
            delivery: DeliveryID("posts/a.md", acme), result: row["result"].flatMap(DeliveryResult.init),
            steps: row["steps"]?.integer ?? 1, source: "5f2c", schedule: nine, isGateway: row.flag("gateway"))
        if let phase = row.text("claim") {
            var claim = ClaimsEntry(
                delivery: standing.delivery, phase: try #require(ClaimsEntry.Phase(rawValue: phase)),
                attempt: AttemptID("1"), runner: "other", source: "5f2c", schedule: nine - .hours(1),
                digest: "sha256:a")
            claim.sentAt = row.moment("sentAt")
            claim.result = standing.result
            claim.receipts = (standing.result?.parts ?? []).map { Receipt(id: $0.id, url: $0.url, publishedAt: nine) }
            standing.claim = claim
        }
        switch row.text("question") {
        case nil: break
        case "live": standing.question = .live
        case "answered": standing.question = .answered
        case .some: standing.question = .open(since: try #require(row.moment("question")))
        }
        return standing
    }

    private func ruling(_ row: TableRow) throws -> Ruling {
        try instruction(row).ruling(
            on: standing(row), by: ("me", AttemptID("new")), maxLateness: .hours(24),
            at: try #require(row.moment("now")))
    }

    @Test(arguments: try TableRow.all("orders/rulings"))
    func `is ruled as in the table`(row: TableRow) throws {
        switch try ruling(row) {
        case .refused(let objection):
            #expect(objection.reason == row.text("refused"), "\(objection)")
            #expect(Int(objection.status.rawValue) == row["status"]?.integer)
        case .changed(let entry):
            #expect(entry.result?.state.rawValue == row.text("becomes"))
            #expect(entry.phase.rawValue == row.text("phase") ?? row.text("becomes"))
            #expect(entry.result?.parts.count ?? 0 == row["parts"]?.integer ?? 0)
        }
    }

    /// What holds whatever was ordered: a later generation, nobody's lease, the same words in claims and sidecar.
    @Test(arguments: try TableRow.all("orders/rulings"))
    func `that is obeyed beats what every runner still has in hand`(row: TableRow) throws {
        guard case .changed(let entry) = try ruling(row) else { return }
        let (before, now) = (try standing(row), try #require(row.moment("now")))
        #expect(entry.generation == 2)
        #expect(entry.result?.generation == 2)
        #expect(!entry.isLive(at: now, lease: .minutes(15)))
        #expect(entry.asStored == entry)
        #expect(entry.result?.attempt == entry.attempt || entry.phase == .inherited)
        let result = try #require(entry.result)
        if let known = before.result {
            #expect(known.merged(with: result) == result)
            #expect(known.updated(by: result) == result)
            #expect(result.updated(by: known) == result)
        }
        #expect((entry.settledAt != nil) == result.state.isSettled)
    }

    @Test func `to retry counts attempts anew, at once`() throws {
        var failed = DeliveryResult(state: .failed)
        (failed.attempts, failed.error) = (5, .init(at: nine, code: "x.test", kind: .permanent, message: "no"))
        let entry = try changed(.retry, Standing(delivery: DeliveryID("posts/a.md", acme), result: failed))
        #expect(entry.result?.attempts == 0)
        #expect(entry.result?.notBefore == nine)
        #expect(entry.result?.error == nil)
    }

    @Test func `to cancel a request that may be live keeps what would prove it`() throws {
        var claim = ClaimsEntry(
            delivery: DeliveryID("posts/a.md", acme), phase: .claimed, attempt: AttemptID("7"), runner: "other",
            source: "5f2c", schedule: nine, digest: "sha256:a")
        claim.checkpoint = ["media": ["1"]]
        let entry = try changed(
            .cancel, Standing(delivery: claim.delivery, claim: claim, question: .open(since: nine - .minutes(1))))
        #expect(entry.phase == .unknown)
        #expect(entry.attempt == claim.attempt)
        #expect(entry.runner == "other")
        #expect(entry.sentAt == nine - .minutes(1))
        #expect(entry.checkpoint == claim.checkpoint)
        #expect(entry.result?.error?.hint?.contains("resolve posts/a.md --account x/acme") == true)
    }

    @Test func `that it is live is a proof by a person`() throws {
        var unknown = DeliveryResult(state: .unknown)
        unknown.error = .noAnswer(to: DeliveryID("posts/a.md", acme), at: nine - .hours(1))
        let entry = try changed(
            .published(sighting), Standing(delivery: DeliveryID("posts/a.md", acme), result: unknown))
        #expect(entry.receipts.map(\.found) == [.person])
        #expect(entry.result?.id == "99")
        #expect(entry.result?.url == sighting.url)
        #expect(entry.result?.publishedAt == nine - .hours(1))
        #expect(entry.result?.error == nil)
    }

    @Test func `that a post is live leaves its first comment unknown`() throws {
        let standing = Standing(
            delivery: DeliveryID("posts/a.md", acme), result: DeliveryResult(state: .unknown), steps: 2, posts: 1)
        let entry = try changed(.published(sighting), standing)
        #expect(entry.result?.state == .published)
        #expect(entry.result?.parts == [])
        #expect(entry.result?.firstComment?.state == .unknown)
    }

    private func changed(_ instruction: Instruction, _ standing: Standing) throws -> ClaimsEntry {
        let ruling = instruction.ruling(
            on: standing, by: ("me", AttemptID("new")), maxLateness: .hours(24), at: nine)
        guard case .changed(let entry) = ruling else { throw NotChanged(ruling: ruling) }
        return entry
    }

    private struct NotChanged: Error { let ruling: Ruling }
}
