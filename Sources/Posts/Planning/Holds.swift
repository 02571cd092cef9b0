/// What must be known of a due delivery to decide whether it is held.
package struct Facts: Sendable, Hashable {
    package var isCommitted: Bool
    /// Of the composed words and media; nil if they do not fit.
    package var digest: String?
    /// `repeat: true`
    package var repeats: Bool
    /// The network's id of the account, as far as configuration tells.
    package var actor: String?
    /// Results of the same post under other account names.
    package var siblings: [AccountID: DeliveryResult]
    package var hasResult: Bool
    package var hasRealResult: Bool

    package init(
        isCommitted: Bool, digest: String?, repeats: Bool = false, actor: String? = nil,
        siblings: [AccountID: DeliveryResult] = [:], hasResult: Bool = false, hasRealResult: Bool = false
    ) {
        self.isCommitted = isCommitted
        self.digest = digest
        self.repeats = repeats
        self.actor = actor
        self.siblings = siblings
        self.hasResult = hasResult
        self.hasRealResult = hasRealResult
    }
}

/// What went out lately, and results whose post is gone.
package struct Past: Sendable {
    package struct Trace: Sendable, Hashable {
        package var id: DeliveryID
        package var digest: String?
        package var schedule: Instant?
        package var publishedAt: Instant?
        /// Made through the gateway.
        package var isGateway: Bool

        package init(
            id: DeliveryID, digest: String?, schedule: Instant?, publishedAt: Instant?, isGateway: Bool = false
        ) {
            self.id = id
            self.digest = digest
            self.schedule = schedule
            self.publishedAt = publishedAt
            self.isGateway = isGateway
        }
    }

    /// The same words for the same account are held this long.
    package static let memory: Duration = .days(7)

    package var published: [AccountID: [Trace]] = [:]
    package var orphans: [AccountID: [Trace]] = [:]

    package init() {}

    package func publishTimes(of account: AccountID) -> [Instant] {
        (published[account] ?? []).compactMap(\.publishedAt)
    }
}

extension Plan.Due {
    /// Why it is held, if it is (EXACTLY-ONCE, "Held, not published, nothing written").
    package func hold(_ facts: Facts, past: Past, isGateway: Bool, at now: Instant) -> HoldReason? {
        if isGateway, facts.hasRealResult { return .realResult }
        if !facts.isCommitted { return .notCommitted }
        guard !facts.hasResult else { return nil }
        let orphans = past.orphans[id.account] ?? []
        if orphans.contains(where: { ($0.digest != nil && $0.digest == facts.digest) || $0.schedule == schedule }) {
            return .renamedPost
        }
        let isSettledElsewhere = facts.siblings.contains { account, result in
            account != id.account && account.network == id.account.network && result.state.isSettled
                && facts.actor != nil && result.actor == facts.actor
        }
        if isSettledElsewhere { return .renamedAccount }
        if !facts.repeats, let digest = facts.digest {
            let isRepeated = (past.published[id.account] ?? []).contains {
                $0.id != id && $0.digest == digest && ($0.publishedAt ?? now) > now - Past.memory
            }
            if isRepeated { return .duplicate }
        }
        return nil
    }
}
