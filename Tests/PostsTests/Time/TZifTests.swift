import Posts
import TestSupport
import Testing

@Suite struct `TZif bytes` {
    @Test(arguments: [
        // 2026-07-01T00:00:00Z and 2027-01-01T00:00:00Z
        ("CET-1CEST,M3.5.0,M10.5.0/3", 7200, 3600),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", 3600, 0),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 37800, 39600),
        ("<+0330>-3:30", 12600, 12600),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", -3600, -7200),
        ("EST5EDT,0/0,J365/25", -14400, -14400),
        ("XXX3EDT4,0/0,J365/23", -14400, -14400),
        ("AAA3BBB2:59:30,J60,J300", -10770, -10800),
        ("AAA-1BBB,59/167,J365/-167:59:59", 7200, 3600),
        ("AAA-24", 86400, 86400),
        ("", 0, 0),
    ])
    func `end with a rule for the years behind their table`(footer: String, july: Int, january: Int) throws {
        let rules = try #require(TimeZoneRules(tzif: synthetic(footer: footer)))
        #expect(rules.offset(at: Instant(seconds: 1_782_864_000)) == july)
        #expect(rules.offset(at: Instant(seconds: 1_798_761_600)) == january)
    }

    @Test func `hold to the second when clocks change by day of the year`() throws {
        // J60 is March 1 in every year, 59 is February 29 in leap years.
        let withoutLeapDay = try #require(TimeZoneRules(tzif: synthetic(footer: "AAA0BBB,J60/0,J300")))
        let withLeapDay = try #require(TimeZoneRules(tzif: synthetic(footer: "AAA0BBB,59/0,J300")))
        // 2028-02-29T00:00:00Z and 2028-03-01T00:00:00Z
        #expect(withoutLeapDay.offset(at: Instant(seconds: 1_835_481_599)) == 0)
        #expect(withoutLeapDay.offset(at: Instant(seconds: 1_835_481_600)) == 3600)
        #expect(withLeapDay.offset(at: Instant(seconds: 1_835_395_199)) == 0)
        #expect(withLeapDay.offset(at: Instant(seconds: 1_835_395_200)) == 3600)
    }

    @Test(arguments: [
        "C-1", "CET", "CET-25", "CET-1:60", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J300",
        "CET-1CEST,J366,J300", "CET-1CEST,366,300", "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x",
        "<+3>-3", "<+03-3", "CET-1000",
    ])
    func `with a broken footer are refused`(footer: String) {
        #expect(TimeZoneRules(tzif: synthetic(footer: footer)) == nil)
    }

    @Test func `of version 1 have 32-bit times and no footer`() throws {
        let header = block(version: 0, times: [100], indices: [1], offsets: [0, 3600], timeSize: 4)
        let rules = try #require(TimeZoneRules(tzif: header))
        #expect(rules.offset(at: Instant(seconds: 99)) == 0)
        #expect(rules.offset(at: Instant(seconds: 100)) == 3600)
    }

    @Test func `that contradict themselves are refused`() {
        func second(_ times: [Int64], _ indices: [UInt8], _ offsets: [Int32]) -> [UInt8] {
            synthetic(footer: "", times: times, indices: indices, offsets: offsets)
        }
        #expect(TimeZoneRules(tzif: second([1, 2], [0, 0], [0])) != nil)
        #expect(TimeZoneRules(tzif: second([2, 1], [0, 0], [0])) == nil)
        #expect(TimeZoneRules(tzif: second([1, 1], [0, 0], [0])) == nil)
        #expect(TimeZoneRules(tzif: second([1], [1], [0])) == nil)
        #expect(TimeZoneRules(tzif: second([], [], [])) == nil)
        #expect(TimeZoneRules(tzif: second([], [], [93600])) == nil)
        #expect(TimeZoneRules(tzif: second([], [], [.min])) == nil)
    }

    @Test func `cut short at any place are refused`() throws {
        let bytes = try #require(TimeFixtures.bytes(zone: "America/Sao_Paulo"))
        for end in bytes.indices {
            #expect(TimeZoneRules(tzif: Array(bytes[..<end])) == nil, "\(end)")
        }
    }

    @Test func `with extreme times of change are no trap`() throws {
        let bytes = synthetic(footer: "", times: [.min, .max], indices: [1, 0], offsets: [-93599, 93599])
        let rules = try #require(TimeZoneRules(tzif: bytes))
        let date = try #require(CalendarDate(year: 9999, month: 12, day: 31))
        #expect(rules.resolve(date: date, secondOfDay: 86399).instant.seconds == 253_402_300_799 - 93599)
    }

    @Test func `changed at random never crash the reader`() throws {
        var random = SeededRandom(seed: 20_261_201)
        let zones = ["Europe/Berlin", "Europe/Dublin", "Pacific/Apia", "Asia/Kolkata", "Antarctica/Troll"]
        let seeds =
            try zones.map { try #require(TimeFixtures.bytes(zone: $0)) } + [synthetic(footer: "AAA0BBB,J60/0,59")]
        var read = 0
        for round in 0..<20_000 {
            guard let rules = TimeZoneRules(tzif: mutated(seeds[round % seeds.count], with: &random)) else { continue }
            read += 1
            let second = Int64.random(in: -70_000_000_000..<260_000_000_000, using: &random)
            #expect(abs(rules.offset(at: Instant(seconds: second))) < 93600)
            let resolved = rules.resolve(date: CalendarDate(daysSince1970: second / 86400), secondOfDay: 5400)
            #expect(abs(resolved.instant.seconds - second) < 2 * 86400 + 93600)
        }
        #expect(read > 1000)
    }
}

private func bigEndian(_ number: Int64, _ size: Int) -> [UInt8] {
    (0..<size).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * Int64($0))) }
}

/// A header and its data; the only name is "X".
private func block(version: UInt8, times: [Int64], indices: [UInt8], offsets: [Int32], timeSize: Int) -> [UInt8] {
    var bytes = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
    for count in [0, 0, 0, times.count, offsets.count, 2] { bytes += bigEndian(Int64(count), 4) }
    bytes += times.flatMap { bigEndian($0, timeSize) } + indices
    bytes += offsets.flatMap { bigEndian(Int64($0), 4) + [0, 0] }
    return bytes + [UInt8(ascii: "X"), 0]
}

private func synthetic(
    footer: String, times: [Int64] = [], indices: [UInt8] = [], offsets: [Int32] = [0]
) -> [UInt8] {
    let version = UInt8(ascii: "3")
    return block(version: version, times: [], indices: [], offsets: [0], timeSize: 4)
        + block(version: version, times: times, indices: indices, offsets: offsets, timeSize: 8)
        + Array("\n\(footer)\n".utf8)
}
