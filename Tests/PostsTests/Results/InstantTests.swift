import Posts
import Testing

@Suite struct `A moment` {
    @Test func `is written and read back over four centuries`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            let moment = Instant(seconds: Int64.random(in: -6_000_000_000...7_000_000_000, using: &random))
            #expect(Instant(rfc3339: moment.rfc3339) == moment)
            #expect(moment.rfc3339.utf8.count == 20)
        }
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-12-01T09:00:00Z", 1_796_115_600_000),
            ("2026-12-01T10:00:00+01:00", 1_796_115_600_000),
            ("2026-12-01T09:00:00.25Z", 1_796_115_600_250), ("2026-12-01t09:00:00.1239z", 1_796_115_600_123),
            ("2026-12-01 03:30:00-05:30", 1_796_115_600_000), ("1969-12-31T23:59:59.999Z", -1),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000),
        ] as [(String, Int64)])
    func `is read from RFC 3339`(text: String, milliseconds: Int64) {
        #expect(Instant(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-12-01", "2026-12-01T09:00:00", "2026-12-01T09:00Z", "2026-13-01T09:00:00Z", "2026-02-29T09:00:00Z",
        "2026-12-01T24:00:00Z", "2026-12-01T09:60:00Z", "2026-12-01T09:00:00+1:00", "2026-12-01T09:00:00+24:00",
        "2026-12-01T09:00:00.Z", "2026-12-01T09:00:00Zx", "2026-12-01T09:00:00,5Z", " 2026-12-01T09:00:00Z",
        "２026-12-01T09:00:00Z", "-026-12-01T09:00:00Z", "2026-12-01T09:00:00+01:0",
    ])
    func `is not read from anything else`(text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test func `before 1970 has whole seconds rounded down`() {
        #expect(Instant(milliseconds: -1).seconds == -1)
        #expect(Instant(milliseconds: -1000).seconds == -1)
        #expect(Instant(milliseconds: -1001).seconds == -2)
        #expect(Instant(milliseconds: 999).seconds == 0)
        #expect(Instant(milliseconds: -1).rfc3339 == "1969-12-31T23:59:59Z")
    }
}
