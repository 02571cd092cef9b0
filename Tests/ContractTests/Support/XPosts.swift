import Foundation
import JSON
import Platforms
import Posts
import Testing

/// The folder Fixtures/networks/x.
enum XPosts {
    struct Read: Sendable {
        let account: Account
        let composition: Composition
        let diagnostics: [Diagnostic]
        let media: XPostsMedia
    }

    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures")
    private static let folder = fixtures.appending(path: "networks/x")

    /// The names of the posts, without `.md`, sorted.
    static func names(in part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: part).path())
            .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    }

    /// A post for its one account, as `check` reads it.
    static func read(_ name: String) throws -> Read {
        let zones = TimeZones { _ in nil }
        let yaml = Array(try Data(contentsOf: folder.appending(path: "socials.yml")))
        let (configuration, problems) = Configuration.read(yaml, zones: zones)
        let reader = PostReader(configuration: try #require(configuration, "\(problems.map(\.line))"), zones: zones)
        let path = "posts/\(name.split(separator: "/").last ?? "").md"
        let bytes = Array(try Data(contentsOf: folder.appending(path: name + ".md")))
        let reading = reader.read(bytes, path: path)
        guard case .post(let post) = reading else { throw NotAPost() }
        let media = try XPostsMedia(fixtures: fixtures, table: folder.appending(path: "media.json"))
        let target = try #require(post.targets.first)
        let account = try #require(configuration?.accounts[target.account])
        let (content, told) = reader.content(of: bytes, path: path, for: account) { reference in
            media.file(reference).map { .success($0) }
                ?? .failure(
                    Diagnostic(.error, .mediaMissing, at: reference.place, "there is no file “\(reference.path)”"))
        }
        let composition = content.map(XPlatform.compose) ?? Composition(steps: [])
        return Read(
            account: account, composition: composition,
            diagnostics: Set(post.diagnostics + told + composition.diagnostics).sorted(), media: media)
    }

    struct NotAPost: Error {}

    /// Compares with the file beside a post; with `UPDATE=1` in the environment it is written anew, to be read in the diff.
    static func compare(_ lines: [String], with name: String) throws {
        let (file, text) = (folder.appending(path: name), lines.map { $0 + "\n" }.joined())
        if ProcessInfo.processInfo.environment["UPDATE"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(try text == String(contentsOf: file, encoding: .utf8), "differs from \(name)")
    }
}

/// What `media.json` says of the posts' files, and their bytes where a post is published.
struct XPostsMedia: MediaSource {
    private let fixtures: URL
    private let table: JSON

    init(fixtures: URL, table: URL) throws {
        self.fixtures = fixtures
        self.table = try JSON(parsing: Data(contentsOf: table))
    }

    func file(_ reference: MediaReference) -> MediaFile? {
        guard let row = table[reference.path], let format = row["format"]?.string.flatMap(MediaInfo.Format.init)
        else { return nil }
        var info = MediaInfo(
            format: format, width: row["width"]?.integer ?? 0, height: row["height"]?.integer ?? 0,
            byteCount: row["bytes"]?.integer ?? 0, frameCount: row["frames"]?.integer ?? 1,
            duration: row["milliseconds"]?.integer.map { .milliseconds($0) })
        info.videoCodec = row["videoCodec"]?.string
        info.audioCodec = row["audioCodec"]?.string
        return MediaFile(reference: reference, info: info, digest: "sha256:\(reference.path)")
    }

    func open(_ file: MediaFile) async throws(PlatformFailure) -> any OpenMedia {
        let row = table[file.path]
        guard let path = row?["file"]?.string, let data = try? Data(contentsOf: fixtures.appending(path: path)) else {
            throw PlatformFailure(.permanent, code: "test.no-media", "there are no bytes of \(file.path)")
        }
        var bytes = Array(data)
        if let count = row?["fill"]?.integer {
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } + Array("free".utf8)
            bytes += [UInt8](repeating: 0, count: count - 8)
        }
        return Bytes(bytes: bytes, contentType: file.info.contentType)
    }

    func publicURL(of file: MediaFile) async throws(PlatformFailure) -> String {
        throw PlatformFailure(.permanent, code: "test.no-host", "X downloads nothing")
    }

    private struct Bytes: OpenMedia {
        let bytes: [UInt8]
        let contentType: String

        var byteCount: Int { bytes.count }
        func bytes(in range: Range<Int>) throws(PlatformFailure) -> [UInt8] { Array(bytes[range]) }
    }
}
