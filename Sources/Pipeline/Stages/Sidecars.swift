import Git
import Posts

/// Makes of outcomes the sidecars that say so, over what a commit and the working tree hold.
struct Sidecars: Sendable {
    let repository: GitRepository
    let workspace: Workspace
    let clock: any WallClock
    let run: String

    struct File: Sendable {
        var path: String
        /// What the commit gets.
        var committed: [UInt8]
        /// What the working tree gets: the same, unless a person changed the file.
        var present: [UInt8]
        /// Whether the commit's file says something else now.
        var isNews: Bool
    }

    /// - Parameter hasWorkingTree: whether the files beside the posts are to be written too.
    func files(
        of outcomes: [DeliveryID: DeliveryResult], over tip: ObjectID?, hasWorkingTree: Bool
    ) async -> (files: [File], failures: [Recorded.Failure]) {
        var files: [File] = []
        var failures: [Recorded.Failure] = []
        for (post, deliveries) in Dictionary(grouping: outcomes, by: \.key.post) {
            let path = Results.path(of: post)
            do {
                let known = try await sidecar(path, at: tip)
                let onDisk = hasWorkingTree ? try sidecarOnDisk(path) ?? known : known
                let results = (known ?? Results()).with(deliveries)
                files.append(
                    File(
                        path: path, committed: results.bytes,
                        present: onDisk == known ? results.bytes : (onDisk ?? Results()).with(deliveries).bytes,
                        isNews: results != known))
            } catch {
                failures.append(.file("\(path): \(error)"))
            }
        }
        return (files, failures)
    }

    /// Beside the post; the temporary file not there, where a killed run would leave it for people to find.
    func write(_ file: File) throws(Files.Failure) {
        try Files.replace(
            workspace.root + "/" + file.path, with: file.present, durable: false,
            through: repository.commonDirectory + "/socials-pipeline/sidecar.tmp")
    }

    func commit(
        _ files: [File], on parent: ObjectID?, of outcomes: [DeliveryID: DeliveryResult]
    ) async throws(GitError) -> ObjectID {
        try await repository.makeCommit(
            Dictionary(files.map { ($0.path, $0.committed) }) { _, last in last }, on: parent, author: author,
            message: message(outcomes))
    }

    private func sidecar(_ path: String, at tip: ObjectID?) async throws -> Results? {
        guard let tip, let blob = try await repository.blob(at: path, in: tip) else { return nil }
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

    var author: Author {
        Author(
            name: workspace.configuration.commit.name, email: workspace.configuration.commit.email,
            seconds: clock.now.seconds)
    }

    /// In the last line of the tool's own commits, and of no person's.
    static let trailer = "Socials-Run: "

    private func message(_ outcomes: [DeliveryID: DeliveryResult]) -> String {
        let published = Set(outcomes.filter { $0.value.state == .published }.map(\.key.post)).count
        let subject =
            published > 0
            ? workspace.configuration.commit.message.replacing("{count}", with: String(published))
            : "Record what became of \(Set(outcomes.keys.map(\.post)).count) posts"
        return "\(subject)\n\n\(Self.trailer)\(run)\n"
    }
}

extension Results {
    fileprivate func with(_ outcomes: [(key: DeliveryID, value: DeliveryResult)]) -> Results {
        var results = self
        for (id, outcome) in outcomes {
            var entry = results.deliveries[id.account]?.updated(by: outcome) ?? outcome
            entry.other.merge(results.deliveries[id.account]?.other ?? [:]) { mine, _ in mine }
            results.deliveries[id.account] = entry
        }
        return results
    }
}
