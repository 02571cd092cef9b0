/// One line of `git push --porcelain`: flag, tab, `from:to`, tab, summary with an optional reason in brackets.
struct PushLine: Equatable {
    let flag: Character
    let reference: String
    let summary: String

    static func all(in output: [UInt8]) -> [PushLine] {
        output.split(separator: UInt8(ascii: "\n")).compactMap { PushLine(String(decoding: $0, as: UTF8.self)) }
    }

    init?(_ line: String) {
        let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, fields[0].count == 1, let flag = fields[0].first, " +-*!=".contains(flag),
            let colon = fields[1].lastIndex(of: ":")
        else { return nil }
        self.flag = flag
        reference = String(fields[1][fields[1].index(after: colon)...])
        summary = withoutSecrets(String(fields[2]))
    }

    func verdict(_ complaints: Complaints) -> PushVerdict {
        guard flag == "!" else { return .accepted }
        guard !summary.hasPrefix("[remote failure]") else { return .unanswered }
        let reason = reason
        let lowered = reason.lowercased()
        if summary.hasPrefix("[rejected]") {
            // Decided here, from what the remote showed.
            return .moved(reason)
        }
        if Reasons.failed.contains(where: lowered.contains) { return .failed(explained(reason, complaints)) }
        guard Reasons.moved.contains(where: lowered.contains) else { return .refused(explained(reason, complaints)) }
        // A lock that nobody holds: the remote's disk or its rights are at fault, or a name is in the way.
        if complaints.first(of: Reasons.brokenDisk) != nil { return .failed(explained(reason, complaints)) }
        if complaints.first(of: Reasons.nameInTheWay) != nil { return .refused(explained(reason, complaints)) }
        return .moved(reason)
    }

    /// What stands in the brackets behind `[remote rejected]`.
    private var reason: String {
        guard let open = summary.firstIndex(of: "("), summary.hasSuffix(")") else { return summary }
        return String(summary[summary.index(after: open)...].dropLast())
    }

    private func explained(_ reason: String, _ complaints: Complaints) -> String {
        let words = complaints.remoteWords.filter { !$0.hasPrefix("hint") }.prefix(3)
        return words.isEmpty ? reason : "\(reason): \(words.joined(separator: " "))"
    }
}

enum PushVerdict: Equatable {
    case accepted, unanswered
    case moved(String), refused(String), failed(String)

    var failure: String? { if case .failed(let reason) = self { reason } else { nil } }
    var refusal: UpdateOutcome? { if case .refused(let reason) = self { .refused(reason) } else { nil } }
    var move: UpdateOutcome? { if case .moved(let reason) = self { .moved(reason) } else { nil } }
}

/// Parts of the reasons that receiving servers give, in lower case. A reason that is not here is a refusal.
private enum Reasons {
    /// The server's compare-and-swap was lost after it had shown the old value (git, GitHub, GitLab; git 2.50 has new words).
    static let moved = [
        "failed to update ref", "cannot lock ref", "but expected", "fetch first", "stale info",
        "reference already exists", "incorrect old value", "failed to lock", "failed to write ref",
    ]
    static let failed = [
        "unpacker error", "shallow update not allowed", "no space left", "missing necessary objects", "bad pack",
        "internal server error", "unable to create temporary", "unable to migrate objects",
    ]
    static let brokenDisk = [
        "permission denied", "read-only file system", "no space left", "disk quota", "input/output error",
    ]
    static let nameInTheWay = [
        "' exists; cannot create", "there is a non-empty directory", "there are still refs under",
    ]
}
