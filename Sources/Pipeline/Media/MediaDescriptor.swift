import Crypto
import Glibc

/// A file that is read piece by piece, whatever becomes of its name meanwhile. Any thread may read.
final class MediaDescriptor: Sendable {
    let byteCount: Int
    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws(Files.Failure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Files.Failure(path: path, code: errno, doing: "read") }
        var status = stat()
        let failure = fstat(descriptor, &status) == 0 ? (status.st_mode & S_IFMT == S_IFREG ? 0 : EISDIR) : errno
        guard failure == 0 else {
            close(descriptor)
            throw Files.Failure(path: path, code: failure, doing: "read")
        }
        (self.path, self.descriptor, byteCount) = (path, descriptor, Int(status.st_size))
    }

    deinit { close(descriptor) }

    /// What tells one file from another, and from itself before a change.
    struct Identity: Hashable {
        var device: UInt
        var inode: UInt
        var byteCount: Int
        /// In nanoseconds since 1970.
        var written: Int
        /// The same, of its name, rights and links too; cannot be set back.
        var changed: Int

        /// Since the last change, by this machine's clock.
        var age: Duration {
            var now = timespec()
            clock_gettime(CLOCK_REALTIME, &now)
            return .nanoseconds(now.nanoseconds - max(written, changed))
        }
    }

    /// As it is now; nil if the system does not tell.
    var identity: Identity? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        return Identity(
            device: UInt(status.st_dev), inode: UInt(status.st_ino), byteCount: Int(status.st_size),
            written: status.st_mtim.nanoseconds, changed: status.st_ctim.nanoseconds)
    }

    /// The bytes of a range; fewer if the file ends before, or cannot be read on.
    func bytes(in range: Range<Int>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count {
                let got = pread(
                    descriptor, buffer.baseAddress?.advanced(by: count), range.count - count, range.lowerBound + count)
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { return }
                count += got
            }
        }
    }

    /// Of all bytes, as `sha256:` and hexadecimal, in one mebibyte of memory; nil if the file became shorter meanwhile.
    func digest() -> String? {
        var (hash, start) = (SHA256(), 0)
        while start < byteCount {
            let piece = bytes(in: start..<min(start + Self.piece, byteCount))
            guard !piece.isEmpty else { return nil }
            hash.update(data: piece)
            start += piece.count
        }
        return named(hash.finalize())
    }

    private static let piece = 1 << 20
}

private extension timespec {
    var nanoseconds: Int { tv_sec * 1_000_000_000 + tv_nsec }
}
