import Foundation
import Posts
import Testing

/// The folders Fixtures/posts and Fixtures/configuration, and what the tests of reading share.
enum ReadingFixtures {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

    static let zones = TimeZones(loader: TimeFixtures.bytes(zone:))

    /// The names of files with one of the endings, sorted.
    static func names(in path: String, ending: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path())
            .filter { $0.hasSuffix(ending) }.sorted()
    }

    static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: path))) }

    /// Compares with the file beside a fixture; with `UPDATE=1` in the environment it is written anew, to be read in the diff.
    static func compare(_ text: String, with path: String) throws {
        let file = folder.appending(path: path)
        if ProcessInfo.processInfo.environment["UPDATE"] == "1" { try Data(text.utf8).write(to: file) }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(text == expected, "differs from \(path)")
    }

    static func configuration(_ text: String) throws -> Configuration {
        let (configuration, diagnostics) = Configuration.read(Array(text.utf8), zones: zones)
        return try #require(configuration, "\(diagnostics.map(\.line))")
    }

    static func reader(keepsTags: Bool = false) throws -> PostReader {
        let text = String(decoding: try bytes("posts/socials.yml"), as: UTF8.self)
        return PostReader(configuration: try configuration(text), zones: zones, keepsTags: keepsTags)
    }
}

/// The post in a text, read with the accounts of Fixtures/posts/socials.yml.
func post(_ text: String, keepsTags: Bool = false) throws -> Post {
    let reading = try ReadingFixtures.reader(keepsTags: keepsTags).read(Array(text.utf8), path: "posts/2026/a.md")
    guard case .post(let post) = reading else { throw NotAPost() }
    return post
}

struct NotAPost: Error {}
