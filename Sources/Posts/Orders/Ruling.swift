extension Instruction {
    /// Absence is believed this long after a request (EXACTLY-ONCE 5d).
    package static let patience: Duration = .minutes(15)

    /// Decides an order. Pure; the claims ref takes the answer only if nothing changed since the standing was read.
    /// - Parameters:
    ///   - orderer: the runner whose entry it becomes, and an attempt for a delivery that had none.
    ///   - maxLateness: of `publishing`.
    package func ruling(
        on standing: Standing, by orderer: (runner: String, attempt: AttemptID), maxLateness: Duration, at now: Instant
    ) -> Ruling {
        if standing.isGateway, let result = standing.result, !result.isGateway {
            return .refused(
                Objection("real-result", .failed, "it has a result of a real run, which a sandbox run leaves alone"))
        }
        switch standing.question {
        case .live: return .refused(Objection("being-published", .tryAgain, "it is being published"))
        case .answered:
            return .refused(
                Objection("not-recorded", .tryAgain, "its answer is not written down yet; run sync, then look again"))
        case .none, .open: break
        }
        let change = Change(standing: standing, runner: orderer.runner, attempt: orderer.attempt, now: now)
        switch self {
        case .cancel: return change.cancel()
        case .retry: return change.retry()
        case .published(let sighting): return change.published(sighting)
        case .notPublished: return change.notPublished(maxLateness: maxLateness)
        }
    }
}

/// One order on one delivery that no runner is at.
private struct Change {
    let standing: Standing
    let runner: String
    let attempt: AttemptID
    let now: Instant

    private var result: DeliveryResult? { standing.result }

    /// The request whose end nobody knows, in flight or given up as `unknown`.
    private var sentAt: Instant? {
        if case .open(let moment) = standing.question { return moment }
        guard result?.state == .unknown else { return nil }
        return standing.claim?.sentAt ?? result?.error?.at ?? standing.claim?.settledAt ?? now
    }

    /// Nobody may say yet that a request did not arrive.
    private var isTooEarly: Objection? {
        guard let sentAt, now < sentAt + Instruction.patience else { return nil }
        return Objection(
            "too-early", .tryAgain,
            "a request left at \(sentAt.rfc3339) and may still arrive; look again at"
                + " \((sentAt + Instruction.patience).rfc3339)")
    }

    /// Where no request is unanswered, nothing more is sent: `cancelled`; parts of a thread that are live stay written
    /// down. A request that was sent and not answered may be live, so nobody may call it cancelled: it becomes
    /// `unknown`, which is true however it ended, is never sent again, and is asked of a person, not of the network. That
    /// needs no patience, because it claims nothing; `resolve --not-published` needs it then.
    func cancel() -> Ruling {
        if case .open(let moment) = standing.question {
            var unsure = next(.unknown)
            unsure.error = .noAnswer(to: standing.delivery, at: moment)
            return .changed(entry(unsure, isQuestion: true))
        }
        switch result?.state {
        case .published:
            return .refused(Objection("published", .failed, "it is live\(place); cancel does not take it back"))
        case .unknown: return .refused(unsure)
        case .cancelled: return .refused(Objection("cancelled", .success, "it is cancelled already"))
        case .retrying, .processing, .failed, .missed, nil:
            var cancelled = next(.cancelled)
            cancelled.checkpoint = nil
            return .changed(entry(cancelled))
        }
    }

    func retry() -> Ruling {
        if let isTooEarly { return .refused(isTooEarly) }
        if case .open = standing.question {
            // A claim that a dead runner left is taken up by any sync, now as ever.
            guard let claim = standing.claim, claim.phase == .inherited, var again = claim.result else {
                return .refused(Objection("open", .success, "the next sync asks the network for it"))
            }
            // The network is asked before anything is sent again.
            (again.generation, again.notBefore) = (generation, now)
            return .changed(entry(again, isQuestion: true))
        }
        switch result?.state {
        case .published: return .refused(Objection("published", .success, "it is live\(place)"))
        case .unknown: return .refused(unsure)
        case nil: return .refused(Objection("not-tried", .success, "there is nothing to retry"))
        case .retrying, .failed, .cancelled, .missed: return .changed(entry(again()))
        case .processing:
            var again = again()
            again.state = .processing
            return .changed(entry(again))
        }
    }

    func published(_ sighting: Sighting) -> Ruling {
        guard result?.state == .unknown else { return .refused(isClear) }
        let proof = Receipt(
            id: sighting.id ?? sighting.url ?? "", url: sighting.url, publishedAt: sentAt ?? now, found: .person)
        let proofs = receipts + [proof]
        // The rest of a thread is still to be sent.
        var live = proofs.count < standing.posts ? again() : next(.published)
        if let first = receipts.first {
            (live.id, live.url, live.publishedAt) = (first.id, first.url, first.publishedAt)
        } else {
            (live.id, live.url, live.publishedAt) = (sighting.id, sighting.url, proof.publishedAt)
        }
        if standing.posts > 1 { live.parts = proofs.map { .init(id: $0.id, url: $0.url) } }
        if live.state == .published {
            live.digest = standing.claim?.digest ?? live.digest
            // Whoever sent the post may have gone on to its comment.
            if standing.posts < standing.steps {
                live.firstComment = .init(.unknown, error: .noAnswer(toCommentOf: standing.delivery, at: now))
            }
        }
        return .changed(entry(live, receipts: proofs))
    }

