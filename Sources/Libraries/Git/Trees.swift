import CGit2

/// One name in a folder of a commit.
package struct TreeEntry: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case file, executable, symbolicLink, folder, submodule
    }

    package let name: String
    package let id: ObjectID
    package let kind: Kind
}

/// Open trees by name, so that hundreds of look-ups in one commit read each folder once.
struct TreeCache {
    private var open: [ObjectID: OpenTree] = [:]
    private var roots: [ObjectID: ObjectID] = [:]

    subscript(id: ObjectID) -> OpenTree? { open[id] }
    func root(of id: ObjectID) -> ObjectID? { roots[id] }

    mutating func keep(_ tree: OpenTree, for id: ObjectID) {
        // Enough for the folders of a large corpus; a walk through history must not keep every tree it saw.
        if open.count >= 2_000 { open.removeAll(keepingCapacity: true) }
        open[id] = tree
    }

    mutating func keep(root: ObjectID, of id: ObjectID) {
        if roots.count >= 2_000 { roots.removeAll(keepingCapacity: true) }
        roots[id] = root
    }

    mutating func removeAll() {
        open = [:]
        roots = [:]
    }
}

/// The owner of one libgit2 tree.
final class OpenTree {
    let raw: OpaquePointer
    init(owning raw: OpaquePointer) { self.raw = raw }
    deinit { git_tree_free(raw) }

    func entry(_ name: String) -> TreeEntry? { git_tree_entry_byname(raw, name).flatMap(treeEntry) }

    var entries: [TreeEntry] {
        (0..<git_tree_entrycount(raw)).compactMap { git_tree_entry_byindex(raw, $0).flatMap(treeEntry) }
    }
}

extension Repository {
    /// The entry at a path (`posts/a/b.md`) in a commit or tree; nil when there is none.
    /// Costs a few look-ups in tables after the first call for a folder.
    package func entry(at path: String, in root: ObjectID) throws(GitError) -> TreeEntry? {
        var tree = try openTree(try self.tree(of: root))
        let parts = path.split(separator: "/").map(String.init)
        guard let last = parts.last else { return nil }
        for part in parts.dropLast() {
            guard let next = tree.entry(part), next.kind == .folder else { return nil }
            tree = try openTree(next.id)
        }
        return tree.entry(last)
    }

    /// What one folder of a commit holds, in git's order; not the folders below.
    package func listTree(_ id: ObjectID) throws(GitError) -> [TreeEntry] {
        try openTree(try tree(of: id)).entries
    }

    /// The tree of a commit (or of a tag of one); a tree's own name stays as it is.
    package func tree(of id: ObjectID) throws(GitError) -> ObjectID {
        if trees[id] != nil { return id }
        if let known = trees.root(of: id) { return known }
        var name = id.raw
        var object: OpaquePointer?
        try check(git_object_lookup(&object, raw, &name, GIT_OBJECT_ANY), "read the object \(id)")
        defer { git_object_free(object) }
        var peeled: OpaquePointer?
        try check(git_object_peel(&peeled, object, GIT_OBJECT_TREE), "find the tree of \(id)")
        defer { git_object_free(peeled) }
        let root = ObjectID(git_object_id(peeled).pointee)
        trees.keep(root: root, of: id)
        return root
    }

    func tree(ofOptional id: ObjectID?) throws(GitError) -> ObjectID? {
        guard let id else { return nil }
        return try tree(of: id)
    }

    func openTree(_ id: ObjectID) throws(GitError) -> OpenTree {
        if let known = trees[id] { return known }
        var name = id.raw
        var pointer: OpaquePointer?
        try check(git_tree_lookup(&pointer, raw, &name), "read the tree \(id)")
        guard let pointer else { throw GitError(.notFound, "cannot read the tree \(id)") }
        let tree = OpenTree(owning: pointer)
        trees.keep(tree, for: id)
        return tree
    }
}

private func treeEntry(_ raw: OpaquePointer) -> TreeEntry? {
    let kind: TreeEntry.Kind
    switch git_tree_entry_filemode(raw) {
    case GIT_FILEMODE_BLOB: kind = .file
    case GIT_FILEMODE_BLOB_EXECUTABLE: kind = .executable
    case GIT_FILEMODE_LINK: kind = .symbolicLink
    case GIT_FILEMODE_TREE: kind = .folder
    case GIT_FILEMODE_COMMIT: kind = .submodule
    default: return nil
    }
    return TreeEntry(
        name: String(cString: git_tree_entry_name(raw)), id: ObjectID(git_tree_entry_id(raw).pointee), kind: kind)
}
