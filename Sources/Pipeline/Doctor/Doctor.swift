import Git
import Posts

/// Looks at everything a sync hangs on. Posts nothing and asks no network for anything but the time; on the remote it
/// makes one reference, to see whether claims could be made, and removes it again.
package func doctor(_ folder: String, branch: String?, in environment: Environment) async -> [HealthLine] {
    var doctor = Doctor(environment: environment)
    await doctor.look(at: folder, branch: branch)
    return doctor.lines
}

struct Doctor: Sendable {
    let environment: Environment
    var lines: [HealthLine] = []

    init(environment: Environment) { self.environment = environment }

    mutating func look(at folder: String, branch: String?) async {
        let workspace: Workspace
        do { workspace = try Workspace.open(at: folder, zones: environment.zones) } catch {
            return lines.append(.failure("configuration", error))
        }
        look(at: workspace)
        let repository: GitRepository
        do throws(Refusal) {
            repository = try GitRepository(at: workspace.root, in: environment)
            guard repository.root == workspace.root else {
                throw Refusal(
                    .configuration, "socials.yml is not at the top of \(repository.root)", hint: "move it to the top")
            }
        } catch {
            return lines.append(.failure("repository", error))
        }
        lines.append(.ok("repository", repository.root))
        await look(at: repository)
        await lookForPointers(workspace)
        if await hasGit(repository) { await lookAtRemote(of: repository, workspace, branch: branch) }
        for account in workspace.configuration.order { look(at: account) }
        lookAtVersions(workspace)
        lookAtMediaHost(workspace)
    }

    private mutating func look(at workspace: Workspace) {
        let warnings = workspace.diagnostics.count
        lines.append(
            warnings == 0
                ? .ok("configuration", "socials.yml: \(workspace.configuration.order.count) accounts")
                : .warning("configuration", "socials.yml has \(warnings) warnings", fix: "socials-pipeline check"))
        let lease = workspace.configuration.claims.lease
        lines.append(
            lease > .hours(1)
                ? .warning(
                    "lease", "claims last \(lease.words): what a run leaves when it dies waits as long",
                    fix: "claims: {lease: 15m}") : .ok("lease", "claims last \(lease.words)"))
    }

    private mutating func hasGit(_ repository: GitRepository) async -> Bool {
        do throws(RemoteError) {
            lines.append(.ok("git", "git \(try await repository.git.version().text)"))
            return true
        } catch {
            lines.append(.failure("git", Refusal(error)))
            return false
        }
    }
}

extension Duration {
    /// For people: `15 min`, `90 s`, `3 days`.
    var words: String {
        let seconds = components.seconds
        if seconds >= 172_800 { return "\(seconds / 86_400) days" }
        if seconds >= 7_200 { return "\(seconds / 3_600) h" }
        return seconds >= 120 ? "\(seconds / 60) min" : "\(seconds) s"
    }
}
