import Foundation
import Platforms
import Posts
import Testing

@testable import Pipeline

/// A folder of its own with fixtures, in which one post is composed.
private struct Folder: ~Copyable {
    let path = FileManager.default.temporaryDirectory.appending(path: "fitted-\(UUID().uuidString)")
        .resolvingSymlinksInPath().path

    init(_ names: String...) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/media").path
        for name in names { try FileManager.default.copyItem(atPath: "\(fixtures)/\(name)", toPath: "\(path)/\(name)") }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func compose(
        _ media: String, for account: AccountID,
        host: String = "{kind: server, publicUrl: \"https://m.example\", port: 1}",
        _ converters: MediaConverters = MediaConverters(pictures: true, videos: true)
    ) throws -> Composer.Composed {
        let settings = """
            version: 1
            accounts:
              x/acme: {}
              linkedin/acme: {}
              instagram/acme: {userId: "17841499000417001"}
            mediaHost: \(host)
            """
        let (read, diagnostics) = Configuration.read(Array(settings.utf8), path: "socials.yml", zones: .system)
        let configuration = try #require(read, "\(diagnostics)")
        let composer = Composer(
            root: path, configuration: configuration,
            reader: PostReader(configuration: configuration, zones: .system), converters: converters,
            digests: MediaDigests(settled: .zero))
        let post = "---\nmedia:\n  - \(media)\n---\nHello\n"
        return try #require(composer.compose(Array(post.utf8), path: "posts/a.md", for: account))
    }
}

private func codes(_ composed: Composer.Composed) -> [String] {
    composed.diagnostics.filter { $0.code != .altMissing }.map { "\($0.severity.rawValue) \($0.code.rawValue)" }
}

@Suite struct `A picture that a network does not take` {
    private let shop = AccountID(.instagram, "acme")
    private let page = AccountID(.linkedin, "acme")

    @Test func `is converted, and is another post than the picture as it is`() throws {
        let folder = try Folder("plain.heic", "baseline.jpg")
        let composed = try folder.compose("plain.heic", for: page)
        #expect(codes(composed).isEmpty)
        let file = try #require(composed.steps.first?.media.first)
        #expect(file.info.format == .jpeg && file.rendition?.original.format == .heic)
        #expect(file.identity == "\(file.digest) jpeg 64x40 on 64x40 at 0,0")
    }

    @Test func `is refused without a converter, and the note names one`() throws {
        let composed = try Folder("plain.heic").compose("plain.heic", for: page, .none)
        #expect(codes(composed) == ["note media-converter", "error media-format"])
    }

    @Test func `keeps its shape unless the post says how it may change`() throws {
        // 320 × 1000: too upright for Instagram.
        let folder = try Folder("upright.jpg")
        #expect(codes(try folder.compose("upright.jpg", for: shop)) == ["note media-shape", "error media-shape"])
        let padded = try folder.compose("{path: upright.jpg, fit: pad}", for: shop)
        #expect(codes(padded).isEmpty)
        #expect(padded.steps.first?.media.first?.rendition?.recipe == "jpeg 320x1000 on 800x1000 at 240,0")
        let cropped = try folder.compose("{path: upright.jpg, fit: crop, focus: [0, 1]}", for: shop)
        #expect(cropped.steps.first?.media.first?.rendition?.recipe == "jpeg 320x1000 on 320x400 at 0,0")
    }

    @Test func `is refused where somebody else serves the files as they are`() throws {
        let host = "{kind: static, baseUrl: \"https://m.example\"}"
        let folder = try Folder("upright.jpg")
        let composed = try folder.compose("{path: upright.jpg, fit: pad}", for: shop, host: host)
        #expect(codes(composed) == ["error media-host"])
    }

    @Test func `is told where its camera was, unless it is converted`() throws {
        let folder = try Folder("located.jpg", "upright.jpg", "upright-located.jpg")
        #expect(codes(try folder.compose("located.jpg", for: page)) == ["warning media-location"])
        #expect(codes(try folder.compose("{path: upright-located.jpg, fit: pad}", for: shop)).isEmpty)
    }
}
