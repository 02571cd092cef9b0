package import JSON

/// What became of one delivery: one entry of `NAME.results.json` (CONTRACT §1.4).
package struct DeliveryResult: Sendable, Hashable {
    package enum State: String, Sendable, Hashable, CaseIterable {
        case published, retrying, processing, failed, unknown, cancelled, missed

        /// Nothing more happens by itself.
        package var isSettled: Bool {
            switch self {
            case .published, .failed, .unknown, .cancelled, .missed: true
            case .retrying, .processing: false
            }
        }
    }

    package struct Failure: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable, CaseIterable { case transient, permanent, auth, account, config }

        package var at: Instant
        package var code: String
        package var kind: Kind
        package var message: String
        package var hint: String?
        package var status: Int?

        package init(at: Instant, code: String, kind: Kind, message: String, hint: String? = nil, status: Int? = nil) {
            self.at = at
            self.code = code
            self.kind = kind
            self.message = message
            self.hint = hint
            self.status = status
        }
    }

    /// One post of a thread.
    package struct Part: Sendable, Hashable {
        package var id: String
        package var url: String?

        package init(id: String, url: String?) {
            self.id = id
            self.url = url
        }
    }

    /// What became of the words below the post. Whatever it was, the post is live and stays so.
    package struct FirstComment: Sendable, Hashable {
        package enum State: String, Sendable, Hashable, CaseIterable {
            case published
            /// Certainly not there.
            case failed
            /// Its request was sent, or may have been, and nobody can say whether it took effect.
            case unknown
        }

        package var state: State
        package var id: String?
        package var error: Failure?

        package init(_ state: State, id: String? = nil, error: Failure? = nil) {
            self.state = state
            self.id = id
            self.error = error
        }
    }

    package var state: State
    package var attempt: AttemptID?
    /// Counted attempts; waiting for a token or for credit does not count.
    package var attempts = 0
    package var generation = 1
    /// The network's own id of who published.
    package var actor: String?
    /// Of the composed words and media.
    package var digest: String?
    package var id: String?
    package var url: String?
    package var publishedAt: Instant?
    package var schedule: Instant?
    /// Git blob id of the post that was used.
    package var source: String?
    package var notBefore: Instant?
    package var error: Failure?
    /// Of a thread, in order; complete only when published.
    package var parts: [Part] = []
    /// Of a published post that has one.
    package var firstComment: FirstComment?
    /// What `prepare` had made when the network needed longer than the run.
    package var checkpoint: JSON?
    /// Made through the gateway; never counts as real.
    package var isGateway = false
    /// Members of a newer or foreign writer, kept as they were.
    package var other: [String: JSON] = [:]

    package init(state: State) { self.state = state }
}

extension DeliveryResult {
    /// Proofs of the parts of a thread that are live; `moment` stands where nothing tells when they went out.
    func receipts(at moment: Instant) -> [Receipt] {
        parts.map { Receipt(id: $0.id, url: $0.url, publishedAt: publishedAt ?? moment) }
    }
}
