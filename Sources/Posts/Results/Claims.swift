package import JSON

/// One delivery in the claims ref: in flight, or settled lately (EXACTLY-ONCE, "What is where").
package struct ClaimsEntry: Sendable, Hashable {
    package enum Phase: String, Sendable, Hashable, CaseIterable {
        /// Held by a runner.
        case claimed, inherited
        /// Nobody's, to be claimed again.
        case retrying, processing
        case published, unknown, failed, missed, cancelled

        package init(_ state: DeliveryResult.State) {
            switch state {
            case .published: self = .published
            case .retrying: self = .retrying
            case .processing: self = .processing
            case .failed: self = .failed
            case .unknown: self = .unknown
            case .cancelled: self = .cancelled
            case .missed: self = .missed
            }
        }

        package var isSettled: Bool {
            switch self {
            case .published, .unknown, .failed, .missed, .cancelled: true
            case .claimed, .inherited, .retrying, .processing: false
            }
        }
    }

    package var delivery: DeliveryID
    package var phase: Phase
    package var attempt: AttemptID
    package var runner: String
    /// The step that is next, or was sent without an answer.
    package var step = 0
    /// Proofs of the earlier steps, in order.
    package var receipts: [Receipt] = []
    /// How often the present step was sent.
    package var tries = 0
    /// Git blob id of the post.
    package var source: String
    package var schedule: Instant
    package var digest: String
    package var actor: String?
    package var generation = 1
    package var leaseEnd: Instant?
    /// When a request left that has no answer.
    package var sentAt: Instant?
    package var checkpoint: JSON?
    /// When the entry got its outcome; it is forgotten 7 days later.
    package var settledAt: Instant?
    /// The whole sidecar entry, so that any runner can write it down.
    package var result: DeliveryResult?
    package var isGateway = false

    package init(
        delivery: DeliveryID, phase: Phase, attempt: AttemptID, runner: String, source: String, schedule: Instant,
        digest: String
    ) {
        self.delivery = delivery
        self.phase = phase
        self.attempt = attempt
        self.runner = runner
        self.source = source
        self.schedule = schedule
        self.digest = digest
    }

    /// Somebody holds it and the lease has not run out. One that ends later than any right clock could have written it
    /// runs out one lease after it was first seen (EXACTLY-ONCE 3).
    /// - Parameter firstSeen: when this clone saw it first, if it did before.
    package func isLive(at now: Instant, lease: Duration, firstSeen: Instant? = nil) -> Bool {
        guard phase == .claimed || phase == .inherited, let leaseEnd, now < leaseEnd else { return false }
        guard isFarAhead(at: now, lease: lease) else { return true }
        return now < (firstSeen ?? now) + lease
    }

    /// Whether the branch tells how the delivery ended while this entry still holds a question about it: a proof under
    /// whatever attempt, any other end under this attempt or a later one. Another runner found out, or a power cut took back
    /// the claims ref and not the branch.
    package func isOver(_ recorded: DeliveryResult?) -> Bool {
        guard !phase.isSettled, let recorded, recorded.state.isSettled, let last = recorded.attempt else {
            return false
        }
        return recorded.generation >= generation && (recorded.state == .published || last.text >= attempt.text)
    }

    package func isFarAhead(at now: Instant, lease: Duration) -> Bool {
        leaseEnd.map { $0 > now + lease + .minutes(2) } ?? false
    }
}

/// Everything the claims ref holds; read and replaced as a whole.
package struct ClaimsTree: Sendable, Hashable {
    package static let version = 1

    package var entries: [DeliveryID: ClaimsEntry] = [:]
    package var pause = Pause()

    package init() {}

    /// Posts of which a delivery is not settled here.
    package var openPosts: Set<String> { Set(entries.values.filter { !$0.phase.isSettled }.map(\.delivery.post)) }
}

/// The kill switch: what no runner may send to until a person says `resume`.
package struct Pause: Sendable, Hashable {
    package var everything = false
    package var accounts: Set<AccountID> = []
    /// When everything, and when each account, was resumed last: the late guard does not run for what was held then.
    package var everythingResumed: Instant?
    package var resumed: [AccountID: Instant] = [:]

    package init() {}

    package func holds(_ account: AccountID) -> Bool { everything || accounts.contains(account) }
    package var isEmpty: Bool { !everything && accounts.isEmpty }

    /// Whether a pause is or was in force at some time between a delivery's schedule and now.
    package func heldBack(_ account: AccountID, since schedule: Instant) -> Bool {
        holds(account) || [everythingResumed, resumed[account]].contains { $0.map { $0 > schedule } ?? false }
    }
}

/// Where the claims are kept. Replaced only by compare-and-swap.
package protocol ClaimsStore: Sendable {
    /// The tree and the version that `replace` wants to see again; nil version if there is none yet.
    func read() async throws(ClaimsStoreError) -> (tree: ClaimsTree, version: String?)
    /// Repeatable only with a version that was read since. Durable when it returns the new version.
    /// Throws `lost` if somebody else was faster; nothing was changed then.
    func replace(_ tree: ClaimsTree, ifVersion version: String?) async throws(ClaimsStoreError) -> String
}

package enum ClaimsStoreError: Error, Sendable, Hashable {
    case lost
    /// Written by a newer program; nothing may be rewritten.
    case newerVersion(Int)
    /// This machine's disk or repository failed.
    case unavailable(String)
    /// The remote did not answer; nothing was changed.
    case unreachable(String)
    /// The remote answered no, and will again.
    case refused(String)
    /// The remote may have taken it or not: only reading tells.
    case uncertain(String)
    /// The branch and the remote no longer fit together; a later run may find them so.
    case behind(String)
}
