import Git
import Posts

extension RemoteExchanger {
    /// Results that the branch is to get.
    struct News {
        /// nil: it has all of them, or is held back.
        var update: ReferenceUpdate?
        var parent: ObjectID?
        var files: [Sidecars.File] = []
        /// What became of the rest.
        var recorded: Recorded

        func refused(_ message: String) -> Recorded {
            var recorded = recorded
            recorded.failures.append(.refused(message))
            return recorded
        }
    }

    func news(of results: [DeliveryID: DeliveryResult]) async throws -> News {
        guard !results.isEmpty else { return News(recorded: Recorded(commit: nil)) }
        if case .holdingBack(let recorder) = follower { return News(recorded: await recorder.record(results)) }
        // A branch of results begins where the posts are.
        let parent = base.results ?? tips.branch
        let made = await meeting.sidecars.files(of: results, over: parent, hasWorkingTree: follower.hasWorkingTree)
        let files = made.files.filter(\.isNews)
        var recorded = Recorded(commit: nil, failures: made.failures)
        recorded.isPushed = true
        guard !files.isEmpty else { return News(recorded: recorded) }
        let commit = try await meeting.sidecars.commit(files, on: parent, of: results)
        return News(
            update: ReferenceUpdate(reference: upstream.resultsReference, new: commit, lease: .expects(tips.results)),
            parent: parent, files: files, recorded: recorded)
    }

    /// The remote has them; now this clone follows.
    func recorded(_ news: News) async -> Recorded {
        guard let commit = news.update?.new else { return news.recorded }
        tips.results = commit
        if upstream.resultsBranch == upstream.branch { tips.branch = commit }
        base.results = commit
        var recorded = news.recorded
        recorded.commit = commit.hex
        guard case .following(let pending) = follower else { return recorded }
        do {
            let head = try await meeting.repository.head
            if head.commit == news.parent, try await follow(head, to: commit, news.files, pending) {
                return recorded
            }
            if let here = head.commit, try await meeting.repository.isAncestor(here, of: commit) == true {
                // git looks at the index, which is behind what this run has committed before.
                try await pending.mend(meeting.repository)
                try await meeting.repository.git.fastForward(to: commit)
            } else {
                recorded.notes.append("this clone has commits that \(upstream.remote) lacks; git pull --rebase")
            }
        } catch let failure as Files.Failure {
            recorded.failures.append(.file("\(failure)"))
        } catch {
            recorded.notes.append("\(upstream.remote) has the results, this clone is behind: \(error); git pull")
        }
        return recorded
    }

    /// The index is left to the end of the run. Noted first: a run that dies before the branch has moved leaves files
    /// that are in the way of a fast-forward. False: the branch moved meanwhile.
    private func follow(
        _ head: Head, to commit: ObjectID, _ files: [Sidecars.File], _ pending: PendingIndex
    ) async throws -> Bool {
        try pending.note(files.map(\.path))
        for file in files where meeting.repository.hasFolder(of: file.path) { try meeting.sidecars.write(file) }
        return try await meeting.repository.moveBranch(head, to: commit)
    }
}

/// What this clone does with results.
enum Follower: Sendable {
    /// Its branch, index and working tree follow the remote.
    case following(PendingIndex)
    /// `--no-push`: they get the results, the remote's branch does not.
    case holdingBack(SidecarRecorder)
    /// Results go to another branch, or the tip is not what is checked out.
    case apart

    var hasWorkingTree: Bool {
        switch self {
        case .following, .holdingBack: true
        case .apart: false
        }
    }

    var holdsBack: Bool {
        switch self {
        case .holdingBack: true
        case .following, .apart: false
        }
    }
}

extension IndexRefresh {
    /// For people.
    var trouble: String? {
        switch self {
        case .refreshed, .unchanged: nil
        case .locked:
            "results are committed, but another git process holds index.lock: until the next run git status shows them as"
                + " changed"
        case .unsupported(let reason): "results are committed, but not in the index: \(reason)"
        }
    }
}
