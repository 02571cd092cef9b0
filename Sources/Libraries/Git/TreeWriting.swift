import CGit2

/// What happens to one path of a tree.
package enum PathChange: Equatable, Sendable {
    /// The path holds this blob afterwards; an existing file keeps its mode, a new one is an ordinary file.
    case blob(ObjectID)
    /// The path is gone afterwards, and so are folders that became empty; a path that was not there is fine.
    case remove
}

extension Repository {
    /// Stores the tree that a commit or tree (nil: the empty one) becomes by the changes. Paths are relative, with `/`.
    /// - Throws: `invalid` for a path that git does not allow or whose place a folder or file of another kind takes.
    package func writeTree(updating base: ObjectID?, changes: [String: PathChange]) throws(GitError) -> ObjectID {
        let root = Folder()
        for (path, change) in changes { try root.insert(path, change) }
        let written = try write(root, over: try tree(ofOptional: base))
        return if let written { written } else { try emptyTree() }
    }

    /// Stores a tree without folders.
    package func writeFlatTree(_ entries: [String: ObjectID]) throws(GitError) -> ObjectID {
        // Hundreds of names at each replacement of the claims: libgit2's builder would copy and sort each as an entry.
        var tree: [UInt8] = []
        tree.reserveCapacity(entries.count * 80)
        for (name, id) in entries.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            let isName = !["", ".", "..", ".git"].contains(name.lowercased())
            guard isName, !name.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "/") }) else {
                throw GitError(.invalid, "a flat tree takes names, not \"\(name)\"")
            }
            tree += "100644 ".utf8
            tree += name.utf8
            tree.append(0)
            withUnsafeBytes(of: id.raw) { tree += $0 }
        }
        return try store(tree, as: GIT_OBJECT_TREE)
    }

    /// Nil when nothing is left in the folder. The depth of recursion is bounded by ``Folder/deepest``.
    private func write(_ folder: Folder, over base: ObjectID?) throws(GitError) -> ObjectID? {
        let old: OpenTree? = if let base { try openTree(base) } else { nil }
        var builder: OpaquePointer?
        try check(git_treebuilder_new(&builder, raw, old?.raw), "begin a tree")
        defer { git_treebuilder_free(builder) }
        for (name, change) in folder.files {
            let present = old?.entry(name)
            switch change {
            case .blob(let id):
                if present?.kind == .folder || present?.kind == .submodule {
                    throw GitError(.invalid, "cannot write the file \(name): it is a folder")
                }
                let mode = present?.kind == .executable ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB
                try insert(name, id, mode, into: builder)
            case .remove:
                if present != nil { try check(git_treebuilder_remove(builder, name), "remove \(name)") }
            }
        }
        for (name, inner) in folder.folders {
            if case .blob? = folder.files[name] { throw clash(name) }
            let present = folder.files[name] == nil ? old?.entry(name) : nil
            if let present, present.kind != .folder {
                if inner.onlyRemoves { continue }
                throw GitError(.invalid, "cannot write below \(name): it is not a folder")
            }
            if let id = try write(inner, over: present?.id) {
                try insert(name, id, GIT_FILEMODE_TREE, into: builder)
            } else if present != nil {
                try check(git_treebuilder_remove(builder, name), "remove \(name)")
            }
        }
        guard git_treebuilder_entrycount(builder) > 0 else { return nil }
        return try finish(builder)
    }

    private func insert(
        _ name: String, _ id: ObjectID, _ mode: git_filemode_t, into builder: OpaquePointer?
    ) throws(GitError) {
        var id = id.raw
        try check(git_treebuilder_insert(nil, builder, name, &id, mode), "put \(name) into a tree")
    }

    private func emptyTree() throws(GitError) -> ObjectID {
        var builder: OpaquePointer?
        try check(git_treebuilder_new(&builder, raw, nil), "begin a tree")
        defer { git_treebuilder_free(builder) }
        return try finish(builder)
    }

    private func finish(_ builder: OpaquePointer?) throws(GitError) -> ObjectID {
        var id = git_oid()
        try check(git_treebuilder_write(&id, builder), "store a tree")
        return ObjectID(id)
    }
}

/// The changes of one folder.
private final class Folder {
    /// Deeper than any real repository; a stack that must not overflow needs some number.
    static let deepest = 128

    var files: [String: PathChange] = [:]
    var folders: [String: Folder] = [:]

    var onlyRemoves: Bool {
        files.values.allSatisfy { $0 == .remove } && folders.values.allSatisfy(\.onlyRemoves)
    }

    func insert(_ path: String, _ change: PathChange) throws(GitError) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= Folder.deepest, parts.allSatisfy({ !["", ".", ".."].contains($0) }) else {
            throw GitError(.invalid, "\"\(path)\" is not a path inside a repository")
        }
        var folder = self
        for part in parts.dropLast() {
            let next = folder.folders[part] ?? Folder()
            folder.folders[part] = next
            folder = next
        }
        folder.files[parts[parts.count - 1]] = change
    }
}

private func clash(_ name: String) -> GitError {
    GitError(.invalid, "\(name) cannot be a file and a folder at once")
}
