import Git
import JSON
package import Posts

/// The claims in a plain local ref: one commit without parent whose tree holds an entry per delivery, and the post's
/// own blob while it is in flight. Replaced as a whole by compare-and-swap of the ref.
package actor GitClaims: ClaimsStore {
    private let repository: GitRepository
    package nonisolated let reference: String
    private let author: @Sendable () -> (name: String, email: String, at: Instant)
    /// The tree as it was read or written last, with the blob of each entry, so that only changes are written.
    private var blobs: [DeliveryID: (entry: ClaimsEntry, blob: ObjectID)] = [:]

    package init(
        repository: GitRepository, reference: String,
        author: @escaping @Sendable () -> (name: String, email: String, at: Instant)
    ) {
        self.repository = repository
        self.reference = reference
        self.author = author
    }

    package func read() async throws(ClaimsStoreError) -> (tree: ClaimsTree, version: String?) {
        do {
            guard let commit = try await repository.reference(reference) else {
                blobs = [:]
                return (ClaimsTree(), nil)
            }
            var tree = ClaimsTree()
            blobs = [:]
            for (name, blob, bytes) in try await repository.files(of: commit, ending: ".json") {
                let json = try JSON(parsing: bytes)
                if name == Self.versionFile {
                    if let version = json["version"]?.integer, version > ClaimsTree.version {
                        throw ClaimsStoreError.newerVersion(version)
                    }
                } else if let entry = ClaimsEntry(json: json) {
                    tree.entries[entry.delivery] = entry
                    blobs[entry.delivery] = (entry, blob)
                } else {
                    throw ClaimsStoreError.unavailable("\(reference) holds an entry that cannot be read: \(name)")
                }
            }
            return (tree, commit.hex)
        } catch let error as ClaimsStoreError {
            throw error
        } catch {
            throw .unavailable("\(reference): \(error)")
        }
    }

    package func replace(_ tree: ClaimsTree, ifVersion version: String?) async throws(ClaimsStoreError) -> String {
        do {
            var names: [String: ObjectID] = [:]
            var written: [DeliveryID: (entry: ClaimsEntry, blob: ObjectID)] = [:]
            names[Self.versionFile] = try await repository.writeBlob(
                (["version": JSON(ClaimsTree.version)] as JSON).pretty())
            for (id, entry) in tree.entries {
                let blob: ObjectID
                if let known = blobs[id], known.entry == entry {
                    blob = known.blob
                } else {
                    blob = try await repository.writeBlob(entry.json.pretty())
                }
                written[id] = (entry, blob)
                let name = try Self.name(of: id)
                names[name + ".json"] = blob
                if !entry.phase.isSettled, let post = ObjectID(hex: entry.source) { names[name + ".md"] = post }
            }
            let (name, email, now) = author()
            let commit = try await repository.writeCommit(
                flatTree: names, author: Author(name: name, email: email, seconds: now.seconds), message: "Claims\n")
            let expected = version.flatMap { ObjectID(hex: $0) }
            guard try await repository.compareAndSwap(reference, to: commit, expecting: expected, log: "claims") else {
                throw ClaimsStoreError.lost
            }
            blobs = written
            return commit.hex
        } catch let error as ClaimsStoreError {
            throw error
        } catch {
            throw .unavailable("\(reference): \(error)")
        }
    }

    private static let versionFile = "version.json"

    /// Paths may be long and hold any character; the entry itself says which delivery it is.
    private static func name(of id: DeliveryID) throws -> String {
        try Repository.blobID(of: Array("\(id.post)\n\(id.account)".utf8)).hex
    }
}
