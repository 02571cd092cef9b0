package import JSON
package import Posts

/// What came of a person's order.
package struct OrderReport: Sendable {
    package var now: Instant
    package internal(set) var changed: [(id: DeliveryID, entry: ClaimsEntry)] = []
    package internal(set) var refused: [(id: DeliveryID, objection: Objection)] = []
    package internal(set) var commit: String?
    package internal(set) var isPushed = false
    /// Results that cannot be read.
    package internal(set) var problems: [Diagnostic] = []
    /// Why the branch does not have it yet; the order stands.
    package internal(set) var troubles: [String] = []
    package internal(set) var notes: [String] = []
    private var statuses: [ExitStatus] = []

    init(now: Instant) { self.now = now }

    var results: [DeliveryID: DeliveryResult] {
        Dictionary(uniqueKeysWithValues: changed.compactMap { id, entry in entry.result.map { (id, $0) } })
    }

    mutating func note(_ recorded: Recorded?) {
        guard let recorded else {
            troubles.append(
                "nobody knows whether the branch took it; the order stands, and the next sync writes it down")
            return statuses.append(.unavailable)
        }
        commit = recorded.commit
        isPushed = recorded.isPushed
        notes = recorded.notes
        troubles = recorded.failures.map(\.message)
        statuses += recorded.failures.map(\.status)
    }

    /// 1 also for what ended `unknown` or `missed` by the order.
    package var status: ExitStatus {
        let ended = changed.compactMap { _, entry -> ExitStatus? in
            switch entry.result?.state {
            case .unknown, .missed, .failed: .failed
            case .published, .retrying, .processing, .cancelled, nil: nil
            }
        }
        return ExitStatus.worst(ended + refused.map(\.objection.status) + statuses)
    }

    package var json: JSON {
        [
            "now": .string(now.rfc3339), "commit": commit.map { .string($0) } ?? .null, "pushed": .bool(isPushed),
            "changed": .array(
                changed.map { $0.id.json(["state": .string($0.entry.result?.state.rawValue ?? "")]) }),
            "refused": .array(refused.map { $0.id.json(["reason": .string($0.objection.reason)]) }),
        ]
    }
}
