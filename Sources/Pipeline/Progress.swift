package import Posts

/// One delivery that ended, or is on its way, for whoever watches.
package struct SyncProgress: Sendable {
    package enum Phase: String, Sendable { case preparing, sending, published, failed, asking }

    package let id: DeliveryID
    package let phase: Phase
    package let detail: String?

    init?(_ event: Event) {
        switch event {
        case .prepared(let id, _): (self.id, phase, detail) = (id, .sending, nil)
        case .sent(let id, let receipt): (self.id, phase, detail) = (id, .published, receipt.url)
        case .prepareFailed(let id, let failure), .sendFailed(let id, let failure), .findFailed(let id, let failure):
            (self.id, phase, detail) = (id, .failed, failure.message)
        case .found(let id, .published(let receipt)): (self.id, phase, detail) = (id, .published, receipt.url)
        case .found(let id, .absent), .found(let id, .unclear): (self.id, phase, detail) = (id, .asking, nil)
        case .claimsRead, .claimsUnread, .exchanged, .sendRefused, .journalled, .linked, .waited, .clockIsOff, .stop:
            return nil
        }
    }
}
