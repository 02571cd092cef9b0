import CGit2
import Synchronization

/// libgit2's own state: started once, at the first repository, because starting it costs 6 to 9 ms
/// (measured) that a run which needs no git must not pay.
package enum Library {
    private static let started: GitError? = start()

    /// Starts libgit2 unless it runs already; any thread may call it.
    static func ensureStarted() throws(GitError) {
        if let error = started { throw error }
    }

    /// Replaces the folder in which libgit2 looks for the person's own `.gitconfig`, for the whole process.
    /// For tests and the demonstration, which must not depend on the home folder; call it before any repository is open.
    package static func useHome(_ folder: String) throws(GitError) {
        try ensureStarted()
        for level in [GIT_CONFIG_LEVEL_GLOBAL, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_SYSTEM] {
            try check(cgit2_set_search_path(Int32(level.rawValue), folder), "set the configuration folder")
        }
    }
}

/// Whether objects and references are flushed to the disk before a call returns; true unless a benchmark says otherwise.
package func setDurable(_ durable: Bool) throws(GitError) {
    try Library.ensureStarted()
    try check(cgit2_set_fsync(durable ? 1 : 0), "set fsync")
    durability.store(durable, ordering: .relaxed)
}

/// The same for the files that are written here without libgit2.
var isDurable: Bool { durability.load(ordering: .relaxed) }

private let durability = Atomic(true)

private func start() -> GitError? {
    do throws(GitError) {
        try check(git_libgit2_init(), "start libgit2")
        // libgit2 1.5 refuses these although they change nothing in what is read or written here.
        let names = ["worktreeconfig", "partialclone", "preciousobjects"]
        let copies = names.map { $0.utf8CString }
        try check(setExtensions(copies), "name the known repository extensions")
        // Its check knows neither `*` nor SUDO_UID and may fail with a misleading message; Ownership.swift has git's rules.
        try check(cgit2_set_owner_validation(0), "switch off the owner check")
        try check(cgit2_set_fsync(1), "set fsync")
        // git does not hash again what it reads either; its formats have check sums.
        try check(cgit2_set_strict_hash_verification(0), "set object verification")
        // Trees name only objects that were written or read just before; looking each up again opened
        // 6,600 files in a run of 200 deliveries (measured).
        try check(cgit2_set_strict_object_creation(0), "set object creation")
        return nil
    } catch {
        return error
    }
}

/// libgit2 copies the names, so the pointers need to live only for the call.
private func setExtensions(_ names: [ContiguousArray<CChar>], _ pointers: [UnsafePointer<CChar>?] = []) -> Int32 {
    guard pointers.count < names.count else {
        var list = pointers
        return cgit2_set_extensions(&list, list.count)
    }
    return names[pointers.count].withUnsafeBufferPointer { setExtensions(names, pointers + [$0.baseAddress]) }
}
