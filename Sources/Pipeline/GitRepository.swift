package import Git
package import Posts

/// The content repository, owned by one actor because libgit2's handle belongs to one place at a time.
package actor GitRepository {
    private let repository: Repository
    package nonisolated let root: String
    package nonisolated let commonDirectory: String
    private nonisolated let gitDirectory: String

    /// For what only the git executable can do: remotes, and blobs that a partial clone has not fetched.
    package nonisolated let git: any GitCommands

    package init(at folder: String, in environment: Environment) throws(Refusal) {
        do {
            // As git does by default: the journal is what must survive a power cut, see `JournalFile.trim`.
            try setDurable(false)
            repository = try Repository.open(at: folder, environment: environment.variables)
            try repository.gatherObjects()
        } catch {
            throw Refusal(.configuration, error.message, hint: error.hint)
        }
        guard let root = repository.workingDirectory else {
            throw Refusal(.configuration, "\(folder) is a bare repository", hint: "use a clone with files")
        }
        self.root = root
        git = environment.git(root)
        commonDirectory = repository.commonDirectory
        gitDirectory = repository.gitDirectory
    }

    package var head: Head { get throws(GitError) { try repository.head } }
    package var remotes: [String] { get throws(GitError) { try repository.remotes } }
    package var state: State { repository.state }

    package func reference(_ name: String) throws(GitError) -> ObjectID? { try repository.reference(named: name) }

    package func compareAndSwap(
        _ name: String, to new: ObjectID, expecting old: ObjectID?, log: String
    ) throws(GitError) -> Bool {
        try repository.compareAndSwap(reference: name, to: new, expecting: old, log: log)
    }

    package func writeBlob(_ bytes: [UInt8]) throws(GitError) -> ObjectID { try repository.writeBlob(bytes) }

    /// Files of a commit's flat tree with a name of that ending.
    package func files(of commit: ObjectID, ending: String) async throws -> [(String, ObjectID, [UInt8])] {
        var files: [(String, ObjectID, [UInt8])] = []
        for entry in try repository.listTree(repository.tree(of: commit)) where entry.name.hasSuffix(ending) {
            files.append((entry.name, entry.id, try await read(entry.id)))
        }
        return files
    }

    /// A commit without parent over a flat tree.
    package func writeCommit(
        flatTree: [String: ObjectID], author: Author, message: String
    ) throws(GitError) -> ObjectID {
        try repository.createCommit(
            tree: repository.writeFlatTree(flatTree), parents: [], author: author, message: message)
    }

    /// The blob at a path of a commit; nil if there is none.
    package func blob(at path: String, in commit: ObjectID) throws(GitError) -> ObjectID? {
        try repository.entry(at: path, in: commit)?.id
    }

    package func read(_ blob: ObjectID) async throws -> [UInt8] {
        do { return try repository.readBlob(blob) } catch {
            guard error.code == .notFound else { throw error }
            return try await git.readBlob(blob, limit: 64 << 20)
        }
    }

    package func has(_ object: ObjectID) throws(GitError) -> Bool { try repository.has(object) }

    package func setting(_ key: String) throws(GitError) -> String? { try repository.config(key) }
    package func remoteURL(_ name: String) throws(GitError) -> String? { try repository.remoteURL(name) }
    package func remotePushURL(_ name: String) throws(GitError) -> String? { try repository.remotePushURL(name) }
    package func isAncestor(_ older: ObjectID, of newer: ObjectID) throws(GitError) -> Bool? {
        try repository.isAncestor(older, of: newer)
    }
    package func commits(in newer: ObjectID, notIn older: ObjectID?) throws(GitError) -> [Commit]? {
        try repository.commits(in: newer, notIn: older)
    }
    package func commit(named revision: String) throws(GitError) -> ObjectID? {
        try repository.commit(named: revision)
    }
    package func mergeBase(of one: ObjectID, and other: ObjectID) throws(GitError) -> ObjectID? {
        try repository.mergeBase(of: one, and: other)
    }
    package func changes(from old: ObjectID?, to new: ObjectID) throws(GitError) -> [TreeChange] {
        try repository.changes(from: old, to: new)
    }
    package func delete(_ reference: String) throws(GitError) { try repository.delete(reference: reference) }

    /// The blob id that `git add` would give these bytes at that path, filters included.
    package func blobID(of bytes: [UInt8], at path: String) throws(GitError) -> ObjectID {
        try repository.blobID(of: bytes, at: path)
    }

    package func isIgnored(_ path: String) throws(GitError) -> Bool { try repository.isIgnored(path) }

    package func lastChange(of path: String, from commit: ObjectID) throws(GitError) -> LastChange {
        try repository.lastChange(of: path, from: commit)
    }

    package func removeAbandonedIndexLock() throws(GitError) -> Bool { try repository.removeAbandonedIndexLock() }

    /// git's name of a linked worktree; nil in the main one.
    nonisolated var worktree: String? {
        gitDirectory == commonDirectory ? nil : gitDirectory.split(separator: "/").last.map(String.init)
    }

    /// Where git locks a reference.
    nonisolated func lockFile(of reference: String) -> String {
        (reference == Self.detachedHead ? gitDirectory : commonDirectory) + "/" + reference + ".lock"
    }

    /// What a commit moves.
    var branchReference: String { get throws(GitError) { Self.reference(of: try repository.head) } }

    private static let detachedHead = "HEAD"

    private static func reference(of head: Head) -> String {
        switch head {
        case .branch(let name, _), .unborn(let name): name
        case .detached: detachedHead
        }
    }

    /// A commit of these files on top of another one; no reference is moved.
    package func makeCommit(
        _ files: [String: [UInt8]], on parent: ObjectID?, author: Author, message: String
    ) throws(GitError) -> ObjectID {
        var changes: [String: PathChange] = [:]
        for (path, bytes) in files { changes[path] = .blob(try repository.writeBlob(bytes)) }
        let base: ObjectID? = if let parent { try repository.tree(of: parent) } else { nil }
        let tree = try repository.writeTree(updating: base, changes: changes)
        return try repository.createCommit(
            tree: tree, parents: parent.map { [$0] } ?? [], author: author, message: message)
    }

    /// Moves the checked-out branch and nothing else; false: it moved meanwhile.
    package func moveBranch(_ head: Head, to commit: ObjectID) throws(GitError) -> Bool {
        try repository.compareAndSwap(
            reference: Self.reference(of: head), to: commit, expecting: head.commit, log: "socials-pipeline sync")
    }

    /// Mends the index for sidecars whose commit was made by a run that died before it got there.
    package func refreshIndex(_ paths: [String]) async throws -> IndexRefresh {
        let refresh = try repository.refreshIndex(paths: paths)
        guard case .unsupported = refresh else { return refresh }
        return try await refreshByGit(paths, to: repository.head.commit)
    }

    /// Takes the entries of a commit into the index where the working file holds the very same bytes.
    package func adoptIntoIndex(_ paths: [String], from commit: ObjectID) async throws -> IndexRefresh {
        let refresh = try repository.adoptIntoIndex(paths: paths, from: commit)
        guard case .unsupported = refresh else { return refresh }
        let same = try paths.filter { path in
            let wanted = try repository.entry(at: path, in: commit)?.id
            return try wanted != nil && repository.hashFile(path) == wanted
        }
        return try await refreshByGit(same, to: commit)
    }

    /// git reads a split or a sparse index.
    private func refreshByGit(_ paths: [String], to commit: ObjectID?) async throws -> IndexRefresh {
        var entries: [String: TreeEntry?] = [:]
        for path in paths {
            let entry: TreeEntry? = if let commit { try repository.entry(at: path, in: commit) } else { nil }
            entries[path] = .some(entry)
        }
        return try await git.updateIndex(entries)
    }

    package var indexReading: IndexReading { repository.indexReading }
    nonisolated var indexPath: String { gitDirectory + "/index" }

    package var isShallow: Bool { repository.isShallow }

    /// Seconds since 1970.
    package func time(of commit: ObjectID) throws(GitError) -> Int64 { try repository.commit(commit).time }

    /// Whether the folder of a path is in the working tree; a sparse checkout leaves folders out.
    nonisolated func hasFolder(of path: String) -> Bool {
        guard let slash = path.lastIndex(of: "/") else { return true }
        return Files.exists(root + "/" + path[..<slash])
    }
}
