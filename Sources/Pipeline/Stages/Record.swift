import Git
import Posts

/// Sidecars beside the posts and one commit on the checked-out branch, in this repository; or, with `commit.branch`, a
/// commit on that branch, and the working tree stays as it is. The index is left to the end of the run.
struct SidecarRecorder: Recorder {
    let sidecars: Sidecars
    let pending: PendingIndex

    private static let mostTries = 10
    private var repository: GitRepository { sidecars.repository }
    private var branch: String? { sidecars.workspace.configuration.commit.branch }

    func record(_ outcomes: [DeliveryID: DeliveryResult]) async -> Recorded {
        var recorded = Recorded(commit: nil)
        do {
            for _ in 0..<Self.mostTries {
                let head = try await repository.head
                let base = try await repository.base(resultsBranch: branch).results
                let isApart = branch.map { $0 != head.branch } ?? false
                var (files, failures) = await sidecars.files(of: outcomes, over: base, hasWorkingTree: !isApart)
                if !isApart { files = written(files, &failures) }
                files = files.filter(\.isNews)
                recorded.failures = failures
                if files.isEmpty { return recorded }
                let commit = try await sidecars.commit(files, on: base, of: outcomes)
                if let branch, isApart {
                    let name = "refs/heads/" + branch
                    // What was read as its tip before; a branch that is new begins at HEAD.
                    let old = try await repository.reference(name) == nil ? nil : base
                    if try await repository.compareAndSwap(
                        name, to: commit, expecting: old, log: "socials-pipeline sync")
                    {
                        recorded.commit = commit.hex
                        return recorded
                    }
                    continue
                }
                try pending.note(files.map(\.path))
                if try await repository.moveBranch(head, to: commit) {
                    recorded.commit = commit.hex
                    return recorded
                }
            }
            recorded.failures.append(
                .tryAgain("the branch moved \(Self.mostTries) times while its results were written"))
        } catch {
            recorded.failures.append(.file("\(error)"))
        }
        return recorded
    }

    /// Those that are beside the posts now.
    private func written(
        _ files: [Sidecars.File], _ failures: inout [Recorded.Failure]
    ) -> [Sidecars.File] {
        files.filter { file in
            do { try sidecars.write(file) } catch {
                failures.append(.file("\(file.path): \(error)"))
                return false
            }
            return true
        }
    }
}
