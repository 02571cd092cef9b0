import CGit2

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension Repository {
    /// git's own rule (CVE-2022-24765): the folders belong to who runs the program, or a configuration file outside
    /// the repository names them in `safe.directory`.
    func checkOwner(_ environment: [String: String]) throws(GitError) {
        let folders = [workingDirectory, gitDirectory].compactMap(\.self)
        guard let foreign = folders.first(where: { !isOwn($0, environment) }) else { return }
        let path = workingDirectory ?? gitDirectory
        if isSafe(path, values: try safeDirectories(environment), home: environment["HOME"]) { return }
        throw GitError(
            .owner, "\(foreign) belongs to another user",
            hint: "run `git config --global --add safe.directory \(path)` if you trust it")
    }

    /// All values of `safe.directory` that are not the repository's own: it must not vouch for itself.
    private func safeDirectories(_ environment: [String: String]) throws(GitError) -> [String] {
        var config: OpaquePointer?
        try check(git_repository_config(&config, raw), "read the configuration")
        defer { git_config_free(config) }
        var iterator: OpaquePointer?
        try check(git_config_iterator_new(&iterator, config), "read safe.directory")
        defer { git_config_iterator_free(iterator) }
        var values: [String] = []
        var entry: UnsafeMutablePointer<git_config_entry>?
        while git_config_next(&entry, iterator) == 0, let found = entry?.pointee {
            guard found.level != GIT_CONFIG_LEVEL_LOCAL, let name = found.name, let value = found.value else {
                continue
            }
            if String(cString: name) == "safe.directory" { values.append(String(cString: value)) }
        }
        for index in 0..<(environment["GIT_CONFIG_COUNT"].flatMap { Int($0) } ?? 0) {
            guard environment["GIT_CONFIG_KEY_\(index)"]?.lowercased() == "safe.directory" else { continue }
            values.append(environment["GIT_CONFIG_VALUE_\(index)"] ?? "")
        }
        return values
    }
}

/// Whether the values of `safe.directory`, in order, allow the folder: an empty one forgets those before it,
/// `*` allows all, a closing `/*` everything below a folder.
func isSafe(_ path: String, values: [String], home: String?) -> Bool {
    let path = realPath(path)
    var safe = false
    for value in values {
        if value.isEmpty {
            safe = false
        } else if value == "*" {
            safe = true
        } else if value.hasSuffix("/*") {
            safe = safe || path.hasPrefix(realPath(expand(String(value.dropLast(2)), home)) + "/")
        } else {
            safe = safe || path == realPath(expand(value, home))
        }
    }
    return safe
}

private func isOwn(_ path: String, _ environment: [String: String]) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    if status.st_uid == geteuid() { return true }
    // Under sudo, what belongs to the person who called it is their own, too.
    return geteuid() == 0 && environment["SUDO_UID"].flatMap { UInt32($0) } == status.st_uid
}

private func expand(_ path: String, _ home: String?) -> String {
    guard path.hasPrefix("~/"), let home else { return path }
    return home + path.dropFirst(1)
}

private func realPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
}
