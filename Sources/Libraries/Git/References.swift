import CGit2

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension Repository {
    /// The commit a reference (`refs/heads/main`) stands for; nil when there is none of that name.
    package func reference(named name: String) throws(GitError) -> ObjectID? {
        var id = git_oid()
        let code = git_reference_name_to_id(&id, raw, name)
        guard code != GIT_ENOTFOUND.rawValue else { return nil }
        try check(code, "read \(name)")
        return ObjectID(id)
    }

    /// Moves a reference only if it still stands where the caller saw it; nil expects that it does not exist.
    ///
    /// The look and the move happen under the reference's own lock file, which git respects as well, so of several
    /// writers exactly one gets true. May be repeated. A lock held by somebody is waited for, half a second at most.
    /// - Returns: false when the reference stands elsewhere; nothing was changed then.
    /// - Throws: `locked` when the lock was not given up; `invalid` for a symbolic reference or a name in the way.
    package func compareAndSwap(
        reference name: String, to new: ObjectID, expecting old: ObjectID?, log message: String
    ) throws(GitError) -> Bool {
        // 1 + 2 + … + 256 ms: git itself waits 100 ms (core.filesRefLockTimeout), a slow disk in CI wants more.
        for attempt in 0..<10 {
            do throws(GitError) {
                return try swapOnce(name, to: new, expecting: old, log: message)
            } catch {
                guard error.code == .locked, attempt < 9 else { throw error }
                usleep(1_000 << UInt32(attempt))
            }
        }
        throw GitError(.locked, "cannot move \(name): it is locked")
    }

    private func swapOnce(
        _ name: String, to new: ObjectID, expecting old: ObjectID?, log message: String
    ) throws(GitError) -> Bool {
        var transaction: OpaquePointer?
        try check(git_transaction_new(&transaction, raw), "begin to move \(name)")
        defer { git_transaction_free(transaction) }
        try check(git_transaction_lock_ref(transaction, name), "lock \(name)")
        guard try direct(name) == old else { return false }
        if old == nil { try checkThatNothingIsInTheWay(of: name) }
        var id = new.raw
        try check(git_transaction_set_target(transaction, name, &id, nil, message), "move \(name)")
        try check(git_transaction_commit(transaction), "move \(name)")
        return true
    }

    /// Removes a reference, whatever it stands for; one that is not there is fine.
    package func delete(reference name: String) throws(GitError) {
        var reference: OpaquePointer?
        let code = git_reference_lookup(&reference, raw, name)
        guard code != GIT_ENOTFOUND.rawValue else { return }
        try check(code, "read \(name)")
        defer { git_reference_free(reference) }
        try check(git_reference_delete(reference), "remove \(name)")
    }

    /// The target of a reference that names an object itself.
    private func direct(_ name: String) throws(GitError) -> ObjectID? {
        var reference: OpaquePointer?
        let code = git_reference_lookup(&reference, raw, name)
        guard code != GIT_ENOTFOUND.rawValue else { return nil }
        try check(code, "read \(name)")
        defer { git_reference_free(reference) }
        guard let id = git_reference_target(reference) else {
            throw GitError(.invalid, "\(name) stands for another reference and cannot be moved itself")
        }
        return ObjectID(id.pointee)
    }

    /// `a` and `a/b` cannot both exist; under a transaction libgit2 does not look whether one is packed away.
    private func checkThatNothingIsInTheWay(of name: String) throws(GitError) {
        var parent = name.split(separator: "/").map(String.init).dropLast()
        while parent.count > 1 {
            let other = parent.joined(separator: "/")
            if try reference(named: other) != nil { throw inTheWay(other, of: name) }
            parent = parent.dropLast()
        }
        var iterator: OpaquePointer?
        try check(git_reference_iterator_glob_new(&iterator, raw, name + "/*"), "look for \(name)/*")
        defer { git_reference_iterator_free(iterator) }
        var other: UnsafePointer<CChar>?
        if git_reference_next_name(&other, iterator) == 0, let other {
            throw inTheWay(String(cString: other), of: name)
        }
    }

    private func inTheWay(_ other: String, of name: String) -> GitError {
        GitError(.invalid, "cannot create \(name): \(other) exists", hint: "choose another name or delete \(other)")
    }
}
