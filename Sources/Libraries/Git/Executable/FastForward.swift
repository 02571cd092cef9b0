/// Why a branch did not follow.
package enum FastForwardError: Error, Equatable, Sendable {
    /// Changed or untracked files that the new commit would overwrite; nothing was touched.
    case inTheWay(files: [String])
    /// The branch has commits that the other lacks.
    case diverged(String)
    /// Somebody else's `index.lock`, or a reference's lock.
    case locked(String)
    /// git failed: nothing to run, a merge in progress, a blob that could not be fetched…
    case git(RemoteError)

    package var message: String {
        switch self {
        case .inTheWay(let files): "in the way: \(files.joined(separator: ", "))"
        case .diverged(let text), .locked(let text): text
        case .git(let error): error.message
        }
    }
}

extension FastForwardError: CustomStringConvertible {
    package var description: String { message }
}

extension GitExecutable {
    /// As `git merge --ff-only`: branch, index and working tree follow, filters and hooks of git included. May be
    /// repeated. On a detached HEAD it moves HEAD.
    package func fastForward(to commit: ObjectID) async throws(FastForwardError) {
        var command = GitCommand([
            // Whoever set merge.autoStash wants it for merges by hand: a stash that does not apply is nothing for a robot.
            "merge", "--ff-only", "--no-autostash", "--no-squash", "--no-stat", "--no-edit", commit.hex,
        ])
        command.whenCancelled = .finishes
        let doing = "fast-forwarding to \(commit.hex.prefix(10))"
        let ending: GitEnding
        do { ending = try await run(command) } catch { throw .git(error) }
        guard !ending.succeeded else { return }
        let files = filesInTheWay(ending.complaints)
        guard files.isEmpty else { throw .inTheWay(files: files) }
        let complaints = ending.complaints
        if let line = complaints.first(of: ["not possible to fast-forward", "refusing to merge unrelated histories"]) {
            throw .diverged(ending.sentence(line, doing))
        }
        if let line = complaints.first(of: [".lock': file exists", "cannot lock ref"]) {
            throw .locked(ending.sentence(line, doing))
        }
        throw .git(ending.failure(while: doing))
    }
}

/// git lists them indented by a tab, below a sentence on what is wrong with them.
private func filesInTheWay(_ complaints: Complaints) -> [String] {
    guard complaints.first(of: ["would be overwritten", "would lose untracked files", "not uptodate"]) != nil else {
        return []
    }
    return complaints.lines.filter { $0.hasPrefix("\t") }.map { String($0.dropFirst()) }
}
