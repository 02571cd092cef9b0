package import JSON
package import Posts

/// One delivery as the engine gets it: composed, and with what is known of it so far.
package struct Job: Sendable {
    package enum Origin: Sendable {
        /// Due: to be claimed, then published from its first missing step.
        case due
        /// Its time passed too long ago: written down as `missed`.
        case late
        /// Claimed earlier by this runner, whose journal tells how far it came; nothing is unanswered.
        case resumed(ClaimsEntry)
        /// Claimed earlier, by this runner or by one whose lease ran out; nobody knows whether a request took effect.
        case open(ClaimsEntry, Sent)
    }

    /// A request that left without a known answer.
    package struct Sent: Sendable {
        /// The latest moment at which it can have left; absence is believed some time after it.
        package var at: Instant
        /// The earliest; a look-up begins here.
        package var since: Instant
        /// What it was made from, if the journal is ours.
        package var draft: JSON?
        package var tries: Int
        /// Whether the journal is ours, so that the steps behind this one were certainly not sent.
        package var isJournalled: Bool

        package init(at: Instant, since: Instant? = nil, draft: JSON?, tries: Int, isJournalled: Bool) {
            self.at = at
            self.since = min(since ?? at, at)
            self.draft = draft
            self.tries = tries
            self.isJournalled = isJournalled
        }
    }

    package var id: DeliveryID
    package var steps: [Step]
    /// How many of the steps are the post; behind them may be its first comment.
    var posts: Int { steps.count { $0.kind != .comment } }
    var hasComment: Bool { posts < steps.count }
    package var digest: String
    /// Git blob id of the post.
    package var source: String
    package var schedule: Instant
    package var recovery: Recovery
    /// The delivery's entry on the branch or in the claims ref, if it was tried before.
    package var previous: DeliveryResult?
    /// Proofs of the steps that are live already.
    package var receipts: [Receipt]
    package var origin: Origin
    /// Raised by a person's order; an outcome counts for its generation.
    package var generation: Int

    package init(
        id: DeliveryID, steps: [Step], digest: String, source: String, schedule: Instant, recovery: Recovery,
        previous: DeliveryResult? = nil, receipts: [Receipt] = [], origin: Origin = .due,
        generation: Int? = nil
    ) {
        self.id = id
        self.steps = steps
        self.digest = digest
        self.source = source
        self.schedule = schedule
        self.recovery = recovery
        self.previous = previous
        self.receipts = receipts
        self.origin = origin
        self.generation = generation ?? previous?.generation ?? 1
    }
}
