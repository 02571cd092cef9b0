import Foundation

/// Tables under `Tests/Fixtures/specs`, found from this file's own place.
enum Tables {
    static func load<T: Decodable>(_ path: String, as type: T.Type) throws -> T {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Fixtures/specs")
        return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appendingPathComponent(path)))
    }
}
