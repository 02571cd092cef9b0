/// Which variables git gets.
///
/// Of git's own only those that say how to connect and where the configuration is. All others stay out, known or not:
/// `GIT_DIR`, `GIT_INDEX_FILE` or `GIT_WORK_TREE` of a hook that calls us would make git act elsewhere, and a trace
/// would print credentials. `GIT_ASKPASS` stays: in CI it is a script that knows the token.
enum GitVariables {
    static func forGit(_ environment: [String: String]) -> [String: String] {
        environment.filter { isPassedOn($0.key) }.merging(fixed) { $1 }
    }

    private static func isPassedOn(_ name: String) -> Bool {
        guard !refused.contains(name) else { return false }
        guard name.hasPrefix("GIT_") else { return true }
        return passed.contains(name) || prefixes.contains { name.hasPrefix($0) }
    }

    private static let passed: Set<String> = [
        "GIT_ALLOW_PROTOCOL", "GIT_ASKPASS", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_NAME", "GIT_CEILING_DIRECTORIES",
        "GIT_COMMITTER_EMAIL", "GIT_COMMITTER_NAME", "GIT_CONFIG_COUNT", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_SYSTEM", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH",
        "GIT_PROTOCOL_FROM_USER", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT",
    ]
    private static let prefixes = [
        "GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_", "GIT_HTTP_", "GIT_LFS_", "GIT_PROXY_", "GIT_SSL_",
    ]
    /// `SSH_ASKPASS` opens a window; `LANGUAGE` beats `LC_ALL`, and git's sentences are read here in English.
    private static let refused: Set<String> = ["SSH_ASKPASS", "LANGUAGE"]

    private static let fixed = [
        "GIT_TERMINAL_PROMPT": "0", "GCM_INTERACTIVE": "never", "SSH_ASKPASS_REQUIRE": "never",
        "GIT_OPTIONAL_LOCKS": "0", "GIT_ADVICE": "0", "LC_ALL": "C",
        // Else git-lfs is silent without a terminal, and silence ends a fetch or push.
        "GIT_LFS_FORCE_PROGRESS": "1",
    ]

    /// Adds settings that beat all files; unlike `-c`, a key may hold any character.
    static func adding(_ settings: [(key: String, value: String)], to variables: [String: String]) -> [String: String] {
        guard !settings.isEmpty else { return variables }
        var variables = variables
        var count = variables["GIT_CONFIG_COUNT"].flatMap(Int.init) ?? 0
        for (key, value) in settings {
            variables["GIT_CONFIG_KEY_\(count)"] = key
            variables["GIT_CONFIG_VALUE_\(count)"] = value
            count += 1
        }
        variables["GIT_CONFIG_COUNT"] = String(count)
        return variables
    }
}
