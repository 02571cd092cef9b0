/// Why a network did not do what it was asked.
package struct PlatformFailure: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Not done; asking again later may help.
        case retryable
        /// Not done; asking again helps from this moment on.
        case after(Instant)
        /// Not done, and never will be as it stands.
        case permanent
        /// The token is dead, missing, or lacks a right.
        case auth
        /// The account or its app may not publish now (no credit, blocked): looked at again hourly.
        case account
        /// The setting of the account or of this tool is wrong (a retired API version, a missing user id).
        case config
        /// Only out of `publish`: nobody knows whether it was done.
        case ambiguous
    }

    /// How much must stop.
    package enum Scope: Sendable, Hashable { case delivery, account, network }

    package var kind: Kind
    package var scope: Scope
    /// Stable, `network.reason`, e.g. `x.rate-limited`.
    package var code: String
    /// One sentence; never a token.
    package var message: String
    package var hint: String?
    /// HTTP status, if there was an answer.
    package var status: Int?
    /// The network's request id, for its support.
    package var trace: String?
    /// Set when the network refused because the same words are live already: where they are, if it said so.
    package var duplicate: Duplicate?
    /// Set when the network still works on what was uploaded: the next attempt goes on from the same draft.
    package var keepsDraft = false

    package struct Duplicate: Sendable, Hashable {
        package var receipt: Receipt?

        package init(receipt: Receipt? = nil) { self.receipt = receipt }
    }

    package init(
        _ kind: Kind, scope: Scope = .delivery, code: String, _ message: String, hint: String? = nil,
        status: Int? = nil, trace: String? = nil, duplicate: Duplicate? = nil
    ) {
        self.kind = kind
        self.scope = scope
        self.code = code
        self.message = message
        self.hint = hint
        self.status = status
        self.trace = trace
        self.duplicate = duplicate
    }
}
