import Git
import Posts

/// The commit of the remote's claims as this clone saw it last, in a file: a local reference of that name would be taken
/// for the claims themselves. For `plan` and `status`, which ask no remote; nothing else believes it.
struct SeenClaims: Sendable {
    private let path: String

    init(folder: String) { path = folder + "/cache/claims" }

    func note(_ commit: ObjectID?) {
        guard commit != self.commit else { return }
        // A view that is one run older does no harm.
        try? Files.createFolders(String(path.dropLast("/claims".count)))
        try? Files.replace(path, with: Array((commit?.hex ?? "").utf8), durable: false)
    }

    var commit: ObjectID? {
        guard let bytes = try? Files.read(path, limit: 100) else { return nil }
        return ObjectID(hex: String(decoding: bytes, as: UTF8.self))
    }
}
