import Git
import HTTP
import Posts

/// A forked pull request must never publish (EXACTLY-ONCE 0).
func refuseEarly(_ variables: [String: String]) throws(Refusal) {
    let event = variables["GITHUB_EVENT_NAME"] ?? ""
    guard event != "pull_request", event != "pull_request_target",
        variables["CI_PIPELINE_SOURCE"] != "merge_request_event"
    else {
        throw Refusal(
            .usage, "a pull request does not publish", hint: "run check or plan here, and sync after the merge")
    }
}

func refuse(_ repository: GitRepository, _ workspace: Workspace) async throws(Refusal) {
    guard repository.root == workspace.root else {
        throw Refusal(
            .configuration, "socials.yml is in \(workspace.root), but the git repository begins at \(repository.root)",
            hint: "move socials.yml to the top of the repository")
    }
    do {
        if let remote = try await repository.remotes.first {
            throw Refusal(
                .configuration, "this version publishes only from a repository without a remote; it has “\(remote)”",
                hint: "work in a copy without remotes: git remote remove \(remote)")
        }
        switch await repository.state {
        case .clean: break
        case let state:
            throw Refusal(
                .tryAgain, "the repository is in the middle of something: \(state)", hint: "finish or abort it first")
        }
    } catch let refusal as Refusal {
        throw refusal
    } catch {
        throw Refusal(.configuration, "\(error)")
    }
}

/// File trouble of the tool's own folder ends the command with 74.
func filing<Value>(_ body: () throws(Files.Failure) -> Value) throws(Refusal) -> Value {
    do { return try body() } catch { throw Refusal(.file, error.description) }
}

func reading(_ claims: GitClaims) async throws(Refusal) -> (tree: ClaimsTree, version: String?) {
    do { return try await claims.read() } catch {
        switch error {
        case .newerVersion(let version):
            throw Refusal(
                .configuration, "the claims have version \(version), written by a newer socials-pipeline",
                hint: "update socials-pipeline")
        case .lost, .unavailable: throw Refusal(.file, "\(error)")
        }
    }
}
