import Git
import Posts

/// The remote that shares the claims, and its branch that holds the posts.
package struct Upstream: Sendable, Hashable {
    /// As git knows it: `origin`.
    package let remote: String
    package let address: RemoteAddress
    /// Without `refs/heads/`.
    package let branch: String
    /// Where results go; the same branch, unless `commit.branch` names another.
    package let resultsBranch: String

    package var reference: String { "refs/heads/" + branch }
    package var resultsReference: String { "refs/heads/" + resultsBranch }

    func trackingReference(of branch: String) -> String { "refs/remotes/\(remote)/\(branch)" }

    /// Upstream of the branch, else `origin`, else the only remote (CONTRACT §2).
    /// - Parameter named: what `--branch` says.
    /// - Returns: nil for a repository without a remote.
    static func find(
        of repository: GitRepository, _ configuration: Configuration, in environment: Environment,
        branch named: String?
    ) async throws(Refusal) -> Upstream? {
        do {
            let head = try await repository.head
            guard let remote = try await remote(of: repository, head) else { return nil }
            let branch = try await branch(of: repository, head, environment.variables, named: named)
            let address = RemoteAddress(try await repository.remoteURL(remote) ?? "")
            let upstream = Upstream(
                remote: remote, address: address, branch: branch,
                resultsBranch: configuration.commit.branch ?? branch)
            try upstream.refuseStrangers(configuration, isGateway: environment.gateway != nil)
            if let target = try await repository.remotePushURL(remote).map(RemoteAddress.init), target != address {
                throw Refusal(
                    .configuration,
                    "the remote “\(remote)” is fetched from \(address.text) and pushed to \(target.text), but claims must"
                        + " be read where they are written",
                    hint: "give it one address: git config --unset remote.\(remote).pushurl")
            }
            return upstream
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(.configuration, "\(error)")
        }
    }

    private static func remote(of repository: GitRepository, _ head: Head) async throws -> String? {
        let remotes = try await repository.remotes
        if let branch = head.branch, let named = try await repository.setting("branch.\(branch).remote"),
            remotes.contains(named)
        {
            return named
        }
        if remotes.contains("origin") { return "origin" }
        guard remotes.count < 2 else {
            throw Refusal(
                .configuration,
                "there are several remotes (\(remotes.joined(separator: ", "))) and none is the branch's",
                hint: "say which: git branch --set-upstream-to REMOTE/BRANCH")
        }
        return remotes.first
    }

    private static func branch(
        of repository: GitRepository, _ head: Head, _ variables: [String: String], named: String?
    ) async throws -> String {
        if let branch = head.branch {
            let tracked = try await repository.setting("branch.\(branch).merge").flatMap(shortName) ?? branch
            guard named == nil || named == tracked else {
                throw Refusal(
                    .usage, "--branch \(named ?? "") is not the branch that is checked out, \(tracked)",
                    hint: "check it out first, or leave --branch out")
            }
            return tracked
        }
        if let named { return named }
        if let reference = variables["GITHUB_REF"].flatMap(shortName) {
            return variables["GITHUB_REF_NAME"]?.nonEmpty ?? reference
        }
        if let branch = variables["CI_COMMIT_BRANCH"]?.nonEmpty { return branch }
        throw Refusal(
            .configuration, "HEAD is detached, so nobody knows which branch to publish from",
            hint: "name it with --branch")
    }

    private static func shortName(_ reference: String) -> String? {
        reference.hasPrefix("refs/heads/") ? String(reference.dropFirst("refs/heads/".count)).nonEmpty : nil
    }

    /// A fork or a mirror must not publish; a sandbox must not reach what others share (EXACTLY-ONCE 0).
    private func refuseStrangers(_ configuration: Configuration, isGateway: Bool) throws(Refusal) {
        if isGateway {
            guard address.isLocal else {
                throw Refusal(
                    .configuration, "a sandbox run writes claims, and the remote “\(remote)” is \(address.text)",
                    hint: "work in a clone of a local bare repository")
            }
            return
        }
        if let wanted = configuration.repository, RemoteAddress(wanted) != address {
            throw Refusal(
                .configuration, "the remote “\(remote)” is \(address.text), but socials.yml says repository: \(wanted)",
                hint: "a fork does not publish; if the repository moved, change socials.yml")
        }
        if let wanted = configuration.branch, wanted != branch {
            throw Refusal(
                .configuration, "this is the branch \(branch), but socials.yml says branch: \(wanted)",
                hint: "check out \(wanted), or change socials.yml")
        }
    }
}
