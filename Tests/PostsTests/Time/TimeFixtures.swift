import Foundation
import Posts

/// What Python's zoneinfo says of the zones under Fixtures/time/zoneinfo,
/// which are those of tzdata 2026f in the slim form: what a footer tells is not in their tables.
struct ZoneTable: Decodable, Sendable {
    let zone: String
    /// Pairs of seconds since 1970 and seconds east of Greenwich.
    let offsets: [[Int64]]
    let walls: [Wall]

    /// `["2026-03-29T02:30:00", "gap", 1774747800]`
    struct Wall: Decodable, Sendable {
        let text: String
        let kind: String
        let seconds: Int64

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            text = try list.decode(String.self)
            kind = try list.decode(String.self)
            seconds = try list.decode(Int64.self)
        }
    }
}

struct WrittenTable: Decodable, Sendable {
    let valid: [[String]]
    let invalid: [[String]]
}

enum TimeFixtures {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/time")

    static func table<Table: Decodable>(_ name: String) throws -> Table {
        try JSONDecoder().decode(Table.self, from: Data(contentsOf: folder.appending(path: name)))
    }

    static func bytes(zone: String) -> [UInt8]? {
        (try? Data(contentsOf: folder.appending(path: "zoneinfo").appending(path: zone))).map(Array.init)
    }

    static func systemBytes(zone: String) -> [UInt8]? {
        (try? Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(zone)"))).map(Array.init)
    }
}
