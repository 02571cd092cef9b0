import CGit2

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The owner of one open index.
final class Index {
    let raw: OpaquePointer
    private let workingDirectory: String
    private let isSparse: Bool
    /// Paths whose files were read for this index; their times are younger than the old one and still right.
    private var fresh: Set<String> = []

    init(owning raw: OpaquePointer, workingDirectory: String, isSparse: Bool) {
        self.raw = raw
        self.workingDirectory = workingDirectory
        self.isSparse = isSparse
    }

    deinit { git_index_free(raw) }

    /// Makes the entry of a path that of a commit (nil: none); `present` gives the blob name of the working file.
    /// Returns whether anything had to be changed; the times of an entry that is right are git's to refresh.
    func set(
        _ path: String, to wanted: TreeEntry?, present: () throws(GitError) -> ObjectID?
    ) throws(GitError) -> Bool {
        let old = git_index_get_bypath(raw, path, 0)?.pointee
        guard let wanted, let mode = wanted.mode else { return try remove(path) }
        if let old, ObjectID(old.id) == wanted.id, old.mode == mode { return false }
        var entry = git_index_entry()
        entry.id = wanted.id.raw
        entry.mode = mode
        // Sparse checkouts mark files that are not in the working directory; the mark is not ours to take away.
        entry.flags_extended = old?.flags_extended ?? 0
        entry.flags = (old?.flags ?? 0) & assumeValid
        if old == nil, isLeftOut(path) {
            entry.flags |= UInt16(GIT_INDEX_ENTRY_EXTENDED.rawValue)
            entry.flags_extended |= UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue)
        }
        // Only a file that was seen to hold the blob may be remembered by its times; else git must read it again.
        // The times are taken before the file is read, so that a change in between makes them wrong, not the content.
        let status = FileStatus(workingDirectory + "/" + path)
        if try present() == wanted.id, let status, status.isRegular {
            entry.remember(status)
            fresh.insert(path)
        }
        let code = path.withCString { name in
            entry.path = name
            return git_index_add(raw, &entry)
        }
        try check(code, "put \(path) into the index")
        return true
    }

    /// Whether a sparse checkout leaves out the folder of a path.
    private func isLeftOut(_ path: String) -> Bool {
        guard isSparse, let slash = path.lastIndex(of: "/") else { return false }
        return FileStatus(workingDirectory + "/" + path[..<slash]) == nil
    }

    private func remove(_ path: String) throws(GitError) -> Bool {
        var position = 0
        guard git_index_find(&position, raw, path) == 0 else { return false }
        for stage: Int32 in 0...3 where git_index_get_bypath(raw, path, stage) != nil {
            try check(git_index_remove(raw, path, stage), "take \(path) out of the index")
        }
        return true
    }

    /// A file changed in the moment in which the old index was written has the times that the index remembers. git sees
    /// that by the age of the index itself, which rewriting it would hide; so such entries lose their size, and git
    /// reads the file again. git compares whole seconds, hence the test by lstat for all of that second.
    func distrustEntries(notOlderThan written: Moment) {
        for position in 0..<git_index_entrycount(raw) {
            guard let entry = git_index_get_byindex(raw, position) else { continue }
            let modified = Moment(entry.pointee.mtime)
            guard modified.seconds >= written.seconds, entry.pointee.file_size > 0 else { continue }
            let path = String(cString: entry.pointee.path)
            if fresh.contains(path) { continue }
            if modified < written, let status = FileStatus(workingDirectory + "/" + path),
                entry.pointee.remembers(status)
            {
                continue
            }
            UnsafeMutablePointer(mutating: entry).pointee.file_size = 0
        }
    }
}

/// The bit of `git update-index --assume-unchanged`.
private let assumeValid: UInt16 = 0x8000

extension TreeEntry {
    fileprivate var mode: UInt32? {
        switch kind {
        case .file: GIT_FILEMODE_BLOB.rawValue
        case .executable: GIT_FILEMODE_BLOB_EXECUTABLE.rawValue
        case .symbolicLink: GIT_FILEMODE_LINK.rawValue
        case .submodule: GIT_FILEMODE_COMMIT.rawValue
        case .folder: nil
        }
    }
}

extension Moment {
    fileprivate init(_ time: git_index_time) {
        self.init(seconds: time.seconds, nanoseconds: time.nanoseconds)
    }
}

extension git_index_entry {
    fileprivate mutating func remember(_ status: FileStatus) {
        mtime = git_index_time(seconds: status.modified.seconds, nanoseconds: status.modified.nanoseconds)
        ctime = git_index_time(seconds: status.changed.seconds, nanoseconds: status.changed.nanoseconds)
        dev = UInt32(truncatingIfNeeded: status.raw.st_dev)
        ino = UInt32(truncatingIfNeeded: status.raw.st_ino)
        uid = status.raw.st_uid
        gid = status.raw.st_gid
        file_size = UInt32(truncatingIfNeeded: status.raw.st_size)
    }

    fileprivate func remembers(_ status: FileStatus) -> Bool {
        var other = git_index_entry()
        other.remember(status)
        return Moment(mtime) == Moment(other.mtime) && Moment(ctime) == Moment(other.ctime) && ino == other.ino
            && file_size == other.file_size
    }
}
