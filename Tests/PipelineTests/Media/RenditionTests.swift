import Foundation
import Posts
import Testing

@testable import Pipeline

private let installed = ConverterPrograms(searching: ProcessInfo.processInfo.environment["PATH"] ?? "")
private let imageMagick = ["magick", "convert"]
    .first { FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)") }
private let hasVips = if case .vips = installed.pictures { true } else { false }
/// Something else on the path may be called `convert`.
private let pictures = hasVips ? installed.pictures : imageMagick.map(ConverterPrograms.Pictures.imageMagick)

private func programs(_ pictures: ConverterPrograms.Pictures?) -> ConverterPrograms {
    var programs = ConverterPrograms()
    (programs.pictures, programs.ffmpeg) = (pictures, installed.ffmpeg)
    return programs
}

/// A folder for results, and the fixtures as the working tree.
private final class Kitchen: Sendable {
    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/media").path
    let folder = FileManager.default.temporaryDirectory.appending(path: "renditions-\(UUID().uuidString)").path

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func renditions(_ programs: ConverterPrograms) -> Renditions {
        Renditions(
            root: Self.fixtures, folder: folder, programs: programs, digests: MediaDigests(settled: .zero))
    }

    func file(
        _ name: String, as format: MediaInfo.Format = .jpeg, scaled: Rendition.Size, canvas: Rendition.Size,
        left: Int = 0, top: Int = 0, mostBytes: Int = 1 << 20
    ) throws -> MediaFile {
        let bytes = Array(try Data(contentsOf: URL(filePath: Self.fixtures + "/" + name)))
        let info = try MediaReader.read(bytes)
        let place = Diagnostic.Place(path: "a.md")
        return MediaFile(reference: MediaReference(path: name, place: place), info: info, digest: sha256(bytes))
            .changed(
                by: Rendition(
                    of: info, as: format, scaled: scaled, canvas: canvas, left: left, top: top, mostBytes: mostBytes))
    }

    /// Each kind of change, and what is made of it.
    func make(with programs: ConverterPrograms) async throws {
        let renditions = renditions(programs)
        let size = Rendition.Size(20, 32)
        let cases = [
            try file("orientation-6.jpg", scaled: size, canvas: size),
            try file("located.jpg", scaled: .init(16, 10), canvas: .init(16, 10)),
            try file("rgba.png", scaled: .init(32, 20), canvas: .init(32, 40), top: 10),
            try file("lossy-alpha.webp", scaled: .init(32, 20), canvas: .init(20, 20), left: -6),
            try file("cmyk.jpg", scaled: .init(32, 20), canvas: .init(32, 20)),
            try file("gray-alpha.png", scaled: .init(32, 20), canvas: .init(32, 20)),
            try file("turned.heic", scaled: .init(40, 64), canvas: .init(40, 64)),
        ]
        for file in cases {
            let made = try await renditions.settled(file)
            #expect(made.info.format == .jpeg && !made.info.hasLocation, "\(file.path)")
            #expect(made.info.width == file.info.width && made.info.height == file.info.height, "\(file.path)")
            #expect(made.rendition == nil && made.digest != file.digest, "\(file.path)")
            let bytes = Array(try Data(contentsOf: URL(filePath: try #require(made.stored))))
            #expect(made.digest == sha256(bytes) && made.info.byteCount == bytes.count, "\(file.path)")
            let text = String(decoding: bytes, as: Unicode.ASCII.self)
            #expect(!text.contains("Exif") && !text.contains("GPSLatitude"), "\(file.path)")
            // A second time nothing is made.
            #expect(try await renditions.settled(file) == made)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == cases.count)
    }
}

@Suite struct `A rendition` {
    @Test(.enabled(if: hasVips, "vips is not installed"))
    func `by vips has the format, size and shape that were asked for, and nothing of the camera`() async throws {
        try await Kitchen().make(with: programs(installed.pictures))
    }

    @Test(.enabled(if: imageMagick != nil, "ImageMagick is not installed"))
    func `by ImageMagick has the format, size and shape that were asked for, and nothing of the camera`()
        async throws
    {
        try await Kitchen().make(with: programs(.imageMagick(try #require(imageMagick))))
    }

    @Test(.enabled(if: installed.ffmpeg != nil, "ffmpeg is not installed"))
    func `by ffmpeg is H.264 and AAC, and tells no place`() async throws {
        let kitchen = Kitchen()
        for name in ["located.mov", "sound.mp4"] {
            let file = try kitchen.file(name, as: .mp4, scaled: .init(64, 48), canvas: .init(64, 80), top: 16)
            let made = try await kitchen.renditions(installed).settled(file)
            #expect(made.info.format == .mp4 && made.info.videoCodec == "avc1" && !made.info.hasLocation)
            #expect(made.info.audioCodec == (name == "sound.mp4" ? "mp4a" : nil))
            #expect(made.info.width == 64 && made.info.height == 80)
            // Instagram refuses films with an edit list.
            let bytes = try Data(contentsOf: URL(filePath: try #require(made.stored)))
            #expect(bytes.firstRange(of: Data("elst".utf8)) == nil)
        }
    }

    @Test(.enabled(if: pictures != nil, "neither vips nor ImageMagick is installed"))
    func `that has too many bytes whatever its quality is refused`() async throws {
        let kitchen = Kitchen()
        let file = try kitchen.file("rgba.png", scaled: .init(32, 20), canvas: .init(32, 20), mostBytes: 100)
        await #expect { try await kitchen.renditions(programs(pictures)).settled(file) } throws: {
            ($0 as? PlatformFailure)?.code == "media-too-large"
        }
    }

    @Test(.enabled(if: pictures != nil, "neither vips nor ImageMagick is installed"))
    func `of a file that only begins like a picture fails for good, with the program's words`() async throws {
        let kitchen = Kitchen()
        try FileManager.default.createDirectory(atPath: kitchen.folder, withIntermediateDirectories: true)
        var bytes = Array(try Data(contentsOf: URL(filePath: Kitchen.fixtures + "/rgb.png")))
        for place in 60..<bytes.count - 20 { bytes[place] ^= 0x5A }
        let path = kitchen.folder + "/broken.png"
        try Data(bytes).write(to: URL(filePath: path))
        var file = try kitchen.file("rgb.png", scaled: .init(32, 20), canvas: .init(32, 20))
        (file.digest, file.stored) = (sha256(bytes), path)
        await #expect { try await kitchen.renditions(programs(pictures)).settled(file) } throws: {
            guard let failure = $0 as? PlatformFailure else { return false }
            return failure.code == "media-converter"
        }
    }

    @Test func `without its program is tried again later`() async throws {
        let kitchen = Kitchen()
        let file = try kitchen.file("rgba.png", scaled: .init(32, 20), canvas: .init(32, 20))
        await #expect { try await kitchen.renditions(ConverterPrograms()).settled(file) } throws: {
            ($0 as? PlatformFailure)?.kind == .retryable
        }
    }

    @Test func `of a file that changed since it was composed is not made`() async throws {
        let kitchen = Kitchen()
        var file = try kitchen.file("rgba.png", scaled: .init(32, 20), canvas: .init(32, 20))
        file.digest = sha256([1])
        await #expect { try await kitchen.renditions(installed).settled(file) } throws: {
            ($0 as? PlatformFailure)?.code == "media-changed"
        }
    }
}
