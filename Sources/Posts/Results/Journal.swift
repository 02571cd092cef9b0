package import JSON

/// The durable memory of one runner: append-only, one line an event.
package protocol Journal: Sendable {
    /// Durable when it returns.
    func append(_ line: JournalLine) async throws
}

package enum JournalLine: Sendable, Hashable {
    /// A request that cannot be repeated is about to leave.
    case sending(Sending)
    /// It was answered, or its answer was found.
    case answered(Answered)

    package struct Sending: Sendable, Hashable {
        package var delivery: DeliveryID
        package var attempt: AttemptID
        package var generation: Int
        package var step: Int
        package var at: Instant
        /// What `prepare` had made, so that a look-up knows the media and the container.
        package var draft: JSON
        /// The claim under which it leaves, should the claims ref be lost (a power cut, a person who deleted it).
        package var claim: ClaimsEntry?

        package init(
            delivery: DeliveryID, attempt: AttemptID, generation: Int, step: Int, at: Instant, draft: JSON,
            claim: ClaimsEntry? = nil
        ) {
            self.delivery = delivery
            self.attempt = attempt
            self.generation = generation
            self.step = step
            self.at = at
            self.draft = draft
            self.claim = claim
        }
    }

    package struct Answered: Sendable, Hashable {
        package enum Answer: Sendable, Hashable {
            case published(Receipt)
            /// A clear no: nothing was published.
            case refused
        }

        package var delivery: DeliveryID
        package var attempt: AttemptID
        package var generation: Int
        package var step: Int
        package var answer: Answer

        package init(
            delivery: DeliveryID, attempt: AttemptID, generation: Int, step: Int, answer: Answer
        ) {
            self.delivery = delivery
            self.attempt = attempt
            self.generation = generation
            self.step = step
            self.answer = answer
        }
    }
}
