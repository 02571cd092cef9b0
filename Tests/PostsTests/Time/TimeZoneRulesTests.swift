import Posts
import TestSupport
import Testing

@Suite struct `Rules of a time zone` {
    @Test func `tell the offset at every moment`() throws {
        let tables: [ZoneTable] = try TimeFixtures.table("zones.json")
        #expect(tables.count > 40)
        for table in tables {
            let rules = try #require(TimeFixtures.bytes(zone: table.zone).flatMap(TimeZoneRules.init(tzif:)))
            for row in table.offsets {
                #expect(Int64(rules.offset(at: Instant(seconds: row[0]))) == row[1], "\(table.zone) at \(row[0])")
            }
        }
    }

    @Test func `tell the moment of every time on the wall`() throws {
        let tables: [ZoneTable] = try TimeFixtures.table("zones.json")
        for table in tables {
            let rules = try #require(TimeFixtures.bytes(zone: table.zone).flatMap(TimeZoneRules.init(tzif:)))
            for wall in table.walls {
                guard case .local(let date, let second) = try WrittenTime(wall.text).value else {
                    Issue.record("\(wall.text) is not local")
                    continue
                }
                let resolution = rules.resolve(date: date, secondOfDay: second)
                #expect(shown(resolution) == "\(wall.kind) \(wall.seconds)", "\(wall.text) in \(table.zone)")
            }
        }
    }

    /// The tables of the machine differ from the fixtures only in what was decided or found out lately.
    @Test(.enabled(if: TimeFixtures.systemBytes(zone: "Europe/Berlin") != nil, "needs the package tzdata"))
    func `read the machine's own tables alike`() throws {
        let tables: [ZoneTable] = try TimeFixtures.table("zones.json")
        for table in tables {
            let rules = try #require(TimeFixtures.systemBytes(zone: table.zone).flatMap(TimeZoneRules.init(tzif:)))
            // From 1970 on every edition has the same; 2023-01-01 is where this machine may know less.
            for row in table.offsets where (0..<1_672_531_200).contains(row[0]) {
                #expect(Int64(rules.offset(at: Instant(seconds: row[0]))) == row[1], "\(table.zone) at \(row[0])")
            }
        }
    }

    @Test func `give back what the clock showed`() throws {
        var random = SeededRandom(seed: 3)
        let tables: [ZoneTable] = try TimeFixtures.table("zones.json")
        for table in tables {
            let rules = try #require(TimeFixtures.bytes(zone: table.zone).flatMap(TimeZoneRules.init(tzif:)))
            for _ in 0..<200 {
                let seconds = Int64.random(in: -631_152_000..<7_000_000_000, using: &random)
                let wall = seconds + Int64(rules.offset(at: Instant(seconds: seconds)))
                let day = wall >= 0 ? wall / 86400 : -((86399 - wall) / 86400)
                let resolution = rules.resolve(
                    date: CalendarDate(daysSince1970: day), secondOfDay: Int(wall - day * 86400))
                switch resolution {
                case .one(let instant): #expect(instant.seconds == seconds, "\(table.zone) at \(seconds)")
                case .overlap(let instant): #expect(instant.seconds <= seconds, "\(table.zone) at \(seconds)")
                case .gap: Issue.record("\(table.zone) at \(seconds) is not in a gap")
                }
            }
        }
    }

    @Test func `need no file for UTC`() throws {
        #expect(TimeZoneRules.utc.offset(at: Instant(seconds: 1_800_000_000)) == 0)
        let date = try #require(CalendarDate(year: 2026, month: 12, day: 1))
        #expect(shown(TimeZoneRules.utc.resolve(date: date, secondOfDay: 32400)) == "one 1796115600")
    }

    private func shown(_ resolution: TimeZoneRules.Resolution) -> String {
        switch resolution {
        case .one(let instant): "one \(instant.seconds)"
        case .gap(let instant): "gap \(instant.seconds)"
        case .overlap(let instant): "overlap \(instant.seconds)"
        }
    }
}
