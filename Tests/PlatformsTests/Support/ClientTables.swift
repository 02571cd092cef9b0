import Foundation
import HTTP
import JSON
import Posts
import Testing

/// A table of `Tests/Fixtures/clients`, e.g. `linkedin/errors`: its rows under `rows` or `cases`.
func clientTable(_ name: String) throws -> [JSON] {
    let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/clients/\(name).json")
    let table = try JSON(parsing: Data(contentsOf: fixtures))
    return try #require(table["rows"]?.array ?? table["cases"]?.array)
}

/// A row of a table of errors: an answer, and the failure that it stands for when asked for in one way or the other.
struct ErrorRow: Sendable, CustomTestStringConvertible {
    let row: JSON

    static func all(_ table: String) throws -> [ErrorRow] { try clientTable(table).map(ErrorRow.init) }

    var testDescription: String { row["name"]?.string ?? "?" }

    var answer: Result<Response, TransportError> {
        var headers: Headers = [:]
        for (name, value) in row["headers"]?.object ?? [:] { headers.add(name, value.string ?? "") }
        let body = row["body"] ?? .null
        return .json(
            body.string ?? String(decoding: body.compact(), as: UTF8.self), status: row["status"]?.integer ?? 0,
            headers: headers)
    }

    /// Compares a failure with the column `publishing` or `repeatable`; what a row does not name is not compared.
    func check(_ failure: PlatformFailure?, _ column: String) throws {
        let failure = try #require(failure)
        let expected = try #require(row[column]?.object)
        var shown: [String: JSON] = [
            "code": JSON(failure.code), "scope": JSON("\(failure.scope)"), "kind": JSON("\(failure.kind)"),
            "message": JSON(failure.message),
        ]
        if case .after(let moment) = failure.kind {
            shown["kind"] = "after"
            shown["after"] = JSON(moment.rfc3339)
        }
        shown["trace"] = failure.trace.map { JSON($0) }
        shown["duplicate"] = failure.duplicate.map { JSON($0.receipt?.id ?? "") }
        for key in Set(expected.keys).union(["after", "duplicate"]) { #expect(shown[key] == expected[key], "\(key)") }
        #expect(failure.status == row["status"]?.integer)
        #expect(!failure.message.contains("secret-token"))
    }
}

/// What `work` fails with; nil if it succeeds.
func failure(of work: () async throws(PlatformFailure) -> some Any) async -> PlatformFailure? {
    do {
        _ = try await work()
        return nil
    } catch {
        return error
    }
}
