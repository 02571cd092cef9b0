import Foundation
import JSON
import Posts
import Testing

/// A row of a table below `Tests/Fixtures`, named by its `name`.
struct TableRow: Sendable, CustomTestStringConvertible {
    let json: JSON

    var testDescription: String { json["name"]?.string ?? String(decoding: json.compact(), as: UTF8.self) }

    static func all(_ table: String) throws -> [TableRow] {
        let json = try JSON(parsing: fixture(table + ".json"))
        return try #require(json["rows"]?.array).map { TableRow(json: $0) }
    }

    subscript(_ key: String) -> JSON? { json[key] }

    func text(_ key: String) -> String? { json[key]?.string }
    func flag(_ key: String) -> Bool { json[key]?.bool ?? false }
    func moment(_ key: String) -> Instant? { json[key]?.moment }
}

extension JSON {
    var moment: Instant? { string.flatMap { Instant(rfc3339: $0) } }
}

/// A file below `Tests/Fixtures`.
func fixture(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures")
    return Array(try Data(contentsOf: folder.appending(path: name)))
}

/// 2026-12-01T09:00:00Z.
let nine = Instant(seconds: 1_796_115_600)
let acme = AccountID(.x, "acme")
