package import Git
package import Posts

/// The content repository, owned by one actor because libgit2's handle belongs to one place at a time.
package actor GitRepository {
    private let repository: Repository
    package nonisolated let root: String
    package nonisolated let commonDirectory: String
    private nonisolated let gitDirectory: String

    package init(at folder: String, environment: [String: String]) throws(Refusal) {
        do {
            // As git does by default: the journal is what must survive a power cut, see `JournalFile.trim`.
            try setDurable(false)
            repository = try Repository.open(at: folder, environment: environment)
        } catch {
            throw Refusal(.configuration, error.message, hint: error.hint)
        }
        guard let root = repository.workingDirectory else {
            throw Refusal(.configuration, "\(folder) is a bare repository", hint: "use a clone with files")
        }
        self.root = root
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
    package func files(of commit: ObjectID, ending: String) throws(GitError) -> [(String, ObjectID, [UInt8])] {
        var files: [(String, ObjectID, [UInt8])] = []
        for entry in try repository.listTree(repository.tree(of: commit)) where entry.name.hasSuffix(ending) {
            files.append((entry.name, entry.id, try repository.readBlob(entry.id)))
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

    package func read(_ blob: ObjectID) throws(GitError) -> [UInt8] { try repository.readBlob(blob) }

    /// The blob id that `git add` would give these bytes at that path, filters included.
    package func blobID(of bytes: [UInt8], at path: String) throws(GitError) -> ObjectID {
        try repository.blobID(of: bytes, at: path)
    }

    package func isIgnored(_ path: String) throws(GitError) -> Bool { try repository.isIgnored(path) }

    package func lastChange(of path: String, from commit: ObjectID) throws(GitError) -> LastChange {
        try repository.lastChange(of: path, from: commit)
    }

    package func removeAbandonedIndexLock() throws(GitError) -> Bool { try repository.removeAbandonedIndexLock() }

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

    /// Adds files to the branch in one commit and brings the index up to date for these paths alone.
    /// nil: the branch moved meanwhile, nothing was changed.
    package func commit(
        _ files: [String: [UInt8]], on head: Head, author: Author, message: String
    ) throws(GitError) -> (commit: ObjectID, index: IndexRefresh)? {
        var changes: [String: PathChange] = [:]
        for (path, bytes) in files { changes[path] = .blob(try repository.writeBlob(bytes)) }
        let parent = head.commit
        let base: ObjectID? = if let parent { try repository.tree(of: parent) } else { nil }
        let tree = try repository.writeTree(updating: base, changes: changes)
        let commit = try repository.createCommit(
            tree: tree, parents: parent.map { [$0] } ?? [], author: author, message: message)
        let isMoved = try repository.compareAndSwap(
            reference: Self.reference(of: head), to: commit, expecting: parent, log: "socials-pipeline sync")
        guard isMoved else { return nil }
        return (commit, try repository.refreshIndex(paths: Array(files.keys)))
    }

    /// Mends the index for sidecars whose commit was made by a run that died before it got there.
    package func refreshIndex(_ paths: [String]) throws(GitError) -> IndexRefresh {
        try repository.refreshIndex(paths: paths)
    }
}
