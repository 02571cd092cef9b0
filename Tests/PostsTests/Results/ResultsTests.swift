import JSON
import Posts
import Testing

@Suite struct `A sidecar` {
    @Test(arguments: ["example", "foreign"])
    func `is written back byte for byte, unknown members and all`(name: String) throws {
        let bytes = try fixture("results/\(name).results.json")
        let results = try Results(parsing: bytes)
        #expect(String(decoding: results.bytes, as: UTF8.self) == String(decoding: bytes, as: UTF8.self))
    }

    @Test func `says what happened to each account`() throws {
        let results = try Results(parsing: fixture("results/example.results.json"))
        let published = try #require(results.deliveries[AccountID(.linkedin, "acme")])
        #expect(published.state == .published)
        #expect(published.publishedAt?.rfc3339 == "2026-12-01T08:00:03Z")
        let retrying = try #require(results.deliveries[acme])
        #expect(retrying.attempts == 2)
        #expect(retrying.error?.kind == .transient)
        #expect(retrying.error?.status == 429)
        #expect(retrying.notBefore?.rfc3339 == "2026-12-01T08:15:00Z")
    }

    @Test func `says what became of a first comment`() throws {
        let text = #"""
            {"deliveries": {"x/acme": {"state": "published", "id": "1", "firstComment": {"state": "failed", "error":
            {"at": "2026-12-01T09:00:00Z", "code": "x.forbidden", "kind": "permanent", "message": "no"}}}}}
            """#
        let results = try Results(parsing: Array(text.utf8))
        let comment = try #require(results.deliveries[acme]?.firstComment)
        #expect(comment.state == .failed)
        #expect(comment.error?.code == "x.forbidden")
        #expect(try Results(parsing: results.bytes) == results)
        let bytes = results.bytes
        bytes.withUnsafeBufferPointer { #expect(SidecarGlance($0)?.entries.map(\.state) == [.published]) }
    }

    @Test func `of a newer version is not read`() {
        #expect(throws: Results.Unreadable.newerVersion(2)) {
            try Results(parsing: Array(#"{"deliveries": {}, "version": 2}"#.utf8))
        }
    }

    @Test(arguments: ["", "{}", "[]", #"{"deliveries": []}"#, "<<<<<<< HEAD", #"{"deliveries": {}, "deliveries": {}}"#])
    func `that is damaged is not read`(text: String) {
        #expect(throws: Results.Unreadable.self) { try Results(parsing: Array(text.utf8)) }
    }

    @Test(arguments: [
        ("posts/a.md", "posts/a.results.json"), ("posts/a.b.markdown", "posts/a.b.results.json"),
        ("posts/a.md.md", "posts/a.md.results.json"),
    ])
    func `lies beside its post`(post: String, path: String) {
        #expect(Results.path(of: post) == path)
    }
}

@Suite struct `Two sidecars of one post` {
    private func result(_ state: DeliveryResult.State, id: String? = nil, attempts: Int = 1) -> DeliveryResult {
        var result = DeliveryResult(state: state)
        (result.id, result.attempts) = (id, attempts)
        return result
    }

    @Test(arguments: try TableRow.all("results/merge"))
    func `merge by meaning`(row: TableRow) throws {
        let one = result(try #require(row.text("one").flatMap(DeliveryResult.State.init)))
        let other = result(try #require(row.text("other").flatMap(DeliveryResult.State.init)))
        #expect(one.merged(with: other).state.rawValue == row.text("merged"))
        #expect(other.merged(with: one) == one.merged(with: other))
    }

    @Test func `let a later order of a person win over everything`() {
        for state in DeliveryResult.State.allCases {
            for order in DeliveryResult.State.allCases {
                var ordered = result(order)
                ordered.generation = 2
                #expect(ordered.merged(with: result(state, id: "1", attempts: 9)) == ordered)
                #expect(result(state, id: "1", attempts: 9).merged(with: ordered) == ordered)
            }
        }
    }

    @Test func `with different proofs ask a person`() {
        let merged = result(.published, id: "1").merged(with: result(.published, id: "2"))
        #expect(merged.state == .unknown)
        #expect(merged.error?.code == "two-receipts")
    }

    @Test func `keep the proof of a first comment`() {
        var (unsure, live) = (result(.published, id: "1", attempts: 2), result(.published, id: "1"))
        (unsure.firstComment, live.firstComment) = (.init(.unknown), .init(.published, id: "2"))
        #expect(unsure.merged(with: live) == live)
        #expect(live.merged(with: unsure) == live)
    }

    @Test func `keep the one that knows more`() {
        var further = result(.retrying)
        further.parts = [.init(id: "1", url: nil)]
        #expect(further.merged(with: result(.retrying, attempts: 4)) == further)
        #expect(result(.retrying, attempts: 4).merged(with: further) == further)
    }

    @Test func `keep accounts and members that only one has`() throws {
        let one = try Results(parsing: fixture("results/example.results.json"))
        let other = try Results(parsing: fixture("results/foreign.results.json"))
        let merged = one.merged(with: other)
        #expect(Set(merged.deliveries.keys) == [acme, AccountID(.linkedin, "acme")])
        #expect(merged.other["by"] == "a newer hand")
        #expect(String(decoding: merged.bytes, as: UTF8.self).contains("orkut/old"))
    }
}

@Suite struct `What the branch says and what the claims say` {
    private func result(_ state: DeliveryResult.State, attempt: String, generation: Int = 1) -> DeliveryResult {
        var result = DeliveryResult(state: state)
        (result.attempt, result.generation) = (AttemptID(attempt), generation)
        return result
    }

    @Test func `is the later attempt's word, whichever of the two has it`() {
        let (earlier, later) = (result(.failed, attempt: "1"), result(.retrying, attempt: "2"))
        #expect(earlier.updated(by: later) == later)
        #expect(later.updated(by: earlier) == later)
    }

    @Test func `is published when one of them knows so`() {
        let (open, live) = (result(.retrying, attempt: "1"), result(.published, attempt: "1"))
        #expect(open.updated(by: live) == live)
        #expect(live.updated(by: open) == live)
    }

    @Test(arguments: DeliveryResult.State.allCases)
    func `is a person's latest order`(order: DeliveryResult.State) {
        for state in DeliveryResult.State.allCases {
            for attempt in ["0", "1", "2"] {
                let ordered = result(order, attempt: "1", generation: 2)
                let earlier = result(state, attempt: attempt)
                #expect(ordered.updated(by: earlier) == ordered)
                #expect(earlier.updated(by: ordered) == ordered)
            }
        }
    }
}
