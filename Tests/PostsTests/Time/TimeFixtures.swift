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

/// SplitMix64, so that a failing run can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// A few bytes overwritten, taken away or put in, or the end cut off.
func mutated(_ bytes: [UInt8], with random: inout SeededGenerator) -> [UInt8] {
    var mutant = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) where !mutant.isEmpty {
        let place = mutant.indices.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<8, using: &random) {
        case 0: mutant.removeSubrange(place...)
        case 1: mutant.remove(at: place)
        case 2: mutant.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
        case 3: mutant[place] = 0xFF
        case 4: mutant[place] = 0
        default: mutant[place] = UInt8.random(in: .min ... .max, using: &random)
        }
    }
    return mutant
}
