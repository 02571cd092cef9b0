internal import Foundation

/// Where the emulated networks keep bytes: parts of uploads, and pictures that the page shows.
///
/// Files, so that memory stays small and a saved world stays short: below the state's folder, else in a temporary one
/// that ends with the sandbox.
final class Shelf: Sendable {
    private let folder: String
    private let isTemporary: Bool

    init(state: String?) {
        isTemporary = state == nil
        folder =
            state.map { $0 + "/media" }
            ?? FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID().uuidString)").path
    }

    deinit {
        if isTemporary { try? FileManager.default.removeItem(atPath: folder) }
    }

    /// Keeps bytes under a name of letters, digits, `-` and `.`; replaces what was there.
    func put(_ bytes: [UInt8], as name: String) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        } catch {
            FileHandle.standardError.write(Data("sandbox: \(name) was not kept: \(error)\n".utf8))
        }
    }

    func bytes(_ name: String) -> [UInt8]? {
        (try? Data(contentsOf: URL(fileURLWithPath: path(name)))).map { Array($0) }
    }

    /// Several files one behind the other; missing ones are empty.
    func joined(_ names: [String]) -> ByteSource {
        let paths = names.map(path)
        var pieces: [Piece] = []
        var start = 0
        for path in paths {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
            pieces.append(Piece(path: path, range: start..<start + size))
            start += size
        }
        return ByteSource(count: start) { [pieces] wanted in
            pieces.flatMap { piece -> [UInt8] in
                let common = piece.range.clamped(to: wanted)
                return common.isEmpty ? [] : Self.read(piece, common)
            }
        }
    }

    func remove(_ names: [String]) {
        for name in names { try? FileManager.default.removeItem(atPath: path(name)) }
    }

    func removeAll() { try? FileManager.default.removeItem(atPath: folder) }

    private struct Piece: Sendable {
        let path: String
        let range: Range<Int>
    }

    private static func read(_ piece: Piece, _ range: Range<Int>) -> [UInt8] {
        guard let file = FileHandle(forReadingAtPath: piece.path) else { return [] }
        defer { try? file.close() }
        guard (try? file.seek(toOffset: UInt64(range.lowerBound - piece.range.lowerBound))) != nil,
            let data = try? file.read(upToCount: range.count)
        else { return [] }
        return Array(data)
    }

    private func path(_ name: String) -> String { folder + "/" + name }
}
