package import Posts

/// How far an open claim came, as far as the journals at hand tell (EXACTLY-ONCE 3).
package struct Story: Sendable {
    /// Proofs of the steps that are live.
    package let receipts: [Receipt]
    /// The request whose end nobody knows; nil: nothing is unanswered.
    package let sent: Job.Sent?

    /// - Parameters:
    ///   - steps: how many the delivery has.
    ///   - own: the journal of the runner that holds the claim, if that is us.
    ///   - others: answers that other journals of this machine hold; their silence proves nothing.
    package init(of entry: ClaimsEntry, steps: Int, own: JournalMemory?, others: JournalMemory?, at now: Instant) {
        var receipts = entry.receipts
        let memory = own ?? others
        while case .answered(.published(let receipt)) = memory?.record(of: entry.attempt, step: receipts.count) {
            receipts.append(receipt)
        }
        self.receipts = receipts
        let last = own?.record(of: entry.attempt, step: receipts.count)
        if receipts.count >= steps {
            sent = nil
        } else if own == nil || entry.phase != .claimed {
            let tries = own?.tries(of: entry.attempt, step: receipts.count) ?? 0
            sent = Self.inherited(entry, after: last, tries: max(1, entry.tries, tries), at: now)
        } else if case .sent(let sending) = last {
            let tries = max(entry.tries, own?.tries(of: entry.attempt, step: receipts.count) ?? 1)
            sent = Job.Sent(
                at: sending.at, since: entry.attempt.moment, draft: sending.draft, tries: tries, isJournalled: true)
        } else {
            // A claim that was always ours: what the journal does not announce was not sent.
            sent = nil
        }
    }

    /// Somebody else had the claim at some time, and may have sent anything, also after our own last line.
    private static func inherited(
        _ entry: ClaimsEntry, after last: JournalMemory.Record?, tries: Int, at now: Instant
    ) -> Job.Sent {
        // No request of an attempt leaves before the attempt is made.
        let since = entry.attempt.moment ?? entry.schedule
        // Left open by a run that ended well: nothing was sent since, and its draft is the one that was sent.
        if entry.result != nil, let sentAt = entry.sentAt, last?.sentAt ?? sentAt <= sentAt {
            return Job.Sent(at: sentAt, since: since, draft: entry.checkpoint, tries: tries, isJournalled: false)
        }
        // Else the last moment at which the lease allowed a request, which no clock can have put into the future.
        let moments = [entry.leaseEnd.map { min($0, now) }, entry.sentAt, last?.sentAt]
        return Job.Sent(
            at: moments.compactMap(\.self).max() ?? now, since: since, draft: nil, tries: tries, isJournalled: false)
    }
}

extension JournalMemory.Record {
    fileprivate var sentAt: Instant? {
        switch self {
        case .sent(let sending): sending.at
        case .answered: nil
        }
    }
}
