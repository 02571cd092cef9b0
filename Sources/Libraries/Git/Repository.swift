import CGit2

/// One git repository on this machine; everything local is done here, nothing is sent anywhere.
///
/// Thread rule: calls block, and one repository is used from one place at a time. The class is not `Sendable`:
/// an actor that owns it keeps the rule. Two values opened on the same folder may be used side by side; what they
/// both change (references, index) is guarded by git's own lock files, as between processes.
package final class Repository {
    let raw: OpaquePointer
    var trees = TreeCache()
    /// Objects that wait for their commit; nil while each is written at once.
    var gathered: GatheredObjects?

    init(owning raw: OpaquePointer) {
        self.raw = raw
    }

    deinit {
        // Trees point into the repository, so they go first.
        trees.removeAll()
        git_repository_free(raw)
    }

    /// Opens the repository that contains the folder, looking upwards as git does.
    ///
    /// - Parameter environment: of the variables git itself reads, these count: `GIT_CONFIG_GLOBAL`,
    ///   `GIT_CONFIG_SYSTEM`, `GIT_CONFIG_NOSYSTEM`, `GIT_CONFIG_COUNT` with its keys (for `safe.directory`),
    ///   `HOME`, `SUDO_UID`.
    /// - Throws: `notARepository`, `unsupported` naming the setting, or `owner`.
    package static func open(at path: String, environment: [String: String] = [:]) throws(GitError) -> Repository {
        try Library.ensureStarted()
        var raw: OpaquePointer?
        let code = git_repository_open_ext(&raw, path, 0, nil)
        guard code == 0, let raw else { throw openingError(code, at: path) }
        let repository = Repository(owning: raw)
        try repository.readConfigurationFiles(namedIn: environment)
        try repository.checkOwner(environment)
        return repository
    }

    /// The folder with the checked-out files, without a closing slash; nil when bare.
    package var workingDirectory: String? { git_repository_workdir(raw).map(folder) }
    /// `.git`, or the linked worktree's own folder inside it.
    package var gitDirectory: String { folder(git_repository_path(raw)) }
    /// `.git` of the main worktree: what all worktrees share.
    package var commonDirectory: String { folder(git_repository_commondir(raw)) }
    package var isBare: Bool { git_repository_is_bare(raw) == 1 }

    /// Whether history was cut off by a shallow clone.
    package var isShallow: Bool { !shallowBoundary.isEmpty }

    /// Commits whose parents a shallow clone left out. Read anew each time: a fetch by the git executable moves it.
    var shallowBoundary: Set<ObjectID> {
        // libgit2 looks in the worktree's folder, git in the common one.
        guard let bytes = readFile(commonDirectory + "/shallow") else { return [] }
        return Set(
            bytes.split(separator: UInt8(ascii: "\n")).compactMap { ObjectID(hex: String(decoding: $0, as: UTF8.self)) }
        )
    }

    /// Names of the configured remotes, in the order of the configuration.
    package var remotes: [String] {
        get throws(GitError) {
            var list = git_strarray()
            try check(git_remote_list(&list, raw), "list the remotes")
            defer { git_strarray_dispose(&list) }
            return (0..<list.count).compactMap { list.strings[$0].map { String(cString: $0) } }
        }
    }

    /// The address of a remote after `url.*.insteadOf`; nil when there is no such remote.
    package func remoteURL(_ name: String) throws(GitError) -> String? {
        var remote: OpaquePointer?
        let code = git_remote_lookup(&remote, raw, name)
        guard code != GIT_ENOTFOUND.rawValue else { return nil }
        try check(code, "read the remote \(name)")
        defer { git_remote_free(remote) }
        return git_remote_url(remote).map { String(cString: $0) }
    }

    /// Where a remote is pushed to, if that is another address than it is fetched from.
    package func remotePushURL(_ name: String) throws(GitError) -> String? {
        var remote: OpaquePointer?
        let code = git_remote_lookup(&remote, raw, name)
        guard code != GIT_ENOTFOUND.rawValue else { return nil }
        try check(code, "read the remote \(name)")
        defer { git_remote_free(remote) }
        return git_remote_pushurl(remote).map { String(cString: $0) }
    }

    /// A setting as git would read it (the last value wins); nil when it is not set.
    package func config(_ key: String) throws(GitError) -> String? {
        var config: OpaquePointer?
        try check(git_repository_config_snapshot(&config, raw), "read the configuration")
        defer { git_config_free(config) }
        var value: UnsafePointer<CChar>?
        let code = git_config_get_string(&value, config, key)
        guard code != GIT_ENOTFOUND.rawValue else { return nil }
        try check(code, "read the setting \(key)")
        return value.map { String(cString: $0) }
    }
}

private func folder(_ path: UnsafePointer<CChar>) -> String {
    let path = String(cString: path)
    return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
}
