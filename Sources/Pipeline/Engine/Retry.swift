package import Posts

/// What a clear failure means for the delivery: counted or waited for, and when it is looked at again.
package struct Retry: Sendable {
    package let error: DeliveryResult.Failure
    package let isPermanent: Bool
    /// Waiting for a person (a token, credit) is not counted.
    package let isCounted: Bool
    package let attempts: Int
    package let notBefore: Instant?

    package init(_ failure: PlatformFailure, attempts earlier: Int, at now: Instant) {
        let kind: DeliveryResult.Failure.Kind
        switch failure.kind {
        case .retryable, .ambiguous:
            (kind, isPermanent, isCounted, attempts) = (.transient, false, true, earlier + 1)
            notBefore = now + Backoff.delay(afterAttempt: earlier + 1)
        case .after(let moment):
            (kind, isPermanent, isCounted, attempts) = (.transient, false, true, earlier + 1)
            notBefore = max(moment, now)
        case .permanent:
            (kind, isPermanent, isCounted, attempts, notBefore) = (.permanent, true, true, earlier + 1, nil)
        case .auth:
            (kind, isPermanent, isCounted, attempts) = (.auth, false, false, earlier)
            notBefore = now + Backoff.waitingForAPerson
        case .account:
            (kind, isPermanent, isCounted, attempts) = (.account, false, false, earlier)
            notBefore = now + Backoff.waitingForAPerson
        case .config:
            (kind, isPermanent, isCounted, attempts) = (.config, false, false, earlier)
            notBefore = now + Backoff.waitingForAPerson
        }
        error = DeliveryResult.Failure(
            at: now, code: failure.code, kind: kind, message: failure.message, hint: failure.hint,
            status: failure.status)
    }
}
