#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The bytes of a small file; nil when it cannot be read.
func readFile(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
        let count = bytes.withUnsafeMutableBytes {
            read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
        }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { break }
        filled += count
    }
    return filled == bytes.count ? bytes : nil
}

/// Writes a file that must not exist when `exclusive`; false with `errno` set when that failed.
func writeFile(_ path: String, _ bytes: [UInt8], exclusive: Bool) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (exclusive ? O_EXCL : O_TRUNC), 0o666)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return writeAll(bytes, to: descriptor)
}

func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
        let count = bytes.withUnsafeBytes {
            write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
        }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        written += count
    }
    return true
}

/// What git remembers of a file to see that it has changed.
struct FileStatus {
    let raw: stat

    /// Nil when there is nothing at the path; a symbolic link is not followed.
    init?(_ path: String) {
        var raw = stat()
        guard lstat(path, &raw) == 0 else { return nil }
        self.raw = raw
    }

    var isRegular: Bool { raw.st_mode & S_IFMT == S_IFREG }
    var modified: Moment { Moment(raw.modification) }
    var changed: Moment { Moment(raw.statusChange) }
}

/// A time as the index keeps it: 32 bits of seconds and of nanoseconds.
struct Moment: Comparable {
    let seconds: Int32
    let nanoseconds: UInt32

    init(seconds: Int32, nanoseconds: UInt32) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    init(_ time: timespec) {
        seconds = Int32(truncatingIfNeeded: time.tv_sec)
        nanoseconds = UInt32(truncatingIfNeeded: time.tv_nsec)
    }

    static func < (left: Moment, right: Moment) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}

extension stat {
    #if canImport(Darwin)
        fileprivate var modification: timespec { st_mtimespec }
        fileprivate var statusChange: timespec { st_ctimespec }
    #else
        fileprivate var modification: timespec { st_mtim }
        fileprivate var statusChange: timespec { st_ctim }
    #endif
}
