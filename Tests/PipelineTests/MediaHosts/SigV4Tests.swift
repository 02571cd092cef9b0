import Foundation
import HTTP
import JSON
import Posts
import Testing

@testable import Pipeline

/// A row of Fixtures/specs/aws/sigv4.json.
private struct SignedRow: Sendable, CustomTestStringConvertible {
    let table: JSON
    let row: JSON

    var testDescription: String { row["name"]?.string ?? "?" }

    static var all: [SignedRow] {
        get throws {
            let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "Fixtures/specs/aws/sigv4.json")
            let table = try JSON(parsing: Array(try Data(contentsOf: file)))
            return (table["rows"]?.array ?? []).map { SignedRow(table: table, row: $0) }
        }
    }

    func text(_ name: String) -> String { row[name]?.string ?? table[name]?.string ?? "" }

    var signing: SigV4 {
        SigV4(
            keys: .init(
                accessKeyID: text("accessKeyID"), secretAccessKey: Secret(text("secretAccessKey")),
                sessionToken: row["token"]?.string.map { Secret($0) }),
            region: text("region"), service: "s3")
    }

    var target: SigV4.Target {
        get throws {
            SigV4.Target(
                method: try #require(Request.Method(rawValue: text("method"))), host: text("host"), path: text("path"))
        }
    }
}

@Suite struct `A signature of version 4` {
    @Test(arguments: try SignedRow.all) fileprivate func `is the one that another implementation makes`(
        _ row: SignedRow
    ) throws {
        let now = try #require(Instant(rfc3339: row.text("now")))
        if let query = row.row["query"]?.array?.compactMap(\.string) {
            let ours = row.signing.query(for: try row.target, expiresIn: 172_800, at: now)
            #expect(ours.split(separator: "&").map(String.init).sorted() == query)
        } else {
            let more = (row.row["headers"]?.object ?? [:]).map { ($0.key, $0.value.string ?? "") }
            let ours = row.signing.headers(for: try row.target, adding: more, payload: row.text("payload"), at: now)
            #expect(ours["Authorization"] == row.text("authorization"))
            #expect(ours["x-amz-security-token"] == row.row["token"]?.string)
            #expect(!"\(ours)".contains("Signature="))
        }
    }

    @Test func `changes with the path, the time and the body`() throws {
        let row = try #require(try SignedRow.all.first)
        let now = try #require(Instant(rfc3339: row.text("now")))
        func sign(_ path: String, _ payload: String, _ moment: Instant) throws -> String? {
            var target = try row.target
            target.path = path
            return row.signing.headers(for: target, payload: payload, at: moment)["Authorization"]
        }
        let all = [
            try sign("/a", "0", now), try sign("/b", "0", now), try sign("/a", "1", now),
            try sign("/a", "0", now + .seconds(1)),
        ]
        #expect(Set(all).count == 4)
    }
}
