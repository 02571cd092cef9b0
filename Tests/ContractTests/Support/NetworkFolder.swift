import Foundation
import JSON
import Platforms
import Posts
import Testing

/// A folder of Fixtures/networks: posts that are published and posts that are refused, each with what is expected of it
/// beside it.
struct NetworkFolder {
    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures")

    private let folder: URL

    init(_ network: Network) { folder = Self.fixtures.appending(path: "networks/\(network.rawValue)") }

    func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: path))) }

    /// The names of the posts, without `.md`, sorted.
    func names(in part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: part).path())
            .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    }

    /// Compares with the file beside a post; with `UPDATE=1` in the environment it is written anew, to be read in the diff.
    func compare(_ lines: [String], with name: String) throws {
        let (file, text) = (folder.appending(path: name), lines.map { $0 + "\n" }.joined())
        if ProcessInfo.processInfo.environment["UPDATE"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(try text == String(contentsOf: file, encoding: .utf8), "differs from \(name)")
    }

    /// Compares with the file beside a post that is refused. What a converter could do, only the whole program tells, as a
    /// note.
    func compare(_ diagnostics: [Diagnostic], with name: String) throws {
        let expected = try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n")
        #expect(diagnostics.map(\.line) == expected.filter { !$0.contains(": note: ") }.map(String.init), "\(name)")
    }

    /// What `media.json` says of the files that posts name.
    func media() throws -> JSON { try JSON(parsing: bytes("media.json")) }
}

extension MediaInfo {
    /// A row of `media.json`.
    init?(row: JSON) {
        guard let format = row["format"]?.string.flatMap(Format.init) else { return nil }
        self.init(
            format: format, width: row["width"]?.integer ?? 0, height: row["height"]?.integer ?? 0,
            byteCount: row["bytes"]?.integer ?? 0, frameCount: row["frames"]?.integer ?? 1,
            duration: row["milliseconds"]?.integer.map { .milliseconds($0) })
        pageCount = row["pages"]?.integer
        (videoCodec, audioCodec) = (row["videoCodec"]?.string, row["audioCodec"]?.string)
    }
}

/// A media file held in memory.
struct HeldMedia: OpenMedia {
    let bytes: [UInt8]
    let contentType: String

    var byteCount: Int { bytes.count }
    func bytes(in range: Range<Int>) throws(PlatformFailure) -> [UInt8] { Array(bytes[range]) }
}

/// A journal that keeps nothing.
struct NoJournal: Journal {
    func append(_ line: JournalLine) async throws {}
}
