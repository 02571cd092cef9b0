import CGit2

/// Says in words of git's own settings why libgit2 could not open a repository.
func openingError(_ code: Int32, at path: String) -> GitError {
    if code == GIT_ENOTFOUND.rawValue {
        return GitError(.notARepository, "\(path) is not in a git repository", hint: "run `git init` or clone one")
    }
    let reason = lastMessage()
    let lowered = reason.lowercased()
    if lowered.contains("objectformat") {
        return GitError(
            .unsupported, "the repository at \(path) uses SHA-256 names (extensions.objectFormat)",
            hint: "use a repository with the SHA-1 format")
    }
    if lowered.contains("refstorage") {
        return GitError(
            .unsupported, "the repository at \(path) keeps its references in a reftable (extensions.refStorage)",
            hint: "run `git refs migrate --ref-format=files`")
    }
    if lowered.contains("unsupported extension") || lowered.contains("unsupported repository version") {
        return GitError(.unsupported, "the repository at \(path) cannot be read: \(reason)")
    }
    return GitError(.other(code), "cannot open the repository at \(path): \(reason)")
}

/// Says why an index cannot be read; the two known causes by the setting that makes them.
func unreadableIndex() -> String {
    let reason = lastMessage()
    if reason.contains("'link'") { return "the index is split (core.splitIndex)" }
    if reason.contains("'sdir'") { return "the index is sparse (index.sparse)" }
    return reason
}

extension Repository {
    /// libgit2 ignores the variables that name other configuration files, or none; git obeys them.
    func readConfigurationFiles(namedIn environment: [String: String]) throws(GitError) {
        let hasSystem = !isTrue(environment["GIT_CONFIG_NOSYSTEM"])
        let files = [
            (hasSystem ? environment["GIT_CONFIG_SYSTEM"] : "/dev/null", GIT_CONFIG_LEVEL_SYSTEM),
            (environment["GIT_CONFIG_GLOBAL"], GIT_CONFIG_LEVEL_GLOBAL),
        ]
        var config: OpaquePointer?
        try check(git_repository_config(&config, raw), "read the configuration")
        defer { git_config_free(config) }
        for case (let path?, let level) in files {
            try check(git_config_add_file_ondisk(config, path, level, raw, 1), "read \(path)")
        }
    }
}

/// git's idea of a true variable.
func isTrue(_ value: String?) -> Bool {
    guard let value = value?.lowercased() else { return false }
    return ["1", "true", "yes", "on"].contains(value)
}
