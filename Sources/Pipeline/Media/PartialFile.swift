import Crypto
import Glibc
import Synchronization

/// A file that is being downloaded; what nobody moved to its place is gone with this object.
final class PartialFile: Sendable {
    private let path: String
    private let descriptor: Int32
    private let hash = Mutex(SHA256())

    init(in folder: String) throws(Downloads.Failure) {
        path = "\(folder)/\(getpid())-\(UInt64.random(in: .min ... .max)).part"
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Downloads.Failure(
                reason: "could not be kept: cannot write \(path): \(String(cString: strerror(errno)))",
                hint: "make room, or mend its rights")
        }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// False if the disk takes no more.
    func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return false }
            done += count
        }
        hash.withLock { $0.update(bufferPointer: bytes) }
        return true
    }

    /// Of all that was appended.
    func digest() -> String { named(hash.withLock { $0.finalize() }) }

    func move(to place: String) throws(Files.Failure) {
        guard rename(path, place) == 0 else { throw Files.Failure(path: place, code: errno, doing: "write") }
    }
}
