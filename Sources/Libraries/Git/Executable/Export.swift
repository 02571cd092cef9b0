#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension GitExecutable {
    /// Puts the files of a commit into an empty folder, with the filters of git applied (line ends, LFS…) and all of
    /// a sparse checkout. HEAD, index and working tree stay as they are. A partial clone fetches what it lacks.
    /// - Parameter folder: absolute; exists and is empty.
    package func export(_ commit: ObjectID, to folder: String) async throws(RemoteError) {
        let doing = "exporting \(commit.hex.prefix(10))"
        let scratch = try makeScratchFolder(doing)
        defer {
            for name in ["index", "index.lock"] { unlink("\(scratch)/\(name)") }
            rmdir(scratch)
        }
        var command = GitCommand([
            "--work-tree=\(folder)", "read-tree", "-m", "-u", "--no-sparse-checkout", "--no-recurse-submodules",
            commit.hex,
        ])
        command.variables = ["GIT_INDEX_FILE": scratch + "/index"]
        // An index of its own must not leave anything beside the real one, nor wake what watches the real one.
        command.settings = [
            ("core.splitIndex", "false"), ("core.fsmonitor", "false"), ("core.untrackedCache", "false"),
            ("core.hooksPath", "/dev/null"),
        ]
        let ending = try await run(command)
        guard ending.succeeded else { throw ending.failure(while: doing) }
    }

    private func makeScratchFolder(_ doing: String) throws(RemoteError) -> String {
        let parent = environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var template = Array("\(parent)/socials-pipeline-XXXXXX".utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { mkdtemp($0) != nil } ?? false
        }
        guard isMade else { throw .failed("\(doing): no folder can be made in \(parent)") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
