import JSON
import Pipeline
import Posts

extension Console {
    func show(_ step: SyncProgress) {
        progress("\(step.id): \(step.phase.rawValue)")
        if isVerbose, !isTerminal { note("\(step.id): \(step.phase.rawValue)\(step.detail.map { " \($0)" } ?? "")") }
    }

    func show(_ report: SyncReport) {
        for trouble in report.troubles { Self.complain(trouble) }
        if isJSON { return say(report.json) }
        show(report.problems)
        for due in report.due { say("\(tinted("would publish", .yellow)) \(due.id)") }
        if !report.outcomes.isEmpty { say(report.outcomes.map(lines).joined(separator: "\n")) }
        for refused in report.refused {
            if refused.reason == "published" {
                say("already published \(refused.id) \(refused.url ?? "")")
            } else {
                note("\(tinted("refused", .red)) \(refused.id): \(refused.reason)")
            }
        }
        for (id, reason) in report.skipped { note("\(tinted("held", .faint)) \(id): \(reason)") }
        if let commit = report.commit {
            say("committed \(commit.prefix(12))\(report.isPushed ? " and pushed" : "")")
        }
        for line in report.notes { note(line) }
        if report.outcomes.isEmpty, report.due.isEmpty, report.skipped.isEmpty, report.refused.isEmpty {
            say("nothing is due")
        }
    }

    private func lines(_ id: DeliveryID, _ result: DeliveryResult) -> String {
        let tint: Tint =
            switch result.state {
            case .published: .green
            case .retrying, .processing: .yellow
            case .failed, .unknown, .missed, .cancelled: .red
            }
        var line = "\(tinted(result.state.rawValue, tint)) \(id)"
        if result.state == .published { line += " \(result.url ?? result.id ?? "")" }
        if let error = result.error { line += ": \(error.message) [\(error.code)]" }
        if let notBefore = result.notBefore { line += ", again at \(notBefore.rfc3339)" }
        if let hint = result.error?.hint { line += "\n  \(hint)" }
        return line
    }
}
