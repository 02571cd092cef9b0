package import Git

/// What only the git executable can do (EXACTLY-ONCE, "git"). Tests put faults around it.
package protocol GitCommands: Sendable {
    func version() async throws(RemoteError) -> GitVersion
    func fetch(from remote: String, references: [String]) async throws(RemoteError) -> [String: ObjectID]
    func deepen(_ reference: String, from remote: String, by count: Int) async throws(RemoteError)
    func push(
        to remote: String, _ updates: [ReferenceUpdate], runsHooks: Bool
    ) async throws(RemoteError) -> [String: UpdateOutcome]
    func rehearsePush(to remote: String, _ update: ReferenceUpdate) async throws(RemoteError) -> UpdateOutcome
    func fastForward(to commit: ObjectID) async throws(FastForwardError)
    func switchTree(from old: ObjectID, to new: ObjectID) async throws(FastForwardError)
    func readBlob(_ id: ObjectID, limit: Int) async throws(RemoteError) -> [UInt8]
    func updateIndex(_ entries: [String: TreeEntry?]) async throws(RemoteError) -> IndexRefresh
    func export(_ commit: ObjectID, to folder: String) async throws(RemoteError)
}

extension GitExecutable: GitCommands {}
