extension Results {
    /// Merges by meaning, per account; what the other side lacks is kept.
    package func merged(with other: Results) -> Results {
        var merged = self
        merged.other.merge(other.other) { mine, _ in mine }
        merged.foreignDeliveries.merge(other.foreignDeliveries) { mine, _ in mine }
        for (account, theirs) in other.deliveries {
            merged.deliveries[account] = deliveries[account].map { $0.merged(with: theirs) } ?? theirs
        }
        return merged
    }
}

extension Results {
    /// Whether nothing would be learnt from the other.
    package func includes(_ other: Results) -> Bool {
        other.deliveries.allSatisfy { account, result in deliveries[account]?.updated(by: result) == deliveries[account]
        }
    }
}

extension DeliveryResult {
    /// A later order of a person wins; a proof of publication beats everything else of its generation; settled beats
    /// unsettled; then the one that knows more. Two different proofs for one delivery are `unknown`: a person must look.
    package func merged(with other: DeliveryResult) -> DeliveryResult {
        if generation != other.generation { return generation > other.generation ? self : other }
        if self == other { return self }
        switch (state == .published, other.state == .published) {
        case (true, true):
            guard id != other.id else {
                let (mine, theirs) = (hasComment, other.hasComment)
                if mine != theirs { return mine ? self : other }
                return attempts >= other.attempts ? self : other
            }
            var conflict = self
            conflict.state = .unknown
            conflict.error = Failure(
                at: publishedAt ?? Instant(milliseconds: 0), code: "two-receipts", kind: .permanent,
                message: "two runs recorded different posts: \(id ?? "?") and \(other.id ?? "?")",
                hint: "look at the account, then use resolve")
            return conflict
        case (true, false): return self
        case (false, true): return other
        case (false, false):
            if state.isSettled != other.state.isSettled { return state.isSettled ? self : other }
            return rank > other.rank ? self : other
        }
    }

    /// What holds when the claims ref has this outcome of the delivery too. Either may be older than the other: a branch
    /// that was not written yet, or a claims ref that a power cut took back. Attempts sort by time.
    package func updated(by outcome: DeliveryResult) -> DeliveryResult {
        if generation != outcome.generation { return generation > outcome.generation ? self : outcome }
        if (state == .published) != (outcome.state == .published) { return state == .published ? self : outcome }
        if attempt == outcome.attempt { return outcome }
        return outcome.attempt?.text ?? "" > attempt?.text ?? "" ? outcome : self
    }

    /// Its first comment is proven to be there.
    private var hasComment: Bool { firstComment?.state == .published }

    private var rank: (Int, Int, String) { (parts.count, attempts, state.rawValue) }
}
