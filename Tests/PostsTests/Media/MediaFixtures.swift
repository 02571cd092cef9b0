import Foundation
import Posts

/// One file under Fixtures/media and what Pillow or FFmpeg say of it.
struct MediaRow: Decodable, Sendable {
    let name: String
    let format: String
    let width: Int
    let height: Int
    let frames: Int
    let hasAlpha: Bool
    let milliseconds: Int64?
}

/// One file under Fixtures/media and what the tools named in its ORIGIN.md say of it, beyond `MediaRow`.
struct DescribedRow: Decodable, Sendable {
    let name: String
    let format: String
    let width: Int
    let height: Int
    let hasAlpha: Bool?
    let videoCodec: String?
    let audioCodec: String?
    let framesPerSecond: Double?
    let pageCount: Int?
    let hasLocation: Bool?
}

enum MediaFixtures {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/media")

    static func rows() throws -> [MediaRow] {
        try JSONDecoder().decode([MediaRow].self, from: Data(contentsOf: folder.appending(path: "files.json")))
    }

    static func described() throws -> [DescribedRow] {
        try JSONDecoder().decode(
            [DescribedRow].self, from: Data(contentsOf: folder.appending(path: "described.json")))
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }
}

/// nil if the bytes can be read.
func fault(in bytes: [UInt8]) -> MediaReader.Broken? {
    do throws(MediaReader.Broken) {
        _ = try MediaReader.read(bytes)
        return nil
    } catch {
        return error
    }
}
