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

enum MediaFixtures {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/media")

    static func rows() throws -> [MediaRow] {
        try JSONDecoder().decode([MediaRow].self, from: Data(contentsOf: folder.appending(path: "files.json")))
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
