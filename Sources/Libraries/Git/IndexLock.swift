#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// git's lock on an index: the file `index.lock`, made by whoever finds none.
struct IndexLock {
    private let index: String
    /// Where the new index is prepared; nobody else uses the name while the lock is held.
    let copy: String

    /// First words of our lock files. git's own begin with `DIRC` or are empty, so the two cannot be confused.
    private static let mark = "socials-pipeline process "

    /// Nil when somebody holds the lock.
    static func take(for index: String) throws(GitError) -> IndexLock? {
        let path = index + ".lock"
        guard create(path, saying: "\(mark)\(getpid())\n", through: index + ".socials-lock") else {
            let reason = errno
            if reason == EEXIST { return nil }
            throw GitError(.other(-reason), "cannot create \(path): \(String(cString: strerror(reason)))")
        }
        let lock = IndexLock(index: index, copy: index + ".socials")
        lock.discardCopy()
        return lock
    }

    /// The lock appears with its words in one step: killed between the two, it would look like git's own for ever.
    private static func create(_ path: String, saying words: String, through draft: String) -> Bool {
        unlink(draft)
        defer {
            let reason = errno
            unlink(draft)
            errno = reason
        }
        guard writeFile(draft, Array(words.utf8), exclusive: true) else { return false }
        if link(draft, path) == 0 { return true }
        // A file system without hard links.
        guard errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS else { return false }
        return writeFile(path, Array(words.utf8), exclusive: true)
    }

    /// The prepared index takes the place of the old one in one step.
    func replaceIndex() throws(GitError) {
        guard rename(copy, index) == 0 else {
            throw GitError(.other(-errno), "cannot replace \(index): \(String(cString: strerror(errno)))")
        }
    }

    func discardCopy() {
        unlink(copy)
        // libgit2 locks the copy while it writes it; a process that died there left this.
        unlink(copy + ".lock")
    }

    func release() {
        discardCopy()
        unlink(index + ".lock")
    }

    static func removeAbandoned(for index: String) -> Bool {
        guard let bytes = readFile(index + ".lock") else { return false }
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasPrefix(mark), let process = Int32(text.dropFirst(mark.count).dropLast()) else { return false }
        let isAlive = kill(process, 0) == 0 || errno != ESRCH
        return !isAlive && unlink(index + ".lock") == 0
    }
}
