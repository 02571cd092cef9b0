package import JSON
package import Posts

/// One thing that `doctor` looked at.
package struct HealthLine: Sendable, Hashable {
    package enum Status: String, Sendable, Hashable, CaseIterable { case ok, warning, failure }

    /// What was looked at; stays the same from version to version.
    package var check: String
    package var status: Status
    package var message: String
    /// The command or change that mends it.
    package var fix: String?
    /// A failure of the connection alone.
    package var isUnreachable = false

    static func ok(_ check: String, _ message: String) -> HealthLine {
        HealthLine(check: check, status: .ok, message: message)
    }

    static func warning(_ check: String, _ message: String, fix: String? = nil) -> HealthLine {
        HealthLine(check: check, status: .warning, message: message, fix: fix)
    }

    static func failure(_ check: String, _ message: String, fix: String? = nil) -> HealthLine {
        HealthLine(check: check, status: .failure, message: message, fix: fix)
    }

    static func failure(_ check: String, _ refusal: Refusal) -> HealthLine {
        var line = failure(check, refusal.message, fix: refusal.hint)
        line.isUnreachable = refusal.status == .unavailable
        return line
    }

    /// CONTRACT §2.3.
    package var json: JSON {
        var json: JSON = ["check": .string(check), "status": .string(status.rawValue), "message": .string(message)]
        json["fix"] = fix.map { .string($0) }
        return json
    }
}

extension [HealthLine] {
    /// Warnings are no failure; what cannot be reached may be well.
    package var exitStatus: ExitStatus {
        let failures = filter { $0.status == .failure }
        if failures.isEmpty { return .success }
        return failures.allSatisfy(\.isUnreachable) ? .unavailable : .configuration
    }
}