    /// Due again; but what is too late by now to go out by itself is `missed`.
    func notPublished(maxLateness: Duration) -> Ruling {
        guard result?.state == .unknown else { return .refused(isClear) }
        if let isTooEarly { return .refused(isTooEarly) }
        let schedule = result?.schedule ?? standing.claim?.schedule
        let isLate = schedule.map { now - $0 > maxLateness } ?? false
        return .changed(entry(isLate ? next(.missed) : again()))
    }

    private var place: String { result?.url.map { " at \($0)" } ?? "" }

    private var unsure: Objection {
        Objection("unknown", .failed, "nobody knows whether it is live; look at the account, then use resolve")
    }

    private var isClear: Objection {
        if case .open = standing.question {
            return Objection("open", .tryAgain, "the next sync asks the network for it")
        }
        return Objection(
            "not-unknown", .failed, "nothing is to be resolved: it is \(result?.state.rawValue ?? "not tried")")
    }

    /// An outcome counts for its generation, so that what a runner still has in hand cannot undo the order.
    private var generation: Int { max(standing.claim?.generation ?? 1, result?.generation ?? 1) + 1 }

    private var receipts: [Receipt] {
        if let known = standing.claim?.receipts, !known.isEmpty { return known }
        guard let result, result.state != .published else { return [] }
        return result.receipts(at: now)
    }

    /// The sidecar's entry with nothing left of how it ended before.
    private func next(_ state: DeliveryResult.State) -> DeliveryResult {
        var next = result ?? DeliveryResult(state: state)
        next.state = state
        next.generation = generation
        next.attempt = standing.claim?.attempt ?? next.attempt ?? attempt
        next.schedule = next.schedule ?? standing.claim?.schedule ?? standing.schedule
        next.source = next.source ?? standing.claim?.source ?? standing.source
        next.isGateway = standing.isGateway
        (next.error, next.notBefore) = (nil, nil)
        if standing.posts > 1, let first = receipts.first, receipts.count > next.parts.count {
            next.parts = receipts.map { .init(id: $0.id, url: $0.url) }
            (next.id, next.url, next.publishedAt) = (first.id, first.url, first.publishedAt)
        }
        return next
    }

    private func again() -> DeliveryResult {
        var again = next(.retrying)
        (again.attempts, again.notBefore) = (0, now)
        return again
    }

    /// - Parameter isQuestion: a request stays unanswered, so its runner, attempt, time and draft stay with it.
    private func entry(
        _ result: DeliveryResult, receipts proofs: [Receipt]? = nil, isQuestion: Bool = false
    ) -> ClaimsEntry {
        var entry =
            standing.claim
            ?? ClaimsEntry(
                delivery: standing.delivery, phase: .cancelled, attempt: result.attempt ?? attempt, runner: runner,
                source: result.source ?? standing.source, schedule: result.schedule ?? now, digest: result.digest ?? "")
        let isInherited = isQuestion && !result.state.isSettled
        entry.phase = isInherited ? .inherited : ClaimsEntry.Phase(result.state)
        entry.generation = result.generation
        entry.receipts = proofs ?? receipts
        entry.step = entry.receipts.count
        entry.leaseEnd = isInherited ? now : nil
        if isQuestion {
            entry.sentAt = sentAt
        } else {
            (entry.runner, entry.tries, entry.sentAt, entry.checkpoint) = (runner, 0, nil, nil)
        }
        entry.settledAt = result.state.isSettled ? now : nil
        entry.result = result
        entry.isGateway = standing.isGateway
        return entry.asStored
    }
}

extension DeliveryResult.Failure {
    /// The post is live, and nobody knows whether its first comment is.
    package static func noAnswer(toCommentOf id: DeliveryID, at moment: Instant, status: Int? = nil) -> Self {
        Self(
            at: moment, code: "\(id.account.network.rawValue).no-answer", kind: .permanent,
            message: "nobody can say whether it took effect",
            hint: "look at the post, and write it by hand if it is not there", status: status)
    }

    /// A request was sent and only a person can find out what became of it.
    package static func noAnswer(to id: DeliveryID, at moment: Instant, status: Int? = nil) -> Self {
        Self(
            at: moment, code: "\(id.account.network.rawValue).no-answer", kind: .permanent,
            message: "a request was sent and nobody can say whether it took effect",
            hint: "look at the account, then: socials-pipeline resolve \(id.post) --account \(id.account)"
                + " --published URL or --not-published",
            status: status)
    }
}
