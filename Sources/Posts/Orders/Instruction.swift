/// What a person orders for one delivery (EXACTLY-ONCE, "People's orders").
package enum Instruction: Sendable, Hashable {
    /// Never send it.
    case cancel
    /// Send it again, or at once.
    case retry
    /// `resolve`: it is live, there.
    case published(Sighting)
    /// `resolve`: it is not live.
    case notPublished
}

/// Where a person saw a post.
package struct Sighting: Sendable, Hashable {
    /// The network's own id; nil where an address does not tell it.
    package var id: String?
    package var url: String?

    package init(id: String?, url: String?) {
        self.id = id
        self.url = url
    }
}

/// Where a delivery stands when a person orders something.
package struct Standing: Sendable, Hashable {
    /// What is unanswered.
    package enum Question: Sendable, Hashable {
        case none
        /// A runner is at it.
        case live
        /// A journal on this machine has an answer that is not written down yet.
        case answered
        /// A request may have been sent, at this moment at the latest, and nobody knows its end.
        case open(since: Instant)
    }

    package var delivery: DeliveryID
    /// The branch's entry or the claims ref's outcome, whichever knows more.
    package var result: DeliveryResult?
    package var claim: ClaimsEntry?
    package var question: Question
    /// Of the claimed post; a thread has several, and a first comment is one.
    package var steps: Int
    /// How many of them are the post itself.
    package var posts: Int
    /// Git blob id of the post, for a delivery that was never tried.
    package var source: String
    /// When the post wants it out; nil: never by itself.
    package var schedule: Instant?
    package var isGateway: Bool

    package init(
        delivery: DeliveryID, result: DeliveryResult? = nil, claim: ClaimsEntry? = nil, question: Question = .none,
        steps: Int = 1, posts: Int? = nil, source: String = "", schedule: Instant? = nil, isGateway: Bool = false
    ) {
        self.delivery = delivery
        self.result = result
        self.claim = claim
        self.question = question
        self.steps = steps
        self.posts = posts ?? steps
        self.source = source
        self.schedule = schedule
        self.isGateway = isGateway
    }
}

/// What comes of an order.
package enum Ruling: Sendable, Hashable {
    /// The delivery's entry from now on; its `result` is what the branch is to say.
    case changed(ClaimsEntry)
    case refused(Objection)
}

/// Why an order changes nothing.
package struct Objection: Sendable, Hashable {
    /// Stable, for programs.
    package var reason: String
    /// For people, to stand behind the delivery's name.
    package var sentence: String
    package var status: ExitStatus

    package init(_ reason: String, _ status: ExitStatus, _ sentence: String) {
        self.reason = reason
        self.sentence = sentence
        self.status = status
    }
}
