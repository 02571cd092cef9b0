import Git
package import JSON
package import Posts

/// One delivery and where it stands.
package struct StatusEntry: Sendable {
    package var id: DeliveryID
    /// A state of the results, or `unscheduled draft scheduled due held past expired`.
    package var state: String
    package var schedule: Instant?
    package var result: DeliveryResult?
    /// The file is not the one that was published.
    package var isEdited = false

    package var json: JSON {
        var members: [String: JSON] = ["state": .string(state)]
        members["schedule"] = .some(schedule.map { .string($0.rfc3339) } ?? .null)
        members["publishedAt"] = result?.publishedAt.map { .string($0.rfc3339) }
        members["url"] = result?.url.map { .string($0) }
        members["error"] = result?.error?.json
        if isEdited { members["editedSince"] = true }
        return id.json(members)
    }
}

/// All deliveries of the repository, by path, then account.
package func status(_ folder: String, in environment: Environment) async throws(Refusal) -> [StatusEntry] {
    let workspace = try Workspace.open(at: folder, zones: environment.zones)
    let repository = try GitRepository(at: workspace.root, in: environment)
    let tree = try await lastSeenClaims(of: repository, workspace, environment)
    let held = Set(try await plan(folder, in: environment).held.map(\.id))
    let now = environment.clock.now
    let reader = PostReader(configuration: workspace.configuration, zones: environment.zones)
    let scan = await Scan(root: workspace.root, folders: workspace.configuration.posts, reader: reader, keep: .all)
    var entries: [StatusEntry] = []
    for scanned in scan.posts {
        let results: Results = if case .read(let results) = scanned.sidecar { results } else { Results() }
        for target in scanned.post.targets {
            let id = DeliveryID(scanned.post.path, target.account)
            let moment: Instant? = if case .at(let moment) = target.schedule { moment } else { nil }
            let claim = tree.entries[id]
            let result = claim?.result ?? results.deliveries[target.account]
            var entry = StatusEntry(id: id, state: "", schedule: moment, result: result)
            let scheduled = Scheduled(
                id: id, schedule: target.schedule == .now ? now : moment, isDraft: scanned.post.isDraft,
                expires: scanned.post.expires, since: workspace.configuration.accounts[target.account]?.since)
            let verdict = scheduled.verdict(
                Known(result: result, claim: claim), at: now,
                guard: LateGuard(
                    maxLateness: workspace.configuration.publishing.maxLateness,
                    giveUpAfter: workspace.configuration.publishing.giveUpAfter))
            entry.state = held.contains(id) ? "held" : verdict.name(result)
            if result?.state == .published, let source = result?.source,
                let bytes = try? Files.read(workspace.root + "/" + id.post),
                let blob = try? await repository.blobID(of: bytes, at: id.post)
            {
                entry.isEdited = blob.hex != source
            }
            entries.append(entry)
        }
    }
    return entries.sorted { $0.id < $1.id }
}

extension Verdict {
    fileprivate func name(_ result: DeliveryResult?) -> String {
        if let result { return result.state.rawValue }
        switch self {
        case .due, .open: return "due"
        case .late: return "missed"
        case .later: return "scheduled"
        case .settled(let state): return state.rawValue
        case .draft: return "draft"
        case .unscheduled: return "unscheduled"
        case .expired: return "expired"
        case .past: return "past"
        }
    }
}
