import Glibc
import Pipeline
import Posts
import YAML

/// What cannot be spared, measured beside what is judged: the bytes, and their YAML.
struct Yardsticks {
    let root: String

    /// Walks the folders and reads every post whole, on one thread.
    func readAll() throws -> [[UInt8]] {
        var files: [[UInt8]] = []
        var open = [root + "/posts"]
        while let folder = open.popLast() {
            for name in Folder.names(in: folder) {
                let path = folder + "/" + name
                if name.hasSuffix(".md") {
                    files.append(try Files.read(path))
                } else if !name.hasSuffix(".json") {
                    open.append(path)
                }
            }
        }
        return files
    }

    /// Parses the front matter of files that are in memory, with nothing made of it.
    static func parseAll(_ files: [[UInt8]]) throws {
        for file in files {
            guard case .found(let parts) = file.withUnsafeBufferPointer({ FrontMatter(of: $0) }) else { continue }
            _ = try YAMLDocument(parsing: Array(file[parts.yaml]), firstLine: 2)
        }
    }
}
