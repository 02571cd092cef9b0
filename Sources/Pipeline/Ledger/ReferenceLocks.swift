import Glibc

/// Lock files of references that a killed run left (`refs/heads/main.lock`). Nothing in them says whose they are, and
/// git waits for them in vain, so only those are looked at that a dead run of this program may have held.
enum ReferenceLocks {
    /// git holds such a lock for milliseconds; one that stands still this long has lost its owner.
    private static let patience: Duration = .seconds(1)

    /// Call it only while holding the lock of the run on this machine.
    static func removeAbandoned(_ files: [String]) async {
        let seen = files.map { (path: $0, identity: identity($0)) }.filter { $0.identity != nil }
        guard !seen.isEmpty else { return }
        try? await Task.sleep(for: patience)
        for lock in seen where identity(lock.path) == lock.identity { unlink(lock.path) }
    }

    private static func identity(_ path: String) -> [UInt8]? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        let changed = withUnsafeBytes(of: status.st_mtim) { Array($0) }
        return changed + withUnsafeBytes(of: status.st_ino) { Array($0) }
            + withUnsafeBytes(of: status.st_size) { Array($0) }
    }
}
