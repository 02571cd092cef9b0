/// The git executable, for everything that talks to a remote or must act exactly as git does on a working tree.
///
/// Only it knows credential helpers, ssh configuration, proxies, shallow and partial clones, and only it pushes with
/// a lease; libgit2 does what is local. git runs in a session of its own, without a terminal, so that neither git nor
/// ssh nor a helper can ask anything. It is ended by the limits of `Patience`, with all its children.
///
/// A task that is cancelled ends a reading run at once. A push or a change of the working tree comes to its end first.
package struct GitExecutable: Sendable {
    let workingDirectory: String
    let environment: [String: String]
    let patience: Patience

    /// - Parameters:
    ///   - workingDirectory: a folder of the repository.
    ///   - environment: the variables of the person or CI job. Which of git's own get through: `GitVariables`.
    package init(workingDirectory: String, environment: [String: String], patience: Patience = Patience()) {
        self.workingDirectory = workingDirectory
        self.environment = environment
        self.patience = patience
    }

    /// - Throws: `noExecutable`, or `tooOld` below 2.30, the first with all options used here in Debian's stable
    ///   release of 2021; to be asked once before the other calls, which do not ask again.
    package func version() async throws(RemoteError) -> GitVersion {
        let ending = try await run(GitCommand(["version"], inRepository: false))
        let text = String(decoding: ending.output, as: UTF8.self)
        guard ending.cause == .exited(0), let version = GitVersion(text) else {
            throw ending.failure(while: "asking git for its version")
        }
        guard (version.major, version.minor) >= (2, 30) else {
            throw .tooOld("git \(version.text) is too old; 2.30 or newer is needed")
        }
        return version
    }
}

/// The version that git says of itself.
package struct GitVersion: Equatable, Sendable {
    package let major: Int
    package let minor: Int
    /// As git prints it: `2.39.5`, `2.39.5 (Apple Git-154)`, `2.45.1.windows.1`.
    package let text: String

    /// Reads the answer of `git version`.
    init?(_ answer: String) {
        let prefix = "git version "
        guard answer.hasPrefix(prefix), let line = answer.split(whereSeparator: \.isNewline).first else { return nil }
        text = String(line.dropFirst(prefix.count))
        let numbers = text.split(separator: ".", maxSplits: 2)
        guard numbers.count > 1, let major = Int(numbers[0]), let minor = Int(numbers[1].prefix(while: \.isNumber))
        else { return nil }
        self.major = major
        self.minor = minor
    }
}
