import Git
import Synchronization

@testable import Pipeline

/// A remote whose references lie in memory; its objects are those of the one clone that uses it.
final class MemoryRemote: GitCommands {
    private let references: Mutex<[String: ObjectID]>
    private let local: GitExecutable

    init(_ references: [String: ObjectID], local: GitExecutable) {
        self.references = Mutex(references)
        self.local = local
    }

    subscript(_ name: String) -> ObjectID? { references.withLock { $0[name] } }

    func version() async throws(RemoteError) -> GitVersion { try await local.version() }

    func fetch(from remote: String, references names: [String]) async throws(RemoteError) -> [String: ObjectID] {
        references.withLock { $0.filter { names.contains($0.key) } }
    }

    func push(
        to remote: String, _ updates: [ReferenceUpdate], runsHooks: Bool
    ) async throws(RemoteError) -> [String: UpdateOutcome] {
        references.withLock { references in
            var outcomes: [String: UpdateOutcome] = [:]
            for update in updates {
                switch update.lease {
                case .expects(let old) where references[update.reference] == old:
                    references[update.reference] = update.new
                    outcomes[update.reference] = .accepted
                case .expects, .fastForward: outcomes[update.reference] = .moved("stale info")
                }
            }
            return outcomes
        }
    }

    /// All of its history is there.
    func deepen(_ reference: String, from remote: String, by count: Int) async throws(RemoteError) {}

    func rehearsePush(to remote: String, _ update: ReferenceUpdate) async throws(RemoteError) -> UpdateOutcome {
        .accepted
    }

    func updateIndex(_ entries: [String: TreeEntry?]) async throws(RemoteError) -> IndexRefresh {
        try await local.updateIndex(entries)
    }
    func fastForward(to commit: ObjectID) async throws(FastForwardError) { try await local.fastForward(to: commit) }
    func switchTree(from old: ObjectID, to new: ObjectID) async throws(FastForwardError) {
        try await local.switchTree(from: old, to: new)
    }
    func readBlob(_ id: ObjectID, limit: Int) async throws(RemoteError) -> [UInt8] {
        try await local.readBlob(id, limit: limit)
    }
    func export(_ commit: ObjectID, to folder: String) async throws(RemoteError) {
        try await local.export(commit, to: folder)
    }
}
