/// A use of a claim: a ULID, 26 characters of Crockford's base 32, its first 48 bits the time in milliseconds.
package struct AttemptID: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) { self.text = text }

    package init(at moment: Instant, random: UInt128) {
        let value = UInt128(truncatingIfNeeded: moment.milliseconds & 0xFFFF_FFFF_FFFF) << 80 | random >> 48
        text = String(
            decoding: (0..<26).map { Self.digits[Int(value >> UInt128(125 - 5 * $0) & 31)] }, as: UTF8.self)
    }

    /// When it was made, before anything was sent under it; nil for what is no ULID.
    package var moment: Instant? {
        let values = text.utf8.map { Self.digits.firstIndex(of: $0) }
        guard values.count == 26, !values.contains(nil) else { return nil }
        return Instant(milliseconds: values.prefix(10).reduce(0) { $0 << 5 | Int64($1 ?? 0) })
    }

    private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    package var description: String { text }
}

/// The right to make one call that cannot be repeated. It cannot be copied, only the ledger makes one,
/// and `publish` uses it up: publishing twice is a compile error.
package struct Claim: ~Copyable, Sendable {
    package let attempt: AttemptID
    package let step: Int
    package let startedAt: Instant

    fileprivate init(attempt: AttemptID, step: Int, startedAt: Instant) {
        self.attempt = attempt
        self.step = step
        self.startedAt = startedAt
    }
}

/// Why no claim was given. Nothing was sent.
package enum ClaimRefused: Error, Sendable, Hashable {
    /// The lease could run out before the request does, or the request comes long after it was decided.
    case leaseTooShort
    /// The line that announces the request could not be made durable.
    case journal(String)
}

/// Gives claims: the fence, then a durable line in the journal, then the claim.
package struct Ledger: Sendable {
    private let journal: any Journal

    package init(journal: any Journal) { self.journal = journal }

    /// Allows one call within a claimed delivery. The line `sending` is durable before this returns.
    /// Not repeatable for the same attempt and step, except for keyed networks.
    package func claim(_ sending: JournalLine.Sending, fence: Fence, now: Instant) async throws(ClaimRefused) -> Claim {
        guard fence.permits(sending, at: now) else { throw .leaseTooShort }
        do { try await journal.append(.sending(sending)) } catch { throw .journal("\(error)") }
        return Claim(attempt: sending.attempt, step: sending.step, startedAt: sending.at)
    }
}

/// Keeps a request inside its lease: nothing is sent unless the lease outlasts the request's time-out.
package struct Fence: Sendable, Hashable {
    /// EXACTLY-ONCE 5b: no request that cannot be repeated may take longer.
    package static let longestRequest: Duration = .minutes(2)

    package var leaseEnd: Instant

    package init(leaseEnd: Instant) { self.leaseEnd = leaseEnd }

    /// What others see as the time of the request is when it was decided; a machine that slept since then decides anew.
    package static let longestHesitation: Duration = .minutes(1)

    package func permits(at now: Instant) -> Bool { now + Self.longestRequest <= leaseEnd }

    package func permits(_ sending: JournalLine.Sending, at now: Instant) -> Bool {
        permits(at: now) && now - sending.at <= Self.longestHesitation
    }
}
