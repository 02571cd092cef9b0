import JSON
import Posts
import Testing

@Suite struct `A glance at a sidecar` {
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let accounts = [
        acme, AccountID(.x, "acm"), AccountID(.linkedin, "acme"), AccountID(.instagram, "a.b-c_1"),
    ]

    private func random(_ random: inout Numbers) -> Results {
        var results = Results()
        for account in Self.accounts where Bool.random(using: &random) {
            guard let state = DeliveryResult.State.allCases.randomElement(using: &random) else { continue }
            var result = DeliveryResult(state: state)
            result.attempt = AttemptID(at: nine, random: UInt128(random.next()))
            if Bool.random(using: &random) {
                result.publishedAt = nine + .seconds(Int64.random(in: -1_000_000_000...1_000_000_000, using: &random))
            }
            if Bool.random(using: &random) { result.schedule = nine + .seconds(60) }
            if Bool.random(using: &random) { result.digest = "sha256:ab" }
            if Bool.random(using: &random) {
                result.parts = [.init(id: "1", url: "https://x.com/“1”"), .init(id: "2", url: nil)]
            }
            if Bool.random(using: &random) { result.other = ["mood": ["\"", "\\", 1, .null, [:], ["a": [true]]]] }
            if Bool.random(using: &random) {
                result.error = .init(at: nine, code: "x", kind: .auth, message: "{\"state\": \"published\"}, \\ \n")
            }
            results.deliveries[account] = result
        }
        return results
    }

    /// As `account state times digest`, sorted; nil if the glance refuses.
    private func glance(_ bytes: [UInt8]) -> [String]? {
        bytes.withUnsafeBufferPointer { buffer -> [String]? in
            SidecarGlance(buffer)?.entries.map { entry in
                let name = Self.accounts.filter { entry.belongs(to: $0) }.map(\.description).joined(separator: "+")
                return Self.line(name, entry.state, entry.publishedAt, entry.schedule, entry.digest)
            }
            .sorted()
        }
    }

    private func whole(_ results: Results) -> [String] {
        results.deliveries.map { account, result in
            Self.line(account.description, result.state, result.publishedAt, result.schedule, result.digest)
        }
        .sorted()
    }

    private static func line(
        _ account: String, _ state: DeliveryResult.State, _ publishedAt: Instant?, _ schedule: Instant?,
        _ digest: String?
    ) -> String {
        "\(account) \(state) \(publishedAt?.rfc3339 ?? "")" + (schedule.map { " for \($0.rfc3339)" } ?? "")
            + (digest.map { " \($0)" } ?? "")
    }

    @Test func `sees what the whole reader sees`() {
        var numbers = Numbers(state: 1)
        for _ in 0..<500 {
            let results = random(&numbers)
            #expect(glance(results.bytes) == whole(results), "\(String(decoding: results.bytes, as: UTF8.self))")
        }
    }

    @Test func `never contradicts the whole reader, however damaged the file`() {
        var numbers = Numbers(state: 2)
        var seen = 0
        for _ in 0..<3000 {
            var bytes = random(&numbers).bytes
            for _ in 0..<Int.random(in: 1...3, using: &numbers) {
                guard let place = bytes.indices.randomElement(using: &numbers) else { continue }
                switch Int.random(in: 0..<4, using: &numbers) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
                case 2:
                    bytes[place] = [0x22, 0x7B, 0x7D, 0x2C, 0x30, 0x5C, 0x20][Int.random(in: 0..<7, using: &numbers)]
                default: bytes[place] &+= 1
                }
                if bytes.isEmpty { break }
            }
            guard let results = try? Results(parsing: bytes), let glance = glance(bytes) else { continue }
            seen += 1
            let known = glance.filter { !$0.hasPrefix(" ") }
            #expect(
                known == whole(results).filter { line in Self.accounts.contains { line.hasPrefix("\($0) ") } },
                "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(seen > 300)
    }

    @Test(arguments: [
        "", "{}", #"{"deliveries": {}}"#, #"{"deliveries": {}, "version": 2}"#, #"{"deliveries": {}, "version": 1} x"#,
        #"{"by": 1, "deliveries": {}, "version": 1}"#, #"{"deliveries": [], "version": 1}"#,
        #"{"deliveries": {"x/\u0061cme": {"state": "published"}}, "version": 1}"#,
        #"{"deliveries": {"x/acme": {"state": "frozen"}}, "version": 1}"#,
        #"{"deliveries": {"x/acme": {}}, "version": 1}"#,
        #"{"deliveries": {"x/acme": {"state": "publi\u0073hed"}}, "version": 1}"#,
        #"{"deliveries": {"x/acme": {"gateway": true, "state": "published"}}, "version": 1}"#,
        #"{"deliveries": {"x/acme": {"state": "failed", "state": "published"}}, "version": 1}"#,
        #"{"deliveries": {"x/acme": {"state": "failed"}, "x/acme": {"state": "published"}}, "version": 1}"#,
        #"{"deliveries": {"x/acme": {"publishedAt": "2026-12-01T25:00:00Z", "state": "published"}}, "version": 1}"#,
        #"{"deliveries": {"x/acme": {"publishedAt": "2026-12-01T1x:00:00Z", "state": "published"}}, "version": 1}"#,
        #"{"deliveries": {"x/acme": {"publishedAt": 7, "state": "published"}}, "version": 1}"#,
    ])
    func `leaves what is odd to the whole reader`(text: String) {
        #expect(glance(Array(text.utf8)) == nil)
    }

    @Test func `tells accounts apart by their whole names`() {
        let bytes = Array(#"{"deliveries": {"x/acme": {"state": "published"}}, "version": 1}"#.utf8)
        #expect(glance(bytes) == ["x/acme published "])
    }
}
