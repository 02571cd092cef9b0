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
        let media: FolderMedia
    }

    static let folder = NetworkFolder(.linkedin)

    /// A post for each of its accounts, as `check` reads it.
    static func read(_ name: String) throws -> [Read] {
        let zones = TimeZones { _ in nil }
        let yaml = try folder.bytes("socials.yml")
        let (read, problems) = Configuration.read(yaml, zones: zones)
        let configuration = try #require(read, "\(problems.map(\.line))")
        let reader = PostReader(configuration: configuration, zones: zones)
        let path = "posts/\(name.split(separator: "/").last ?? "").md"
        let bytes = try folder.bytes(name + ".md")
        guard case .post(let post) = reader.read(bytes, path: path) else { throw NotAPost() }
        let media = FolderMedia(table: try folder.media())
        return try post.targets.map { target in
            let account = try #require(configuration.accounts[target.account])
            // A front matter with errors is not read further.
            guard !post.isInvalid else {
                return Read(
                    account: account, composition: Composition(steps: []), diagnostics: post.diagnostics, media: media)
            }
            let (content, told) = reader.content(of: bytes, path: path, for: account) { media.file($0) }
            let composition = content.map(LinkedInPlatform.compose) ?? Composition(steps: [])
            return Read(
                account: account, composition: composition,
                diagnostics: (post.diagnostics + told + composition.diagnostics).sorted(), media: media)
        }
    }

    private struct NotAPost: Error {}
}
