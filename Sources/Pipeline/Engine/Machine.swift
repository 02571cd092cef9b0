import JSON
import Posts

/// One delivery on its way: which step is next, what was sent, how it ended. Pure: told what happened, it says what to
/// do next. Between `send` and the journalled answer it never gives up on its own.
struct Machine: Sendable {
    enum Stage: Sendable, Hashable {
        /// Not ours yet.
        case unclaimed
        /// Ours; waits for its account's turn.
        case claimed
        case preparing
        case waiting
        /// Ready to send, but the lease is too short: waits for a renewal.
        case leasing
        case sending
        case asking
        case journalling
        case linking
        /// Has a result that the claims ref may not know yet.
        case settled
        /// Another runner has it now; leave it alone.
        case lost
    }

    let job: Job
    let policy: Policy
    var stage = Stage.unclaimed
    var attempt: AttemptID
    var receipts: [Receipt]
    var draft: JSON?
    var actor: String?
    /// How often the present step was sent, and when it last was without an answer.
    var tries = 0
    var sentAt: Instant?
    /// Where a look-up for it begins.
    private var lookFrom: Instant?
    /// Whether the open request was sent in an earlier run, so that absence may be believed.
    var isInherited = false
    /// Another runner claimed it and died: its later steps, too, may have been sent, between these moments.
    private var mayBeSent: Job.Sent?
    var waited = Duration.zero
    /// The branch may not know yet of the order that allowed the claim.
    private(set) var generation: Int
    /// What to do once the answer is journalled.
    private var afterJournal: AfterJournal?
    var result: DeliveryResult?
    /// The failure that ended it, with its scope for the engine.
    var failure: PlatformFailure?

    private enum AfterJournal: Sendable {
        case published(Receipt)
        case failed(PlatformFailure)
    }

    init(job: Job, policy: Policy, attempt: AttemptID) {
        self.job = job
        self.policy = policy
        self.attempt = attempt
        generation = job.generation
        receipts = job.receipts
        draft = job.previous?.checkpoint
        actor = job.previous?.actor
        switch job.origin {
        case .due, .late: break
        case .resumed(let entry): (self.attempt, generation) = (entry.attempt, max(generation, entry.generation))
        case .open(let entry, let sent):
            (self.attempt, generation) = (entry.attempt, max(generation, entry.generation))
            (draft, sentAt, tries, isInherited) = (sent.draft, sent.at, max(1, sent.tries), true)
            lookFrom = sent.since
            if !sent.isJournalled { mayBeSent = sent }
        }
    }

    var step: Step? { job.steps.dropFirst(receipts.count).first }

    /// The account's turn has come.
    mutating func begin(at now: Instant) -> Action? {
        switch job.origin {
        case .late:
            settle(.missed)
            return nil
        case .due, .resumed:
            guard let last = receipts.last, last.url == nil, receipts.count <= job.posts else {
                return prepare(at: now)
            }
            stage = .linking
            return .link(job.id, last)
        case .open: return ask(at: now)
        }
    }

    private mutating func prepare(at now: Instant) -> Action? {
        guard let step else {
            return finish(at: now)
        }
        stage = .preparing
        return .prepare(job.id, step, earlier: receipts, draft: draft)
    }

    mutating func prepared(_ answer: Event.Prepared, at now: Instant) -> Action? {
        (draft, actor) = (answer.draft, answer.actor ?? actor)
        guard let lookAgain = answer.lookAgain else {
            stage = .leasing
            return nil
        }
        let pause = max(.zero, lookAgain - now)
        guard waited + pause <= policy.wait else {
            if isCommenting { return commentIsSlow(at: now) }
            settle(.processing, notBefore: lookAgain)
            return nil
        }
        waited += pause
        stage = .waiting
        return .wait(job.id, until: lookAgain)
    }

    mutating func woke(at now: Instant) -> Action? { prepare(at: now) }

    /// Sends, if the lease outlasts the request; else stays in `leasing` until it was renewed.
    mutating func send(under claim: ClaimsEntry, at now: Instant) -> Action? {
        guard stage == .leasing, let step, let lease = claim.leaseEnd, Fence(leaseEnd: lease).permits(at: now) else {
            return nil
        }
        stage = .sending
        (tries, sentAt) = (tries + 1, now)
        // The clock may have been set since the attempt was made; what it wrote down then is the earliest moment.
        lookFrom = lookFrom ?? min(attempt.moment ?? now, now)
        let line = JournalLine.Sending(
            delivery: job.id, attempt: attempt, generation: generation, step: receipts.count, at: now,
            draft: draft ?? .null, claim: claim)
        return .send(job.id, step, earlier: receipts, line, Fence(leaseEnd: lease))
    }

    /// Nothing left: back to where it was before the attempt.
    mutating func sendRefused() -> Action? {
        tries -= 1
        stage = .leasing
        if tries == 0 { sentAt = nil }
        return nil
    }

