import Git
import JSON
import Posts

/// The claims as git objects: one commit without parent whose tree holds an entry per delivery, and the post's own blob
/// while it is in flight, because a shallow clone elsewhere may lack it.
actor ClaimsObjects {
    private let repository: GitRepository
    private let author: @Sendable () -> (name: String, email: String, at: Instant)
    /// The tree as it was read or written last, with the blob of each entry, so that only changes are written.
    private var blobs: [DeliveryID: (entry: ClaimsEntry, blob: ObjectID)] = [:]

    init(
        repository: GitRepository, author: @escaping @Sendable () -> (name: String, email: String, at: Instant)
    ) {
        self.repository = repository
        self.author = author
    }

    /// - Parameter name: of the reference, for messages.
    func read(_ commit: ObjectID?, name: String) async throws(ClaimsStoreError) -> ClaimsTree {
        blobs = [:]
        var tree = ClaimsTree()
        guard let commit else { return tree }
        do {
            for (name, blob, bytes) in try await repository.files(of: commit, ending: ".json") {
                let json = try JSON(parsing: bytes)
                if name == Self.versionFile {
                    if let version = json["version"]?.integer, version > ClaimsTree.version {
                        throw ClaimsStoreError.newerVersion(version)
                    }
                } else if name == Self.pauseFile {
                    tree.pause = Pause(json: json)
                } else if let entry = ClaimsEntry(json: json) {
                    tree.entries[entry.delivery] = entry
                    blobs[entry.delivery] = (entry, blob)
                } else {
                    throw ClaimsStoreError.unavailable("\(name) is an entry that cannot be read")
                }
            }
            return tree
        } catch let error as ClaimsStoreError {
            throw error
        } catch {
            throw .unavailable("\(name): \(error)")
        }
    }

    /// Stores a tree; no reference is moved.
    func write(_ tree: ClaimsTree) async throws -> ObjectID {
        var names: [String: ObjectID] = [:]
        var written: [DeliveryID: (entry: ClaimsEntry, blob: ObjectID)] = [:]
        names[Self.versionFile] = try await repository.writeBlob(
            (["version": JSON(ClaimsTree.version)] as JSON).pretty())
        if tree.pause != Pause() { names[Self.pauseFile] = try await repository.writeBlob(tree.pause.json.pretty()) }
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
            if !entry.phase.isSettled, let post = ObjectID(hex: entry.source), try await repository.has(post) {
                names[name + ".md"] = post
            }
        }
        blobs = written
        let (name, email, now) = author()
        return try await repository.writeCommit(
            flatTree: names, author: Author(name: name, email: email, seconds: now.seconds), message: "Claims\n")
    }

    private static let versionFile = "version.json"
    private static let pauseFile = "pause.json"

    /// Paths may be long and hold any character; the entry itself says which delivery it is.
    private static func name(of id: DeliveryID) throws -> String {
        Repository.blobID(of: Array("\(id.post)\n\(id.account)".utf8)).hex
    }
}
