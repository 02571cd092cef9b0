import Foundation

/// A folder of small files that plays `https://media.example.com/`, removed at the end.
final class MediaFolder: Sendable {
    let path: String

    init(_ files: [String: [UInt8]] = [:]) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
        for (name, bytes) in files { try Data(bytes).write(to: folder.appendingPathComponent(name)) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