    mutating func answered(_ receipt: Receipt) -> Action? { journal(.published(receipt), then: .published(receipt)) }

    mutating func sendFailed(_ failure: PlatformFailure, at now: Instant) -> Action? {
        switch failure.kind {
        case .ambiguous:
            self.failure = failure
            isInherited = false
            return ask(at: now)
        case .retryable, .after, .permanent, .auth, .account, .config:
            // After an earlier try of ours without an answer, “the same is live already” is that try's answer.
            if let duplicate = failure.duplicate, tries > 1 {
                if var receipt = duplicate.receipt {
                    receipt.found = .recovered
                    return journal(.published(receipt), then: .published(receipt))
                }
                isInherited = false
                return ask(at: now)
            }
            return journal(.refused, then: .failed(failure))
        }
    }

    private mutating func ask(at now: Instant) -> Action? {
        guard let step, let sentAt else { return prepare(at: now) }
        switch job.recovery {
        case .askPerson:
            settleUnknown(at: now)
            return nil
        case .find:
            stage = .asking
            return .find(job.id, step, earlier: receipts, draft: draft, since: lookFrom ?? sentAt)
        }
    }

    mutating func found(_ finding: Finding, at now: Instant) -> Action? {
        switch finding {
        case .published(let receipt): return journal(.published(receipt), then: .published(receipt))
        case .unclear: settleUnknown(at: now)
        case .absent where isCommenting: settleUnknown(at: now)
        case .absent:
            let sentAt = sentAt ?? now
            if tries >= Backoff.mostTries, !isInherited || now >= sentAt + Backoff.patience {
                settleUnknown(at: now)
            } else if isInherited, now >= sentAt + Backoff.patience {
                (isInherited, mayBeSent) = (false, nil)
                return prepare(at: now)
            } else {
                settleUnanswered(notBefore: sentAt + Backoff.patience, at: now)
            }
        }
        return nil
    }

    /// The look-up itself failed: the request may be live, so it stays open and is asked for again.
    mutating func findFailed(_ failure: PlatformFailure, at now: Instant) -> Action? {
        self.failure = failure
        guard !isCommenting else {
            settleUnknown(at: now)
            return nil
        }
        let later = Retry(failure, attempts: 0, at: now).notBefore ?? now + Backoff.patience
        settleUnanswered(notBefore: max(later, (sentAt ?? now) + Backoff.patience), at: now)
        return nil
    }

    private mutating func journal(_ answer: JournalLine.Answered.Answer, then next: AfterJournal) -> Action {
        afterJournal = next
        stage = .journalling
        return .journal(
            JournalLine.Answered(
                delivery: job.id, attempt: attempt, generation: generation, step: receipts.count, answer: answer))
    }

    mutating func journalled(at now: Instant) -> Action? {
        guard let next = afterJournal else { return nil }
        afterJournal = nil
        switch next {
        case .published(let receipt): return published(receipt, at: now)
        case .failed(let failure):
            // A clear no leaves no question open.
            (tries, sentAt) = (0, nil)
            return fail(failure, at: now)
        }
    }

    private mutating func published(_ receipt: Receipt, at now: Instant) -> Action? {
        let isPost = !isCommenting
        receipts.append(receipt)
        (tries, sentAt, lookFrom, draft, isInherited, failure) = (0, nil, nil, nil, false, nil)
        if receipt.url == nil, isPost {
            stage = .linking
            return .link(job.id, receipt)
        }
        return nextStep(at: now)
    }

    private mutating func nextStep(at now: Instant) -> Action? {
        if let mayBeSent, step != nil {
            (tries, sentAt, lookFrom, isInherited) = (1, mayBeSent.at, mayBeSent.since, true)
            return ask(at: now)
        }
        return prepare(at: now)
    }

    mutating func linked(_ url: String?, at now: Instant) -> Action? {
        if let last = receipts.indices.last { receipts[last].url = url }
        return nextStep(at: now)
    }

    private mutating func finish(at now: Instant) -> Action? {
        settle(.published)
        return nil
    }

    /// `prepare` or the request ended with a clear no.
    mutating func fail(_ failure: PlatformFailure, at now: Instant) -> Action? {
        if isCommenting { return commentFailed(failure, at: now) }
        self.failure = failure
        let retry = Retry(failure, attempts: job.previous?.attempts ?? 0, at: now)
        let givesUp = !retry.isCounted && now > job.schedule + policy.giveUpAfter
        let exhausted = retry.isCounted && retry.attempts >= policy.retries
        let state: DeliveryResult.State =
            if retry.isPermanent { .failed } else if givesUp { .missed } else if exhausted { .failed } else {
                failure.keepsDraft ? .processing : .retrying
            }
        settle(
            state, attempts: retry.attempts, error: retry.error,
            notBefore: state == .retrying || state == .processing ? retry.notBefore : nil)
        return nil
    }
}
