import Glibc

/// The lock of a run on this machine: an open-file-description lock, so that it ends with the process, however it ends.
final class RunLock: Sendable {
    private let descriptor: Int32

    /// nil if another run holds it.
    init?(_ path: String) throws(Files.Failure) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Files.Failure(path: path, code: errno, doing: "lock") }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        guard fcntl(descriptor, Self.setLock, &lock) == 0 else {
            let code = errno
            // `deinit` closes it, here too: all that the object holds is set. Closed twice, it could be another's by then.
            if code == EAGAIN || code == EACCES { return nil }
            throw Files.Failure(path: path, code: code, doing: "lock")
        }
    }

    deinit { close(descriptor) }

    /// `F_OFD_SETLK` of Linux's fcntl.h, which the Glibc module does not export.
    private static let setLock: Int32 = 37
}
