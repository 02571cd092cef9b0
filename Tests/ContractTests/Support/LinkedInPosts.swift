import Foundation
import JSON
import Platforms
import Posts
import Testing

/// The folder Fixtures/networks/linkedin.
enum LinkedInPosts {
    /// A post as one of its accounts gets it.
    struct Read: Sendable {
        let account: Account
        let composition: Composition
        let diagnostics: [Diagnostic]
    }

    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures")
    private static let folder = fixtures.appending(path: "networks/linkedin")

    /// The names of the posts, without `.md`, sorted.
    static func names(in part: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: part).path())
            .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    }

    /// A post for each of its accounts, as `check` reads it.
    static func read(_ name: String) throws -> [Read] {
        let zones = TimeZones { _ in nil }
        let yaml = Array(try Data(contentsOf: folder.appending(path: "socials.yml")))
        let (read, problems) = Configuration.read(yaml, zones: zones)
        let configuration = try #require(read, "\(problems.map(\.line))")
        let reader = PostReader(configuration: configuration, zones: zones)
        let path = "posts/\(name.split(separator: "/").last ?? "").md"
        let bytes = Array(try Data(contentsOf: folder.appending(path: name + ".md")))
        guard case .post(let post) = reader.read(bytes, path: path) else { throw NotAPost() }
        let media = try JSON(parsing: Data(contentsOf: folder.appending(path: "media.json")))
        return try post.targets.map { target in
            let account = try #require(configuration.accounts[target.account])
            // A front matter with errors is not read further.
            guard !post.isInvalid else {
                return Read(account: account, composition: Composition(steps: []), diagnostics: post.diagnostics)
            }
            let (content, told) = reader.content(of: bytes, path: path, for: account) { file($0, media) }
            let composition = content.map(LinkedInPlatform.compose) ?? Composition(steps: [])
            return Read(
                account: account, composition: composition,
                diagnostics: (post.diagnostics + told + composition.diagnostics).sorted())
        }
    }

    private struct NotAPost: Error {}

    private static func file(_ reference: MediaReference, _ media: JSON) -> Result<MediaFile, Diagnostic> {
        guard let row = media[reference.path], let format = row["format"]?.string.flatMap(MediaInfo.Format.init) else {
            return .failure(
                Diagnostic(.error, .mediaMissing, at: reference.place, "there is no file “\(reference.path)”"))
        }
        let info = MediaInfo(
            format: format, width: row["width"]?.integer ?? 0, height: row["height"]?.integer ?? 0,
            byteCount: row["bytes"]?.integer ?? 0, frameCount: row["frames"]?.integer ?? 1,
            duration: row["milliseconds"]?.integer.map { .milliseconds($0) })
        return .success(MediaFile(reference: reference, info: info, digest: "sha256:\(reference.path)"))
    }

    /// The bytes of a file of Fixtures.
    static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: fixtures.appending(path: path))) }

    /// Compares with the file beside a post; with `UPDATE=1` in the environment it is written anew, to be read in the diff.
    static func compare(_ lines: [String], with name: String) throws {
        let (file, text) = (folder.appending(path: name), lines.map { $0 + "\n" }.joined())
        if ProcessInfo.processInfo.environment["UPDATE"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(try text == String(contentsOf: file, encoding: .utf8), "differs from \(name)")
    }
}
