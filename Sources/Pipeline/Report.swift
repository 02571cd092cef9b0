package import JSON
package import Posts

/// What a sync did.
package struct SyncReport: Sendable {
    package var now: Instant
    package var outcomes: [(id: DeliveryID, result: DeliveryResult)] = []
    package var skipped: [(id: DeliveryID, reason: String)]
    package var commit: String?
    package var problems: [Diagnostic]
    package var isDryRun = false
    /// What a dry run would publish.
    package var due: [Plan.Due] = []
    /// What of a person's order was not done, or had been before.
    package var refused: [Order.Refused] = []
    /// Trouble that is nobody's delivery: a full disk, a sidecar that cannot be written.
    package var troubles: [String] = []
    /// What a person should know although all went well.
    package var notes: [String] = []
    package var isPushed = false
    package private(set) var status: ExitStatus

    init(_ planning: Planning, dryRun options: SyncOptions) {
        let plan = planning.plan
        now = plan.now
        due = plan.due.filter { options.wants($0.id) }
        skipped = plan.held.map { ($0.id, $0.reason.rawValue) }
        problems = plan.problems
        isDryRun = true
        status = plan.problems.contains { $0.severity == .error } ? .invalidPost : .success
    }

    init(_ planning: Planning, _ engine: Engine, _ options: SyncOptions) {
        let plan = planning.plan
        now = plan.now
        outcomes = engine.outcomes
        // Another post's mistakes are no part of a person's order.
        problems = plan.problems.filter { options.order?.posts.contains($0.place.path) ?? true }
        commit = engine.commits.last
        let invalid = plan.due.map(\.id).filter { options.wants($0) }
        let unbegun = engine.skipped
        let begun = Set(outcomes.map(\.id) + unbegun.map(\.id))
        skipped = unbegun + plan.held.map { ($0.id, $0.reason.rawValue) }
        let isLimited = options.limit != nil
        let broken = Set(plan.problems.map(\.place.path))
        for id in invalid where !begun.contains(id) {
            let isOver = planning.overRun.contains(id)
            skipped.append(
                (id, isOver ? "max-per-run" : isLimited && !broken.contains(id.post) ? "limit" : "invalid"))
        }
        skipped.sort { $0.id < $1.id }
        troubles = engine.faults.map(\.message) + engine.recordFailures.map(\.message)
        notes =
            engine.notes
            + planning.unsure.filter { options.wants($0) }.map {
                "\($0) needs a person: nobody knows whether it is live; look at the account, then: socials-pipeline"
                    + " resolve \($0.post) --account \($0.account) --published URL or --not-published"
            }
            + outcomes.compactMap { $0.result.commentWarning(of: $0.id) }
        isPushed = engine.isPushed
        refused = planning.refusals
        status = .success
        let strangers = strangers(options.order)
        troubles += strangers.map { "\($0) is no post, or goes to none of these accounts" }
        let held = options.order == nil ? [] : plan.held.map(\.reason.statusOfOrder)
        status = ExitStatus.worst(
            statuses(engine) + refused.map(\.status) + held + strangers.map { _ in ExitStatus.usage })
    }

    /// What of an order nothing is known about.
    private func strangers(_ order: Order?) -> [String] {
        let known = Set(
            outcomes.map(\.id.post) + skipped.map(\.id.post) + refused.map(\.id.post) + problems.map(\.place.path))
        return order?.posts.subtracting(known).sorted() ?? []
    }

    private func statuses(_ engine: Engine) -> [ExitStatus] {
        var statuses: [ExitStatus] = problems.contains { $0.severity == .error } ? [.invalidPost] : []
        statuses += engine.recordFailures.map(\.status)
        for fault in engine.faults {
            switch fault {
            case .file: statuses.append(.file)
            case .tryAgain, .clockIsOff: statuses.append(.tryAgain)
            case .unreachable: statuses.append(.unavailable)
            case .refused, .newerVersion: statuses.append(.configuration)
            }
        }
        for (_, result) in outcomes {
            switch result.state {
            case .failed, .unknown, .missed: statuses.append(.failed)
            case .published, .cancelled, .processing: break
            case .retrying:
                switch result.error?.kind {
                case .auth: statuses.append(.needsLogin)
                case .account: statuses.append(.failed)
                case .config: statuses.append(.configuration)
                case .transient, .permanent, nil: break
                }
            }
        }
        return statuses
    }

    /// CONTRACT §2.3.
    package var json: JSON {
        var json: JSON = [
            "now": .string(now.rfc3339), "commit": commit.map { .string($0) } ?? .null, "pushed": .bool(isPushed),
            "problems": .array(problems.map(\.json)),
            "skipped": .array(skipped.map { $0.id.json(["reason": .string($0.reason)]) }),
        ]
        for state in [DeliveryResult.State.published, .failed, .retrying, .processing, .unknown, .missed] {
            json[state.rawValue] = .array(
                outcomes.filter { $0.result.state == state }.map { $0.id.json($0.result.reported) })
        }
        if isDryRun { json["due"] = .array(due.map(\.json)) }
        return json
    }
}

