import Posts

/// The first comment: the last step of a delivery whose post is live. Whatever becomes of it, the delivery is
/// `published`, so no later run comes back to it. A request that may have left is never followed by another: what cannot
/// be found is `unknown`. What was certainly not taken is tried again while this run may wait.
extension Machine {
    /// The post's own steps have their receipts, and the comment has none yet.
    var isCommenting: Bool { step?.kind == .comment }

    /// A network that has only just taken a post may not know it yet everywhere.
    private static var pause: Duration { .seconds(5) }

    /// A clear no, or nothing was sent at all.
    mutating func commentFailed(_ failure: PlatformFailure, at now: Instant) -> Action? {
        let again: Instant? =
            switch failure.kind {
            case .retryable: now + Self.pause
            case .after(let moment): max(moment, now + Self.pause)
            case .ambiguous, .permanent, .auth, .account, .config: nil
            }
        if let again, waited + (again - now) <= policy.wait {
            waited += again - now
            stage = .waiting
            return .wait(job.id, until: again)
        }
        settleComment(.failed, Retry(failure, attempts: 0, at: now).error)
        return nil
    }

    /// The network needs longer than the run waits, and there is no later one.
    mutating func commentIsSlow(at now: Instant) -> Action? {
        settleComment(
            .failed, error("comment-not-ready", .transient, "the network was not ready for it in time", at: now))
        return nil
    }

    mutating func commentIsInterrupted(at now: Instant) -> Action? {
        settleComment(
            .failed,
            error("interrupted", .transient, "the run was asked to end between the post and its comment", at: now))
        return nil
    }

    mutating func commentIsUnknown(at now: Instant) {
        settleComment(.unknown, .noAnswer(toCommentOf: job.id, at: now, status: failure?.status))
    }

    private func error(
        _ code: String, _ kind: DeliveryResult.Failure.Kind, _ message: String, at now: Instant
    ) -> DeliveryResult.Failure {
        DeliveryResult.Failure(
            at: now, code: "\(job.id.account.network.rawValue).\(code)", kind: kind, message: message,
            hint: "write it by hand")
    }

    /// Its trouble stops nothing else: the next post of the account finds out for itself what holds for it.
    private mutating func settleComment(_ state: DeliveryResult.FirstComment.State, _ error: DeliveryResult.Failure) {
        (failure, sentAt) = (nil, nil)
        settle(.published, comment: .init(state, error: error))
    }
}
