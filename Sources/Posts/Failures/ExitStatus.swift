/// How a command ended (CONTRACT §2.1, after sysexits).
package enum ExitStatus: Int32, Sendable, Hashable, CaseIterable {
    case success = 0
    /// A delivery ended failed, unknown or missed in this run, or an account cannot publish.
    case failed = 1
    case usage = 64
    /// A post is invalid; valid ones were still published.
    case invalidPost = 65
    case unavailable = 69
    case bug = 70
    case file = 74
    case tryAgain = 75
    case needsLogin = 77
    case configuration = 78
    case interrupted = 130
    case terminated = 143

    /// The one that is reported when several hold.
    package static func worst(_ statuses: some Sequence<ExitStatus>) -> ExitStatus {
        let order: [ExitStatus] = [
            .interrupted, .terminated, .usage, .bug, .configuration, .needsLogin, .file, .failed, .invalidPost,
            .unavailable, .tryAgain,
        ]
        let held = Set(statuses)
        return order.first(where: held.contains) ?? .success
    }
}

/// Why a command does not begin, or cannot go on: one sentence for a person and the way out.
package struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
    package var status: ExitStatus
    package var message: String
    package var hint: String?
    /// What is wrong in socials.yml, where that is the reason.
    package var diagnostics: [Diagnostic] = []

    package init(_ status: ExitStatus, _ message: String, hint: String? = nil) {
        self.status = status
        self.message = message
        self.hint = hint
    }

    package var description: String { hint.map { "\(message); \($0)" } ?? message }
}
