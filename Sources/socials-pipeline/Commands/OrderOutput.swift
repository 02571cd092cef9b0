import Pipeline
import Posts

/// Carries out a person's order and prints what came of it.
func obey(
    _ wish: Wish, _ posts: [String], _ accounts: [AccountID], _ common: CommonOptions
) async throws -> ExitStatus {
    let environment = try Environment.live(processVariables(), sends: true)
    var options = SyncOptions(repository: common.repository)
    options.lockPatience = SyncOptions.personsPatience
    let paths = Set(try posts.map { try orderedPath($0, in: common.repository) })
    let report = try await carryOut(wish, Order(posts: paths, accounts: Set(accounts)), options, in: environment)
    common.console.show(report)
    return report.status
}

extension Console {
    func show(_ report: OrderReport) {
        for trouble in report.troubles { Self.complain(trouble) }
        if isJSON { return say(report.json) }
        show(report.problems)
        for (id, entry) in report.changed {
            guard let result = entry.result else { continue }
            say(
                "\(result.state.rawValue) \(id)\(result.state == .published ? " \(result.url ?? result.id ?? "")" : "")"
            )
            for line in explanation(of: result, now: report.now) { say("  \(line)") }
        }
        for (id, objection) in report.refused {
            let word = objection.status == .success ? "unchanged" : tinted("refused", .red)
            note("\(word) \(id): \(objection.sentence)")
        }
        if let commit = report.commit {
            say("committed \(commit.prefix(12))\(report.isPushed ? " and pushed" : "")")
        }
        for line in report.notes { note(line) }
    }

    /// What a person should know about the new state.
    private func explanation(of result: DeliveryResult, now: Instant) -> [String] {
        switch result.state {
        case .published, .failed: return []
        case .cancelled:
            let live = result.parts.map { $0.url ?? $0.id }
            return live.isEmpty ? [] : ["these parts are live: " + live.joined(separator: " ")]
        case .missed: return ["its time is more than maxLateness ago; publish sends it all the same"]
        case .unknown: return ["a request was sent and nobody knows its end"] + (result.error?.hint.map { [$0] } ?? [])
        case .retrying, .processing:
            if let schedule = result.schedule, schedule > now { return ["due at \(schedule.rfc3339)"] }
            return ["the next sync goes on with it"]
        }
    }
}
