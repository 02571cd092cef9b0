package import JSON
package import Posts

/// What the engine wants done. Each action is answered by exactly one event; actions may be performed side by side.
package enum Action: Sendable {
    /// - Parameter afterRaces: how often in a row others were faster; the more, the longer chance waits.
    case readClaims(afterRaces: Int)
    /// Claims by compare-and-swap, and results on the branch, in one go.
    case exchange(Exchange)
    case prepare(DeliveryID, Step, earlier: [Receipt], draft: JSON?)
    /// Fence, durable `sending` line, then the one request that cannot be repeated.
    case send(DeliveryID, Step, earlier: [Receipt], JournalLine.Sending, Fence)
    /// The answer, durable before anything else of the account.
    case journal(JournalLine.Answered)
    case find(DeliveryID, Step, earlier: [Receipt], draft: JSON?, since: Instant)
    case link(DeliveryID, Receipt)
    case wait(DeliveryID, until: Instant)
}

/// How an action ended.
package enum Event: Sendable {
    case claimsRead(ClaimsTree, version: String?)
    case claimsUnread(ClaimsStoreError)
    case exchanged(Exchanged)
    case prepared(DeliveryID, Prepared)
    case prepareFailed(DeliveryID, PlatformFailure)
    case sent(DeliveryID, Receipt)
    case sendFailed(DeliveryID, PlatformFailure)
    case sendRefused(DeliveryID, ClaimRefused)
    case journalled(DeliveryID, failure: String?)
    case found(DeliveryID, Finding)
    case findFailed(DeliveryID, PlatformFailure)
    case linked(DeliveryID, url: String?)
    case waited(DeliveryID)
    /// A server's clock and ours differ too much for leases to mean the same.
    case clockIsOff(String)
    /// A person or the system wants the run to end: finish what is in flight, begin nothing.
    case stop

    package struct Prepared: Sendable {
        package var draft: JSON
        /// nil: ready to be published.
        package var lookAgain: Instant?
        package var actor: String?

        package init(draft: JSON, lookAgain: Instant?, actor: String?) {
            self.draft = draft
            self.lookAgain = lookAgain
            self.actor = actor
        }
    }
}
