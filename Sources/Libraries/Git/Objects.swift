import CGit2
import Crypto

/// What a commit says of itself.
package struct Commit: Equatable, Sendable {
    package let id: ObjectID
    package let tree: ObjectID
    package let parents: [ObjectID]
    /// The committer's time, in seconds since 1970.
    package let time: Int64
    package let message: String
}

extension Repository {
    /// The name that git gives to these bytes as a blob. Needs no repository.
    package static func blobID(of bytes: [UInt8]) -> ObjectID {
        ObjectID(naming: bytes, as: GIT_OBJECT_BLOB)
    }

    /// The name that `git add` would give to these bytes, read from the working file at the path:
    /// line ends are converted as `core.autocrlf` and `.gitattributes` say. External filters (LFS) do not run.
    package func blobID(of bytes: [UInt8], at path: String) throws(GitError) -> ObjectID {
        Repository.blobID(of: try filtered(bytes, at: path))
    }

    /// As ``blobID(of:at:)``, reading the file itself; nil when there is none.
    package func hashFile(_ path: String) throws(GitError) -> ObjectID? {
        guard let workingDirectory else { throw GitError(.bare, "cannot hash \(path): there is no working directory") }
        let whole = workingDirectory + "/" + path
        guard FileStatus(whole) != nil else { return nil }
        var id = git_oid()
        try check(git_repository_hashfile(&id, raw, whole, GIT_OBJECT_BLOB, path), "hash \(path)")
        return ObjectID(id)
    }

    /// Whether this repository holds the object, without asking a remote.
    package func has(_ object: ObjectID) throws(GitError) -> Bool {
        var database: OpaquePointer?
        try check(git_repository_odb(&database, raw), "open the objects")
        defer { git_odb_free(database) }
        var id = object.raw
        return git_odb_exists(database, &id) == 1
    }

    package func readBlob(_ id: ObjectID) throws(GitError) -> [UInt8] {
        var name = id.raw
        var blob: OpaquePointer?
        try check(git_blob_lookup(&blob, raw, &name), "read the blob \(id)")
        defer { git_blob_free(blob) }
        return [UInt8](UnsafeRawBufferPointer(start: git_blob_rawcontent(blob), count: Int(git_blob_rawsize(blob))))
    }

    package func commit(_ id: ObjectID) throws(GitError) -> Commit {
        var name = id.raw
        var commit: OpaquePointer?
        try check(git_commit_lookup(&commit, raw, &name), "read the commit \(id)")
        defer { git_commit_free(commit) }
        let parents = (0..<git_commit_parentcount(commit)).compactMap { git_commit_parent_id(commit, $0) }
        return Commit(
            id: id, tree: ObjectID(git_commit_tree_id(commit).pointee), parents: parents.map { ObjectID($0.pointee) },
            time: git_commit_time(commit), message: git_commit_message(commit).map { String(cString: $0) } ?? "")
    }

    /// The commit that a person's words (`main`, `HEAD~2`, `v1.0`, a short name) stand for; nil when nothing is called so.
    package func resolve(_ words: String) throws(GitError) -> ObjectID? {
        var object: OpaquePointer?
        let code = git_revparse_single(&object, raw, words)
        guard code != GIT_ENOTFOUND.rawValue, code != GIT_EINVALIDSPEC.rawValue else { return nil }
        try check(code, "find \(words)")
        defer { git_object_free(object) }
        var commit: OpaquePointer?
        try check(git_object_peel(&commit, object, GIT_OBJECT_COMMIT), "find the commit of \(words)")
        defer { git_object_free(commit) }
        return ObjectID(git_object_id(commit).pointee)
    }

    private func filtered(_ bytes: [UInt8], at path: String) throws(GitError) -> [UInt8] {
        var filters: OpaquePointer?
        try check(git_filter_list_load(&filters, raw, nil, path, GIT_FILTER_TO_ODB, 0), "read the filters of \(path)")
        defer { git_filter_list_free(filters) }
        guard filters != nil else { return bytes }
        var result = git_buf()
        let code = bytes.withUnsafeBytes {
            git_filter_list_apply_to_buffer(&result, filters, $0.bindMemory(to: CChar.self).baseAddress, $0.count)
        }
        try check(code, "convert \(path)")
        defer { git_buf_dispose(&result) }
        return [UInt8](UnsafeRawBufferPointer(start: result.ptr, count: result.size))
    }
}
