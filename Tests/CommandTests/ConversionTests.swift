import Foundation
import Glibc
import JSON
import Testing

/// Where programs of this machine lie.
private let vips = FileManager.default.isExecutableFile(atPath: "/usr/bin/vips")

/// A port that nobody listens at.
private func freePort() throws -> UInt16 {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &name) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(listener, $0, size) == 0 && getsockname(listener, $0, &size) == 0
        }
    }
    guard isBound else { throw Trouble("no port: \(errno)") }
    return UInt16(bigEndian: name.sin_port)
}

/// The posts of Fixtures/commands/conversion with the pictures of Fixtures/media: an HEIC file, and one of 1000 × 320
/// that is shown turned, red above and blue below, and tells where its camera was.
@Suite struct `Pictures that a network does not take` {
    private static func open(_ body: @Sendable (Workshop) async throws -> Void) async throws {
        let port = try freePort()
        let settings = try Fixture.text("conversion/socials.yml").replacing("PORT", with: "\(port)")
        try await Workshop.with(
            "conversion", ["socials.yml": settings], host: "files.example.com=http://127.0.0.1:\(port)"
        ) { shop in
            try FileManager.default.createDirectory(at: shop.url("media"), withIntermediateDirectories: true)
            for name in ["plain.heic", "turned-located.jpg"] {
                try FileManager.default.copyItem(
                    at: Fixture.folder.deletingLastPathComponent().appending(path: "media/\(name)"),
                    to: shop.url("media/\(name)"))
            }
            try await body(shop)
        }
    }

    @Test(.enabled(if: vips, "vips is not installed"))
    func `are published as the post says, upright and without a word of the camera`() async throws {
        try await Self.open { shop in
            try await shop.sync()
            let live = Dictionary(uniqueKeysWithValues: try await shop.live().map { ($0.text, $0.sizes) })
            #expect(live["Another format"] == ["64x40"])
            #expect(live["With white beside it"] == ["800x1000"])
            #expect(live["The upper end"] == ["320x400"])
            #expect(live["The lower end"] == ["320x400"])
            // As it lies in the file.
            #expect(live["As it is"] == ["1000x320"])
            let folder = shop.url(".git/socials-pipeline/cache/media")
            var colours: Set<String> = []
            for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
                let text = String(decoding: try Data(contentsOf: file), as: Unicode.ASCII.self)
                #expect(!text.contains("Exif"), "\(file.lastPathComponent)")
                let point = try await Running.run(
                    "/usr/bin/env", ["vips", "getpoint", file.path, "1", "1"], in: shop.root,
                    environment: shop.variables)
                let numbers = point.output.split(separator: " ").compactMap { Double($0.filter(\.isNumber)) }
                guard numbers.count == 3 else { throw Trouble("\(point)") }
                if numbers[0] > 150, numbers[1] < 100 { colours.insert("red") }
                if numbers[2] > 150, numbers[1] < 100 { colours.insert("blue") }
                if numbers.allSatisfy({ $0 > 250 }) { colours.insert("white") }
            }
            #expect(colours == ["red", "blue", "white"])
        }
    }

    @Test func `are refused where nothing can convert them, with the name of what could`() async throws {
        try await Self.open { shop in
            let tools = shop.root.deletingLastPathComponent().appending(path: "tools")
            try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
            let git = try await Running.run(
                "/usr/bin/env", ["which", "git"], in: shop.root, environment: shop.variables)
            try FileManager.default.createSymbolicLink(
                atPath: tools.appending(path: "git").path,
                withDestinationPath: git.output.trimmingCharacters(in: .newlines))
            let ending = try await shop.run("check", with: ["PATH": tools.path])
            #expect(ending.output == (try Fixture.text("expected/conversion.txt")))
            try await shop.sync(with: ["PATH": tools.path], status: 65)
            #expect(try await shop.live().map(\.text) == ["As it is"])
        }
    }

    @Test(.enabled(if: vips, "vips is not installed"))
    func `keep a shape that may only shrink, and are refused for it`() async throws {
        try await Self.open { shop in
            let post = try shop.text("posts/crop.md").replacing("fit: crop", with: "fit: shrink")
            try shop.write(["posts/crop.md": post])
            let ending = try await shop.run("check", "posts/crop.md")
            #expect(ending.status == 65 && ending.output.contains("posts/crop.md:4:16: error: "))
            #expect(ending.output.contains("[media-shape]"))
        }
    }
}
