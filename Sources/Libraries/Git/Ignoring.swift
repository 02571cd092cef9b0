import CGit2

extension Repository {
    /// Whether git leaves a path out: a rule ignores it and it is not tracked. The path is relative to the working directory.
    package func isIgnored(_ path: String) throws(GitError) -> Bool {
        var ignored: Int32 = 0
        try check(git_ignore_path_is_ignored(&ignored, raw, path), "read the ignore rules for \(path)")
        guard ignored == 1 else { return false }
        // HEAD first: a tree is cheaper to read than the index.
        if let commit = try head.commit, try entry(at: path, in: commit) != nil { return false }
        var index: OpaquePointer?
        // An index that libgit2 cannot read (split, sparse) leaves HEAD as the only witness.
        guard git_repository_index(&index, raw) == 0 else { return true }
        defer { git_index_free(index) }
        guard git_index_read(index, 0) == 0 else { return true }
        return git_index_get_bypath(index, path, 0) == nil
    }
}
