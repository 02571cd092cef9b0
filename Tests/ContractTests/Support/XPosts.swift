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
        let media: FolderMedia
    }

    static let folder = NetworkFolder(.x)

    /// A post for its one account, as `check` reads it.
    static func read(_ name: String) throws -> Read {
        let zones = TimeZones { _ in nil }
        let yaml = try folder.bytes("socials.yml")
        let (configuration, problems) = Configuration.read(yaml, zones: zones)
        let reader = PostReader(configuration: try #require(configuration, "\(problems.map(\.line))"), zones: zones)
        let path = "posts/\(name.split(separator: "/").last ?? "").md"
        let bytes = try folder.bytes(name + ".md")
        let reading = reader.read(bytes, path: path)
        guard case .post(let post) = reading else { throw NotAPost() }
        let media = FolderMedia(table: try folder.media())
        let target = try #require(post.targets.first)
        let account = try #require(configuration?.accounts[target.account])
        let (content, told) = reader.content(of: bytes, path: path, for: account) { media.file($0) }
        let composition = content.map(XPlatform.compose) ?? Composition(steps: [])
        return Read(
            account: account, composition: composition,
            diagnostics: Set(post.diagnostics + told + composition.diagnostics).sorted(), media: media)
    }

    struct NotAPost: Error {}
}
