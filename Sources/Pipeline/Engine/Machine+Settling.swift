import JSON
import Posts

extension Machine {
    /// Ends the delivery for this run with a sidecar entry.
    mutating func settle(
        _ state: DeliveryResult.State, attempts: Int? = nil, error: DeliveryResult.Failure? = nil,
        notBefore: Instant? = nil, comment: DeliveryResult.FirstComment? = nil
    ) {
        var result = DeliveryResult(state: state)
        result.other = job.previous?.other ?? [:]
        result.attempt = attempt
        result.attempts = attempts ?? (job.previous?.attempts ?? 0) + (state == .published ? 1 : 0)
        result.generation = generation
        result.actor = actor
        result.schedule = job.schedule
        result.source = job.source
        result.isGateway = policy.isGateway
        if state == .published { result.digest = job.digest }
        let posts = job.hasComment ? receipts.prefix(job.posts) : receipts[...]
        if let first = posts.first {
            (result.id, result.url, result.publishedAt) = (first.id, first.url, first.publishedAt)
            if job.posts > 1 { result.parts = posts.map { .init(id: $0.id, url: $0.url) } }
        }
        result.firstComment = receipts.dropFirst(posts.count).first.map { .init(.published, id: $0.id) } ?? comment
        if state == .processing { result.checkpoint = draft }
        result.error = error
        result.notBefore = notBefore
        self.result = result
        stage = .settled
    }

    mutating func settleUnknown(at now: Instant) {
        if isCommenting { return commentIsUnknown(at: now) }
        settle(.unknown, error: .noAnswer(to: job.id, at: now, status: failure?.status))
        sentAt = nil
    }

    /// Sent, not answered, not found yet: stays `inherited` and is asked for again in a later run.
    mutating func settleUnanswered(notBefore: Instant, at now: Instant) {
        let kind = failure.map { Retry($0, attempts: 0, at: now).error.kind }
        let error = DeliveryResult.Failure(
            at: now, code: "no-answer", kind: kind ?? .transient,
            message: failure?.message ?? "a request was sent and its answer never came", hint: failure?.hint,
            status: failure?.status)
        settle(.retrying, error: error, notBefore: notBefore)
    }

    /// A run that is asked to end before the next step was sent; nothing to record if no step is live yet.
    mutating func interrupt(at now: Instant) -> Action? {
        guard !receipts.isEmpty else {
            stage = .claimed
            return nil
        }
        if isCommenting { return commentIsInterrupted(at: now) }
        let error = DeliveryResult.Failure(
            at: now, code: "interrupted", kind: .transient, message: "the run was asked to end between two parts")
        settle(.retrying, error: error, notBefore: now)
        return nil
    }

    /// Whether the request of the present step is still open after this run.
    var isUnanswered: Bool { result?.state == .retrying && sentAt != nil && tries > 0 }
}