extension HoldReason {
    /// How `publish` of what is held ends.
    fileprivate var statusOfOrder: ExitStatus {
        switch self {
        case .claimedElsewhere: .tryAgain
        case .notCommitted, .duplicate, .renamedPost, .renamedAccount, .paused, .notAvailable, .maxPerRun, .maxPerDay,
            .minGap, .rateLimited, .realResult:
            .failed
        }
    }
}

extension Recorded.Failure {
    var message: String {
        switch self {
        case .file(let message), .refused(let message), .unreachable(let message), .tryAgain(let message): message
        }
    }

    var status: ExitStatus {
        switch self {
        case .file: .file
        case .refused: .configuration
        case .unreachable: .unavailable
        case .tryAgain: .tryAgain
        }
    }
}

extension Engine.Fault {
    var message: String {
        switch self {
        case .file(let message), .tryAgain(let message), .clockIsOff(let message), .unreachable(let message),
            .refused(let message):
            message
        case .newerVersion(let version): "the claims have version \(version), written by a newer socials-pipeline"
        }
    }
}

extension DeliveryResult {
    /// One line for a person; nil where all is well.
    fileprivate func commentWarning(of id: DeliveryID) -> String? {
        guard let comment = firstComment, let error = comment.error else { return nil }
        let hint = error.hint.map { "; \($0)" } ?? ""
        return "\(id) is published, its first comment is \(comment.state.rawValue): \(error.message)\(hint)"
            + " [\(error.code)]"
    }

    fileprivate var reported: [String: JSON] {
        var members: [String: JSON] = [:]
        members["id"] = id.map { .string($0) }
        members["url"] = url.map { .string($0) }
        members["firstComment"] = firstComment?.json
        members["error"] = error?.json
        members["notBefore"] = notBefore.map { .string($0.rfc3339) }
        return members
    }
}

extension DeliveryID {
    package func json(_ members: [String: JSON] = [:]) -> JSON {
        .object(members.merging(["post": .string(post), "account": .string(account.description)]) { mine, _ in mine })
    }
}

extension Plan.Due {
    package var json: JSON { id.json(["schedule": .string(schedule.rfc3339), "state": .string(state)]) }
}

extension Plan {
    /// CONTRACT §2.3: lists by path, then account.
    package var json: JSON {
        var next: JSON = .null
        if let due = self.next { next = due.id.json(["schedule": .string(due.schedule.rfc3339)]) }
        return [
            "now": .string(now.rfc3339), "posts": JSON(posts),
            "due": .array((due + open).sorted { $0.id < $1.id }.map(\.json)),
            "held": .array(held.sorted { $0.id < $1.id }.map { $0.id.json(["reason": .string($0.reason.rawValue)]) }),
            "next": next, "problems": .array(problems.map(\.json)),
        ]
    }
}
