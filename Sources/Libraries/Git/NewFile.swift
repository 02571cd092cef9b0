#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Files of the object store: written aside under a name that `git gc` sweeps up, then renamed, never changed again.
enum NewFile {
    /// Whether the file exists; its time is then as if it were new, so that `git gc` does not take it for old rubbish.
    static func refresh(_ path: String) -> Bool { utimes(path, nil) == 0 }

    static func store(
        _ bytes: [UInt8], at path: String, in folder: String, prefix: String
    ) throws(GitError) {
        let aside = folder + "/" + prefix + String(UInt64.random(in: .min ... .max), radix: 36)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
        var descriptor = open(aside, flags, 0o444)
        if descriptor < 0, errno == ENOENT, mkdir(folder, 0o777) == 0 || errno == EEXIST {
            descriptor = open(aside, flags, 0o444)
        }
        guard descriptor >= 0 else { throw failure(path) }
        var isWritten = writeAll(bytes, to: descriptor)
        if isWritten, isDurable { isWritten = fsync(descriptor) == 0 }
        if close(descriptor) != 0 { isWritten = false }
        guard isWritten, rename(aside, path) == 0 else {
            let failure = failure(path)
            unlink(aside)
            throw failure
        }
        if isDurable { try synchronize(folder) }
    }

    private static func synchronize(_ folder: String) throws(GitError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(folder) }
    }

    private static func failure(_ path: String) -> GitError {
        GitError(.other(-errno), "cannot write \(path): \(String(cString: strerror(errno)))")
    }
}
