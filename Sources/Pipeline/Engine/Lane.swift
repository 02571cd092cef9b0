import Posts

/// One account: its deliveries in order, one at a time.
struct Lane: Sendable {
    let account: AccountID
    /// At most one claim at a time, because a lost machine makes each of them `unknown`.
    let isBlind: Bool
    /// Not ours yet.
    var waiting: ArraySlice<DeliveryID> = []
    /// Ours, not begun.
    var claimed: [DeliveryID] = []
    /// Begun, not settled.
    var active: DeliveryID?
    /// Why nothing more is sent for the account in this run.
    var stopped: String?

    var open: [DeliveryID] { (active.map { [$0] } ?? []) + claimed }
    var openCount: Int { claimed.count + (active == nil ? 0 : 1) }

    /// How many of the waiting ones may be claimed now.
    var claimable: ArraySlice<DeliveryID> {
        if stopped != nil { return [] }
        if isBlind { return openCount == 0 ? waiting.prefix(1) : [] }
        return waiting
    }

    mutating func remove(_ id: DeliveryID) {
        if active == id { active = nil }
        claimed.removeAll { $0 == id }
        waiting.removeAll { $0 == id }
    }
}
