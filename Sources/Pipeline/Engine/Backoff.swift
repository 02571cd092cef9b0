import Posts

/// When a delivery is tried again.
package enum Backoff {
    /// After the n-th counted attempt (1-based): 1, 5, 15 minutes, then every hour. CI runs come every 5 to 15 minutes.
    package static func delay(afterAttempt number: Int) -> Duration {
        switch number {
        case ...1: .minutes(1)
        case 2: .minutes(5)
        case 3: .minutes(15)
        default: .hours(1)
        }
    }

    /// A dead token or an empty balance is looked at again this often (CONTRACT §1.4).
    package static let waitingForAPerson: Duration = .hours(1)
    /// Absence is believed only this long after the request left (EXACTLY-ONCE 5d).
    package static let patience: Duration = .minutes(15)
    /// One try, and one more after a believed absence; never a third.
    package static let mostTries = 2
}
