import CGit2

extension Repository {
    /// The commit that a person's words stand for: a branch, `origin/main`, a tag, an id, `HEAD~2`; nil if there is none.
    package func commit(named revision: String) throws(GitError) -> ObjectID? {
        var object: OpaquePointer?
        let code = git_revparse_single(&object, raw, revision)
        let isNone = [GIT_ENOTFOUND.rawValue, GIT_EINVALIDSPEC.rawValue, GIT_EAMBIGUOUS.rawValue].contains(code)
        if isNone { return nil }
        try check(code, "read \(revision)")
        defer { git_object_free(object) }
        var commit: OpaquePointer?
        guard git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0 else { return nil }
        defer { git_object_free(commit) }
        return git_object_id(commit).map { ObjectID($0.pointee) }
    }

    /// Where two histories parted; nil if they have nothing in common, or a shallow clone cut it off.
    package func mergeBase(of one: ObjectID, and other: ObjectID) throws(GitError) -> ObjectID? {
        var (id, first, second) = (git_oid(), one.raw, other.raw)
        let code = git_merge_base(&id, raw, &first, &second)
        guard code != GIT_ENOTFOUND.rawValue else { return nil }
        try check(code, "find where \(one.hex) and \(other.hex) parted")
        return ObjectID(id)
    }
}
