/// What the clock, the results and the claims say of one delivery.
package enum Verdict: Sendable, Hashable {
    /// Its time has come. `again`: it was tried before.
    case due(again: Bool)
    /// Not tried, and too late by the late guard: to be written down as `missed`.
    case late
    /// Not before this moment: its schedule, or the end of a wait.
    case later(Instant)
    case settled(DeliveryResult.State)
    /// A claim is open: a runner publishes it, or died doing so.
    case open(ClaimsEntry)
    case draft, unscheduled, expired
    /// Older than the late guard looks back, or from before the account's `since`: an imported archive stays silent.
    case past
}

/// What is known of one delivery besides its post.
package struct Known: Sendable, Hashable {
    /// The sidecar's entry, on disk or on the branch, or the claims ref's outcome; whichever knows more.
    package var result: DeliveryResult?
    package var claim: ClaimsEntry?
    /// Whether the file's blob is not the one that `result` used.
    package var isEdited = false
    /// Caps, `minGap` or a pause kept it back at some time since its schedule, so the late guard does not run for it.
    package var wasCapped = false

    /// A person ordered it anew, and a runner has begun, but the branch does not know of it yet.
    fileprivate var isReopened: Bool {
        guard let claim, claim.phase == .claimed || claim.phase == .inherited else { return false }
        return claim.generation > result?.generation ?? 0
    }

    /// Proofs of the parts of a thread that are live: the claims ref may have forgotten what the sidecar knows.
    package var receipts: [Receipt] {
        if let receipts = claim?.receipts, !receipts.isEmpty { return receipts }
        return result?.receipts(at: Instant(milliseconds: 0)) ?? []
    }

    package init(result: DeliveryResult? = nil, claim: ClaimsEntry? = nil) {
        self.result = result
        self.claim = claim
    }
}

/// One delivery of a post, before anything is known of its past.
package struct Scheduled: Sendable, Hashable {
    package var id: DeliveryID
    /// nil: never by itself.
    package var schedule: Instant?
    package var isDraft: Bool
    package var expires: Instant?
    /// Schedules before this are past for the account.
    package var since: Instant?

    package init(
        id: DeliveryID, schedule: Instant?, isDraft: Bool = false, expires: Instant? = nil, since: Instant? = nil
    ) {
        self.id = id
        self.schedule = schedule
        self.isDraft = isDraft
        self.expires = expires
        self.since = since
    }
}

/// CONTRACT §1.2, "Late guard".
package struct LateGuard: Sendable, Hashable {
    package var maxLateness: Duration
    package var giveUpAfter: Duration
    /// Older schedules without results are silently past.
    package static let memory: Duration = .days(7)

    package init(maxLateness: Duration = .hours(24), giveUpAfter: Duration = .hours(72)) {
        self.maxLateness = maxLateness
        self.giveUpAfter = giveUpAfter
    }
}

extension Scheduled {
    /// The verdict. Pure; the order of the rules is the contract: what was published stays, an open claim is somebody's,
    /// then the post's own words, then the clock.
    package func verdict(_ known: Known, at now: Instant, guard late: LateGuard) -> Verdict {
        if let result = known.result, result.state.isSettled, !known.isReopened {
            switch result.state {
            case .published, .unknown, .cancelled: return .settled(result.state)
            case .failed, .missed: if !known.isEdited { return .settled(result.state) }
            case .retrying, .processing: break
            }
        }
        if let claim = known.claim, claim.phase == .claimed || claim.phase == .inherited {
            if let notBefore = known.result?.notBefore, claim.phase == .inherited, notBefore > now {
                return .later(notBefore)
            }
            return .open(claim)
        }
        if isDraft { return .draft }
        guard let schedule else { return .unscheduled }
        if schedule > now { return .later(schedule) }
        if let expires, expires < now { return .expired }
        if let since, schedule < since { return .past }
        if let result = known.result, !result.state.isSettled {
            if let notBefore = result.notBefore, notBefore > now { return .later(notBefore) }
            return .due(again: true)
        }
        let lateness = now - schedule
        if lateness <= (known.wasCapped ? late.giveUpAfter : late.maxLateness) {
            return .due(again: known.result != nil)
        }
        return lateness <= LateGuard.memory ? .late : .past
    }
}
