import CGit2

/// Who made a commit, and when.
package struct Author: Equatable, Sendable {
    package let name: String
    package let email: String
    /// Seconds since 1970.
    package let seconds: Int64
    /// Minutes east of UTC.
    package let offset: Int32

    package init(name: String, email: String, seconds: Int64, offset: Int32 = 0) {
        self.name = name
        self.email = email
        self.seconds = seconds
        self.offset = offset
    }
}

extension Repository {
    /// Stores bytes as they are and names them; the same bytes twice are one object.
    package func writeBlob(_ bytes: [UInt8]) throws(GitError) -> ObjectID {
        try store(bytes, as: GIT_OBJECT_BLOB)
    }

    /// Stores an object that is known to be well-formed.
    func store(_ bytes: [UInt8], as kind: git_object_t) throws(GitError) -> ObjectID {
        if let gathered {
            let id = ObjectID(naming: bytes, as: kind)
            gathered.add(GatheredObject(id: id, kind: kind, bytes: bytes))
            return id
        }
        var database: OpaquePointer?
        try check(git_repository_odb(&database, raw), "open the object store")
        defer { git_odb_free(database) }
        var id = git_oid()
        let code = bytes.withUnsafeBytes { git_odb_write(&id, database, $0.baseAddress, $0.count, kind) }
        try check(code, "store \(bytes.count) bytes")
        return ObjectID(id)
    }

    /// Stores a commit, and all objects that were gathered for it, without moving any reference; the caller moves it in
    /// by compare-and-swap.
    /// The message is kept as it is; author and committer are the same. No hook runs.
    package func createCommit(
        tree: ObjectID, parents: [ObjectID], author: Author, message: String
    ) throws(GitError) -> ObjectID {
        let signature = try signature(author)
        defer { git_signature_free(signature) }
        var (id, tree) = (git_oid(), tree.raw)
        var names = parents.map(\.raw)
        let code = names.withUnsafeMutableBufferPointer { names in
            var pointers = names.indices.map { names.baseAddress.map { UnsafePointer($0) }?.advanced(by: $0) }
            return git_commit_create_from_ids(
                &id, raw, nil, signature, signature, nil, message, &tree, pointers.count, &pointers)
        }
        try check(code, "store the commit")
        try storeGathered()
        return ObjectID(id)
    }

    /// The text of a commit that is to be signed; hand it with its signature to ``createCommit(text:signature:)``.
    package func commitText(
        tree: ObjectID, parents: [ObjectID], author: Author, message: String
    ) throws(GitError) -> String {
        // libgit2 writes this text only for parents it can open, and a shallow clone or a test has others as well.
        let id = try createCommit(tree: tree, parents: parents, author: author, message: message)
        var database: OpaquePointer?
        try check(git_repository_odb(&database, raw), "open the object store")
        defer { git_odb_free(database) }
        var object: OpaquePointer?
        var name = id.raw
        try check(git_odb_read(&object, database, &name), "read the commit \(id)")
        defer { git_odb_object_free(object) }
        let bytes = UnsafeRawBufferPointer(start: git_odb_object_data(object), count: git_odb_object_size(object))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Stores a commit with the armoured signature of its text.
    package func createCommit(text: String, signature: String) throws(GitError) -> ObjectID {
        var id = git_oid()
        try check(git_commit_create_with_signature(&id, raw, text, signature, nil), "store the signed commit")
        try storeGathered()
        return ObjectID(id)
    }

    private func signature(_ author: Author) throws(GitError) -> UnsafeMutablePointer<git_signature> {
        var signature: UnsafeMutablePointer<git_signature>?
        try check(
            git_signature_new(&signature, author.name, author.email, author.seconds, author.offset),
            "commit as \(author.name) <\(author.email)>")
        guard let signature else { throw GitError(.invalid, "cannot commit as \(author.name) <\(author.email)>") }
        return signature
    }
}
