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
    switch await repository.state {
    case .clean: break
    case let state:
        throw Refusal(
            .tryAgain, "the repository is in the middle of something: \(state)", hint: "finish or abort it first")
    }
}

/// File trouble of the tool's own folder ends the command with 74.
func filing<Value>(_ body: () throws(Files.Failure) -> Value) throws(Refusal) -> Value {
    do { return try body() } catch { throw Refusal(.file, error.description) }
}

func reading(_ claims: some ClaimsStore) async throws(Refusal) -> (tree: ClaimsTree, version: String?) {
    do { return try await claims.read() } catch { throw Refusal(error) }
}

extension Refusal {
    init(_ error: ClaimsStoreError) {
        switch error {
        case .newerVersion(let version):
            self.init(
                .configuration, "the claims have version \(version), written by a newer socials-pipeline",
                hint: "update socials-pipeline")
        case .unavailable(let message): self.init(.file, message)
        case .unreachable(let message), .uncertain(let message): self.init(.unavailable, message)
        case .refused(let message): self.init(.configuration, message)
        case .behind(let message): self.init(.tryAgain, message)
        case .lost: self.init(.tryAgain, "another run changed the claims")
        }
    }
}
