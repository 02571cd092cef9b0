/// What a sync now would do.
package struct Plan: Sendable {
    package struct Due: Sendable, Hashable {
        package var id: DeliveryID
        package var schedule: Instant
        /// `due`, or the state it was left in: `retrying`, `processing`.
        package var state: String
        /// What the network asks for all of it; nil where publishing costs nothing.
        package var price: Price?

        package init(id: DeliveryID, schedule: Instant, state: String = "due") {
            self.id = id
            self.schedule = schedule
            self.state = state
        }
    }

    package struct Held: Sendable, Hashable {
        package var id: DeliveryID
        package var reason: HoldReason

        package init(id: DeliveryID, reason: HoldReason) {
            self.id = id
            self.reason = reason
        }
    }

    package var now: Instant
    /// Posts found, invalid ones included.
    package var posts: Int
    /// By schedule, then path, then account: the order in which they go out.
    package var due: [Due]
    /// To be written down as missed.
    package var late: [Due]
    /// Claimed by a runner that may have died.
    package var open: [Due]
    package var held: [Held]
    /// The next delivery whose time comes.
    package var next: Due?
    package var problems: [Diagnostic]
    /// What nothing is sent to until a person resumes it.
    package var pause = Pause()

    package init(
        now: Instant, posts: Int = 0, due: [Due] = [], late: [Due] = [], open: [Due] = [], held: [Held] = [],
        next: Due? = nil, problems: [Diagnostic] = []
    ) {
        self.now = now
        self.posts = posts
        self.due = due
        self.late = late
        self.open = open
        self.held = held
        self.next = next
        self.problems = problems
    }

    /// What a sync now costs at most, and how many deliveries that is for; parts that are live already count too.
    package var price: (sum: Price, deliveries: Int)? {
        let prices = (due + open).compactMap(\.price)
        return prices.isEmpty ? nil : (prices.reduce(Price(thousandths: 0), +), prices.count)
    }

    package mutating func consider(next candidate: Due) {
        if let next, (next.schedule, next.id) <= (candidate.schedule, candidate.id) { return }
        next = candidate
    }

    package mutating func sort() {
        let order: (Due, Due) -> Bool = { ($0.schedule, $0.id) < ($1.schedule, $1.id) }
        due.sort(by: order)
        late.sort(by: order)
        open.sort(by: order)
        held.sort { $0.id < $1.id }
        problems = Array(Set(problems)).sorted()
    }
}

/// Why a due delivery is not published, although nothing is wrong with its words. Nothing is written down.
package enum HoldReason: String, Sendable, Hashable, CaseIterable {
    /// The file at the branch tip is not the one that was read.
    case notCommitted = "not-committed"
    /// The same text and media went to the same account within 7 days.
    case duplicate
    /// It has the digest, or the account and schedule, of results whose post is gone.
    case renamedPost = "renamed-post"
    /// The same path was settled for the same network user under another account name.
    case renamedAccount = "renamed-account"
    case paused
    /// The network is not built yet.
    case notAvailable = "not-available"
    case maxPerRun = "max-per-run"
    case maxPerDay = "max-per-day"
    case minGap = "min-gap"
    /// The network said for another delivery of the account until when it takes nothing more.
    case rateLimited = "rate-limited"
    /// A run through the gateway found a result of a real one.
    case realResult = "real-result"
    /// Another runner has a live claim on the account.
    case claimedElsewhere = "claimed-elsewhere"
}
