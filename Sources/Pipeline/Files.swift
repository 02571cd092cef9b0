import Glibc
package import Posts

/// The few file operations of the shell. Paths are absolute.
package enum Files {
    package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        package let path: String
        package let code: Int32
        package let doing: String

        package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
        package var description: String { "cannot \(doing) \(path): \(String(cString: strerror(code)))" }
    }

    /// The whole file; refuses more than `limit` bytes.
    package static func read(_ path: String, limit: Int = 1 << 30) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(path: path, code: errno, doing: "read") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure(path: path, code: errno, doing: "read") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(path: path, code: EISDIR, doing: "read") }
        guard status.st_size <= limit else { throw Failure(path: path, code: EFBIG, doing: "read") }
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.st_size) + 1) { buffer, count in
            while count < buffer.count {
                let got = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                guard got > 0 else { return }
                count += got
            }
        }
        guard failure == 0 else { throw Failure(path: path, code: failure, doing: "read") }
        return bytes
    }

    /// Replaces a file as a whole: a temporary file beside it, then rename. A reader sees the old or the new one.
    /// With `durable` both survive a power cut once this returns.
    /// - Parameter scratch: The temporary file, where a run that dies may leave it; beside the file if it lies on
    ///   another file system.
    package static func replace(
        _ path: String, with bytes: [UInt8], durable: Bool, through scratch: String? = nil
    ) throws(Failure) {
        let temporary = scratch ?? path + ".tmp-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure(path: path, code: errno, doing: "write") }
        var failed = write(bytes, to: descriptor)
        if failed == 0, durable, fsync(descriptor) != 0 { failed = errno }
        if close(descriptor) != 0, failed == 0 { failed = errno }
        if failed == 0, access(path, F_OK) == 0, access(path, W_OK) != 0 { failed = errno }
        if failed == 0, rename(temporary, path) != 0 { failed = errno }
        guard failed == 0 else {
            unlink(temporary)
            if failed == EXDEV, scratch != nil { return try replace(path, with: bytes, durable: durable) }
            throw Failure(path: path, code: failed, doing: "write")
        }
        if durable { try synchronizeFolder(of: path) }
    }

    /// All bytes, or the error number.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return errno }
            done += count
        }
        return 0
    }

    package static func synchronizeFolder(of path: String) throws(Failure) {
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(path: folder, code: errno, doing: "open") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Failure(path: folder, code: errno, doing: "flush") }
    }

    package static func createFolders(_ path: String) throws(Failure) {
        guard mkdir(path, 0o755) != 0, errno != EEXIST else { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw Failure(path: path, code: errno, doing: "create")
        }
        try createFolders(String(path[..<slash]))
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw Failure(path: path, code: errno, doing: "create")
        }
    }

    /// With everything in it; one that is not there is fine. Links are removed, not followed.
    package static func removeFolder(_ path: String) throws(Failure) {
        guard let folder = opendir(path) else {
            if errno == ENOENT { return }
            throw Failure(path: path, code: errno, doing: "remove")
        }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            let inner = path + "/" + name
            var status = stat()
            guard lstat(inner, &status) == 0 else { throw Failure(path: inner, code: errno, doing: "remove") }
            if status.st_mode & S_IFMT == S_IFDIR {
                try removeFolder(inner)
            } else if unlink(inner) != 0 {
                throw Failure(path: inner, code: errno, doing: "remove")
            }
        }
        guard rmdir(path) == 0 else { throw Failure(path: path, code: errno, doing: "remove") }
    }

    /// When the file was changed last; nil without one.
    package static func modified(_ path: String) -> Instant? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        // The seconds come first; which module declares their name differs between debug and static release builds.
        return Instant(seconds: withUnsafeBytes(of: status.st_mtim) { Int64($0.load(as: Int.self)) })
    }

    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Absolute, without `.`, `..` and symbolic links; nil if it does not exist.
    package static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
