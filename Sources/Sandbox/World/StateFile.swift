internal import Foundation

/// Keeps the world between runs: one JSON file in a folder.
struct StateFile: Sendable {
    private let path: String

    init(folder: String) { path = folder + "/sandbox.json" }

    /// The world as last saved; a new one when there is none yet.
    func load() throws -> World {
        guard FileManager.default.fileExists(atPath: path) else { return World() }
        return try JSONDecoder().decode(World.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Replaces the file in one step.
    func save(_ world: World) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(world).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
