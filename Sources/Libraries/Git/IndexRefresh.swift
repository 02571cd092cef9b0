import CGit2

/// What became of the index.
package enum IndexRefresh: Equatable, Sendable {
    case refreshed
    /// It said the right thing already.
    case unchanged
    /// Somebody holds `index.lock`; the next run repairs the index.
    case locked
    /// libgit2 cannot read it, or there is none to refresh; the text names the setting.
    case unsupported(String)
}

/// Whether the index can be read here.
package enum IndexReading: Equatable, Sendable {
    case readable
    /// A setting that libgit2 does not know makes it so; the text names it.
    case onlyByGit(String)
    case broken(String)
}

extension Repository {
    package var indexReading: IndexReading {
        var index: OpaquePointer?
        defer { git_index_free(index) }
        guard git_repository_index(&index, raw) != 0 || git_index_read(index, 1) != 0 else { return .readable }
        let reason = unreadableIndex()
        return reason.hasPrefix("the index is ") ? .onlyByGit(reason) : .broken(reason)
    }

    /// Takes the entries of a commit into the index where the working file holds the very same bytes.
    package func adoptIntoIndex(paths: [String], from commit: ObjectID) throws(GitError) -> IndexRefresh {
        var same: [String] = []
        for path in paths {
            guard let wanted = try entry(at: path, in: commit), try hashFile(path) == wanted.id else { continue }
            same.append(path)
        }
        return same.isEmpty ? .unchanged : try setIndex(paths: same, to: commit)
    }

    /// Makes the index agree with `HEAD` at these paths and nowhere else, after a commit that was built from objects.
    ///
    /// Read and written once for all paths, under `index.lock`, which git respects; staged and unstaged work on other
    /// paths stays. May be repeated. Without this step git would show each path as deleted and untracked.
    package func refreshIndex(paths: [String]) throws(GitError) -> IndexRefresh {
        try setIndex(paths: paths, to: try head.commit)
    }

    private func setIndex(paths: [String], to commit: ObjectID?) throws(GitError) -> IndexRefresh {
        guard let workingDirectory else { return .unsupported("a bare repository has no index") }
        var buffer = git_buf()
        try check(git_repository_item_path(&buffer, raw, GIT_REPOSITORY_ITEM_INDEX), "find the index")
        let path = String(cString: buffer.ptr)
        git_buf_dispose(&buffer)

        guard let lock = try IndexLock.take(for: path) else { return .locked }
        defer { lock.release() }
        let written = FileStatus(path)?.modified
        // libgit2 would read first and lock later, and lose what was staged between; so it works on a copy.
        guard writeFile(lock.copy, written == nil ? [] : readFile(path) ?? [], exclusive: false) else {
            throw GitError(.other(-1), "cannot write \(lock.copy)")
        }
        if written == nil { lock.discardCopy() }
        var opened: OpaquePointer?
        guard git_index_open(&opened, lock.copy) == 0, let opened else { return .unsupported(unreadableIndex()) }
        let index = Index(
            owning: opened, workingDirectory: workingDirectory,
            // The setting may lie in config.worktree, which libgit2 does not read; the patterns lie here.
            isSparse: FileStatus(gitDirectory + "/info/sparse-checkout") != nil)

        var isChanged = false
        for path in Set(paths) {
            let wanted: TreeEntry? = if let commit { try entry(at: path, in: commit) } else { nil }
            if try index.set(path, to: wanted, present: { () throws(GitError) in try blob(of: path, likely: wanted) }) {
                isChanged = true
            }
        }
        guard isChanged else { return .unchanged }
        if let written { index.distrustEntries(notOlderThan: written) }
        try check(git_index_write(index.raw), "write the index")
        try lock.replaceIndex()
        return .refreshed
    }

    /// Removes an `index.lock` that a process of this program left when it died; git's own locks are never touched.
    /// Call it only while holding the lock of the run on this machine. Returns whether one was removed.
    package func removeAbandonedIndexLock() throws(GitError) -> Bool {
        var buffer = git_buf()
        try check(git_repository_item_path(&buffer, raw, GIT_REPOSITORY_ITEM_INDEX), "find the index")
        defer { git_buf_dispose(&buffer) }
        return IndexLock.removeAbandoned(for: String(cString: buffer.ptr))
    }

    /// The blob name of a working file. One that holds a blob's very bytes is that blob: asking which filters apply to
    /// it looks for attributes in every folder on the way.
    private func blob(of path: String, likely: TreeEntry?) throws(GitError) -> ObjectID? {
        if let likely, let workingDirectory, let bytes = readFile(workingDirectory + "/" + path),
            Repository.blobID(of: bytes) == likely.id
        {
            return likely.id
        }
        return try hashFile(path)
    }
}
