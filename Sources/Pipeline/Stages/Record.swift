import Git
import Platforms
import Posts

/// Sidecars beside the posts, and one commit.
struct SidecarRecorder: Recorder {
    let repository: GitRepository
    let workspace: Workspace
    let clock: any WallClock
    let run: String
    let pending: PendingIndex

    private static let mostTries = 10

    func record(_ outcomes: [DeliveryID: DeliveryResult]) async -> Event.Recorded {
        var recorded = Event.Recorded(commit: nil)
        let posts = Dictionary(grouping: outcomes, by: \.key.post)
        var files: [String: [UInt8]] = [:]
        do {
            for _ in 0..<Self.mostTries {
                let head = try await repository.head
                (files, recorded.failures) = ([:], [])
                for (post, deliveries) in posts {
                    let path = Results.path(of: post)
                    do {
                        let tip = try await sidecarAtTip(path, head: head.commit)
                        let onDisk = try sidecarOnDisk(path) ?? tip
                        let bytes = (tip ?? Results()).with(deliveries).bytes
                        let present = onDisk == tip ? bytes : (onDisk ?? Results()).with(deliveries).bytes
                        // Not beside the posts, where a killed run would leave it for people to find.
                        try Files.replace(
                            workspace.root + "/" + path, with: present, durable: false,
                            through: repository.commonDirectory + "/socials-pipeline/sidecar.tmp")
                        files[path] = bytes
                    } catch {
                        recorded.failures.append("\(path): \(error)")
                    }
                }
                if files.isEmpty { return recorded }
                try pending.note(Array(files.keys))
                if let done = try await repository.commit(
                    files, on: head, author: author, message: message(outcomes))
                {
                    recorded.commit = done.commit.hex
                    if done.index != .locked { try pending.clear() }
                    return recorded
                }
            }
            recorded.failures.append("the branch moved \(Self.mostTries) times while its results were written")
        } catch {
            recorded.failures.append("\(error)")
        }
        return recorded
    }

    private func sidecarAtTip(_ path: String, head: ObjectID?) async throws -> Results? {
        guard let head, let blob = try await repository.blob(at: path, in: head) else { return nil }
        return try Results(parsing: try await repository.read(blob))
    }

    private func sidecarOnDisk(_ path: String) throws -> Results? {
        let bytes: [UInt8]
        do { bytes = try Files.read(workspace.root + "/" + path) } catch {
            if error.isMissing { return nil }
            throw error
        }
        return try Results(parsing: bytes)
    }

    private var author: Author {
        Author(
            name: workspace.configuration.commit.name, email: workspace.configuration.commit.email,
            seconds: clock.now.seconds)
    }

    /// The trailer tells the tool's own commits from people's.
    private func message(_ outcomes: [DeliveryID: DeliveryResult]) -> String {
        let published = Set(outcomes.filter { $0.value.state == .published }.map(\.key.post)).count
        let subject =
            published > 0
            ? workspace.configuration.commit.message.replacing("{count}", with: String(published))
            : "Record what became of \(Set(outcomes.keys.map(\.post)).count) posts"
        return "\(subject)\n\nSocials-Run: \(run)\n"
    }
}

extension Results {
    fileprivate func with(_ outcomes: [(key: DeliveryID, value: DeliveryResult)]) -> Results {
        var results = self
        for (id, outcome) in outcomes {
            var entry = outcome
            entry.other.merge(results.deliveries[id.account]?.other ?? [:]) { mine, _ in mine }
            results.deliveries[id.account] = entry
        }
        return results
    }
}
