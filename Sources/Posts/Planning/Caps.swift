/// `maxPerRun`, `maxPerDay` and `minGap` of one account (CONTRACT §1.3). Deliveries are counted, a thread is one.
package struct Caps: Sendable {
    private let limits: Account.Limits
    private let now: Instant
    private var inThisRun = 0
    private var today: Int
    private var latest: Instant?

    /// - Parameter published: when the account published lately; live claims count as published now.
    package init(_ limits: Account.Limits, published: [Instant], at now: Instant) {
        self.limits = limits
        self.now = now
        today = published.count { $0 > now - .days(1) }
        latest = published.max()
    }

    /// Counts one more delivery, or says which cap forbids it.
    package mutating func admit() -> HoldReason? {
        if inThisRun >= limits.maxPerRun { return .maxPerRun }
        if today >= limits.maxPerDay { return .maxPerDay }
        if limits.minGap > .zero, let latest, latest + limits.minGap > now { return .minGap }
        inThisRun += 1
        today += 1
        latest = now
        return nil
    }

    /// Whether a cap kept a delivery back at some time between its schedule and now.
    package static func heldBack(_ limits: Account.Limits, published: [Instant], since schedule: Instant) -> Bool {
        let lately = published.count { $0 > schedule - .days(1) }
        if lately >= min(limits.maxPerDay, limits.maxPerRun) { return true }
        return limits.minGap > .zero && published.contains { $0 > schedule - limits.minGap }
    }
}
