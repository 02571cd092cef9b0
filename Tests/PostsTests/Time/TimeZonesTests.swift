import Posts
import Synchronization
import Testing

@Suite struct `Time zones by name` {
    @Test(arguments: ["Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+12", "CET", "America/Port-au-Prince"])
    func `have names that become paths`(name: String) {
        #expect(TimeZones.isName(name))
    }

    @Test(arguments: [
        "", "/Europe/Berlin", "Europe/", "Europe//Berlin", "../etc/passwd", "Europe/../Berlin", ".", "Europe/Berlin\0",
        "Europe Berlin", "Zürich", "zone.tab", "-1", "+01:00", "localtime", "posixrules", "right/Europe/Berlin",
        "posix/Europe/Berlin",
    ])
    func `have no other names, and those reach no file`(name: String) {
        #expect(!TimeZones.isName(name))
        let asked = Mutex(0)
        let zones = TimeZones { _ in
            asked.withLock { $0 += 1 }
            return nil
        }
        #expect(zones.rules(named: name) == nil)
        #expect(asked.withLock { $0 } == 0)
    }

    @Test func `are read once, found or not`() {
        let asked = Mutex<[String]>([])
        let zones = TimeZones { name in
            asked.withLock { $0.append(name) }
            return TimeFixtures.bytes(zone: name)
        }
        for _ in 0..<3 {
            #expect(zones.rules(named: "Europe/Berlin")?.offset(at: Instant(seconds: 1_782_864_000)) == 7200)
            #expect(zones.rules(named: "Europe/Bonn") == nil)
        }
        #expect(asked.withLock { $0 } == ["Europe/Berlin", "Europe/Bonn"])
    }

    @Test func `have UTC without a file`() {
        let zones = TimeZones { _ in nil }
        #expect(zones.rules(named: "UTC")?.offset(at: Instant(seconds: 0)) == 0)
        #expect(zones.rules(named: "Etc/UTC") != nil)
        #expect(zones.rules(named: "Europe/Berlin") == nil)
    }

    @Test func `serve many threads at once`() async {
        let zones = TimeZones(loader: TimeFixtures.bytes(zone:))
        await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<8 {
                group.addTask { zones.rules(named: "Asia/Kolkata")?.offset(at: Instant(seconds: 1_782_864_000)) }
            }
            for await offset in group { #expect(offset == 19800) }
        }
    }
}
