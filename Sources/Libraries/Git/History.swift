/// The newest commit that changed a file.
package enum LastChange: Equatable, Sendable {
    /// The time is the committer's, in seconds since 1970.
    case commit(ObjectID, time: Int64)
    /// History ends here, in a shallow clone, and the file is unchanged up to this commit: the change is older.
    case beyondShallowBoundary(ObjectID)
    /// The commit asked about does not hold the file.
    case absent
}

/// One path that differs between two commits; nil stands for "not there".
package struct TreeChange: Equatable, Sendable {
    package let path: String
    package let old: TreeEntry?
    package let new: TreeEntry?
}

extension Repository {
    /// Finds the commit that gave a file its present content: the first, going back, that differs from all its parents.
    /// Where a merge took the file from one side, that side is followed. A change of mode alone does not count.
    package func lastChange(of path: String, from commit: ObjectID) throws(GitError) -> LastChange {
        guard let content = try entry(at: path, in: commit)?.id else { return .absent }
        let boundary = shallowBoundary
        var current = try self.commit(commit)
        while true {
            if boundary.contains(current.id) { return .beyondShallowBoundary(current.id) }
            var same: ObjectID?
            for parent in current.parents where try entry(at: path, in: parent)?.id == content {
                same = parent
                break
            }
            guard let same else { return .commit(current.id, time: current.time) }
            current = try self.commit(same)
        }
    }

    /// Files that differ between two commits or trees, sorted by path; equal folders are not opened.
    /// Without an old one, all files of the new one. A submodule counts as a file.
    package func changes(from old: ObjectID?, to new: ObjectID) throws(GitError) -> [TreeChange] {
        var changes: [TreeChange] = []
        var open: [(prefix: String, old: ObjectID?, new: ObjectID?)] = []
        open.append(("", try tree(ofOptional: old), try tree(of: new)))
        while let next = open.popLast() {
            if next.old == next.new { continue }
            let before = Dictionary(try list(next.old).map { ($0.name, $0) }) { first, _ in first }
            let after = Dictionary(try list(next.new).map { ($0.name, $0) }) { first, _ in first }
            for name in Set(before.keys).union(after.keys) where before[name] != after[name] {
                let (was, now) = (before[name], after[name])
                let path = next.prefix + name
                let (oldFolder, newFolder) = (was?.folder, now?.folder)
                if oldFolder != nil || newFolder != nil { open.append((path + "/", oldFolder, newFolder)) }
                let (oldFile, newFile) = (oldFolder == nil ? was : nil, newFolder == nil ? now : nil)
                if oldFile != nil || newFile != nil {
                    changes.append(TreeChange(path: path, old: oldFile, new: newFile))
                }
            }
        }
        return changes.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
    }

    /// Whether the older commit is the newer one or among its ancestors; nil when a shallow clone cut off the history
    /// before the older commit was met.
    package func isAncestor(_ older: ObjectID, of newer: ObjectID) throws(GitError) -> Bool? {
        let boundary = shallowBoundary
        var open = [newer]
        var seen: Set<ObjectID> = [newer]
        var isCut = false
        while let id = open.popLast() {
            if id == older { return true }
            if boundary.contains(id) {
                isCut = true
                continue
            }
            for parent in try commit(id).parents where seen.insert(parent).inserted { open.append(parent) }
        }
        return isCut ? nil : false
    }

    /// Commits that the newer one has and the older one lacks, newest first; nil when a shallow clone cut off the history
    /// before both met.
    package func commits(in newer: ObjectID, notIn older: ObjectID?) throws(GitError) -> [Commit]? {
        let shallowBoundary = shallowBoundary
        var known: Set<ObjectID> = []
        var behind = older.map { [$0] } ?? []
        while let id = behind.popLast() {
            guard known.insert(id).inserted, !shallowBoundary.contains(id) else { continue }
            behind += try commit(id).parents
        }
        var commits: [Commit] = []
        var seen: Set<ObjectID> = []
        var open = [newer][...]
        while let id = open.popFirst() {
            guard !known.contains(id), seen.insert(id).inserted else { continue }
            let commit = try commit(id)
            if shallowBoundary.contains(id) { return nil }
            commits.append(commit)
            open += commit.parents
        }
        return commits
    }

    private func list(_ tree: ObjectID?) throws(GitError) -> [TreeEntry] {
        guard let tree else { return [] }
        return try listTree(tree)
    }
}

extension TreeEntry {
    fileprivate var folder: ObjectID? { kind == .folder ? id : nil }
}
