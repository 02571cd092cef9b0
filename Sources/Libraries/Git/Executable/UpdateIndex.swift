extension GitExecutable {
    /// Sets entries of the index (nil takes one out), also of a split or sparse one, which libgit2 cannot read.
    /// Their times are left for git to find out.
    package func updateIndex(_ entries: [String: TreeEntry?]) async throws(RemoteError) -> IndexRefresh {
        let words = entries.sorted { $0.key < $1.key }.map { path, entry in
            if let entry {
                ["--cacheinfo", "\(entry.kind.mode),\(entry.id.hex),\(path)"]
            } else {
                ["--force-remove", path]
            }
        }
        // Far below the length that a command may have.
        for start in stride(from: 0, to: words.count, by: 200) {
            var command = GitCommand(
                ["update-index", "--add", "--replace"] + words[start..<min(start + 200, words.count)].joined())
            command.whenCancelled = .finishes
            let ending = try await run(command)
            if ending.succeeded { continue }
            if ending.complaints.first(of: ["index.lock': file exists"]) != nil { return .locked }
            throw ending.failure(while: "bringing the index up to date")
        }
        return .refreshed
    }
}

extension TreeEntry.Kind {
    fileprivate var mode: String {
        switch self {
        case .file: "100644"
        case .executable: "100755"
        case .symbolicLink: "120000"
        case .folder: "040000"
        case .submodule: "160000"
        }
    }
}
