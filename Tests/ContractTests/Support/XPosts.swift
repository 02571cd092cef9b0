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
        let media = XPostsMedia(table: try folder.media())
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
}

/// What `media.json` says of the posts' files, and their bytes where a post is published.
struct XPostsMedia: MediaSource {
    let table: JSON

    func file(_ reference: MediaReference) -> MediaFile? {
        table[reference.path].flatMap(MediaInfo.init(row:)).map {
            MediaFile(reference: reference, info: $0, digest: "sha256:\(reference.path)")
        }
    }

    func open(_ file: MediaFile) async throws(PlatformFailure) -> any OpenMedia {
        let row = table[file.path]
        guard let path = row?["file"]?.string,
            let data = try? Data(contentsOf: NetworkFolder.fixtures.appending(path: path))
        else {
            throw PlatformFailure(.permanent, code: "test.no-media", "there are no bytes of \(file.path)")
        }
        var bytes = Array(data)
        if let count = row?["fill"]?.integer {
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } + Array("free".utf8)
            bytes += [UInt8](repeating: 0, count: count - 8)
        }
        return HeldMedia(bytes: bytes, contentType: file.info.contentType)
    }

    func publicURL(of file: MediaFile) async throws(PlatformFailure) -> String {
        throw PlatformFailure(.permanent, code: "test.no-host", "X downloads nothing")
    }
}
