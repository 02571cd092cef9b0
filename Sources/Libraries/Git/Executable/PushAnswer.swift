/// Makes an outcome for each reference out of what `git push --porcelain` printed.
struct PushAnswer {
    private let ending: GitEnding
    private let updates: [ReferenceUpdate]
    private let runsHooks: Bool
    private let doing: String

    init(_ ending: GitEnding, _ updates: [ReferenceUpdate], runsHooks: Bool, doing: String) {
        self.ending = ending
        self.updates = updates
        self.runsHooks = runsHooks
        self.doing = doing
    }

    func outcomes() throws(RemoteError) -> [String: UpdateOutcome] {
        let lines = PushLine.all(in: ending.output)
        var outcomes: [String: UpdateOutcome] = [:]
        var failures: [String: String] = [:]
        for update in updates {
            // A remote with several push addresses answers several times; the worst counts.
            let verdicts = lines.filter { $0.reference == update.reference }.map { $0.verdict(ending.complaints) }
            guard !verdicts.isEmpty, !verdicts.contains(.unanswered) else { return try withoutAnAnswer() }
            let failed = verdicts.compactMap(\.failure).first
            if let failed { failures[update.reference] = failed }
            outcomes[update.reference] =
                failed.map { .refused($0) } ?? verdicts.compactMap(\.refusal).first
                ?? verdicts.compactMap(\.move).first ?? .accepted
        }
        // Beside an accepted one the failure of another must not hide what was accepted.
        if let failure = failures.first, failures.count == updates.count {
            throw .failed("\(doing): \(failure.value)")
        }
        return outcomes
    }

    /// Not one line for a reference: git came to no answer, by itself or because it was cut.
    private func withoutAnAnswer() throws(RemoteError) -> [String: UpdateOutcome] {
        let complaints = ending.complaints
        if hasBegun, complaints.first(of: Self.surelyRefused) == nil {
            throw .uncertain(uncertainty)
        }
        switch ending.cause {
        case .cut, .signalled: throw ending.failure(while: doing)
        case .exited(let status):
            if let line = complaints.first(of: Signs.forbidden) { return all(.refused(reason(line))) }
            if runsHooks, status == 1, complaints.first(of: Signs.unreachable + Signs.local) == nil {
                return all(.refused((["pre-push hook declined"] + complaints.lines.prefix(1)).joined(separator: ": ")))
            }
            let failure = ending.failure(while: doing)
            if case .unreachable(let text) = failure, complaints.first(of: Self.surelyRefused) != nil {
                throw .failed(text)
            }
            throw failure
        }
    }

    /// Whether git had come so far that the remote could have acted. Before the last byte of the pack, which is
    /// reported when it is done, the remote does nothing; deletions alone have no pack.
    private var hasBegun: Bool {
        let complaints = ending.complaints
        if !complaints.isWhole || complaints.lines.contains(where: isPackProgress) { return true }
        guard updates.allSatisfy({ $0.new == nil }) else { return false }
        return complaints.first(of: Self.surelyNotConnected + Signs.notAuthorized + Signs.forbidden) == nil
    }

    private var uncertainty: String {
        let what =
            switch ending.cause {
            case .cut(let cut): RemoteError.cut(cut, while: doing).message
            case .signalled(let signal): "git was ended by signal \(signal) while \(doing)"
            case .exited(let status): ending.words(doing, status)
            }
        return "\(what); whether it was taken is not known"
    }

    private func reason(_ line: String) -> String {
        (complaintsOfRemote + [line]).joined(separator: ": ")
    }

    private var complaintsOfRemote: [String] { Array(ending.complaints.remoteWords.prefix(3)) }

    private func all(_ outcome: UpdateOutcome) -> [String: UpdateOutcome] {
        Dictionary(uniqueKeysWithValues: updates.map { ($0.reference, outcome) })
    }

    /// The request with the pack was answered by a refusal; of 5xx nobody knows what a gateway passed on.
    private static let surelyRefused = (400...499).map { "rpc failed; http \($0)" }
    private static let surelyNotConnected = [
        "could not resolve", "failed to connect", "connection refused", "unable to access",
        "does not appear to be a git repository", "could not read from remote repository", "strange pathname",
    ]
}

private func isPackProgress(_ line: String) -> Bool {
    [
        "Enumerating objects", "Counting objects", "Delta compression", "Compressing objects", "Writing objects",
        "Total ",
    ]
    .contains { line.hasPrefix($0) }
}
