import Git
import Glibc
import Posts

/// Sidecars that are about to be committed, or were, while the index does not know them yet. Written before the commit,
/// removed when the index agrees, so that a run which dies in between is mended by the next.
struct PendingIndex: Sendable {
    private let path: String

    init(folder: String) { path = folder + "/index-pending" }

    func note(_ sidecars: [String]) throws(Files.Failure) {
        let known = Set(read() + sidecars)
        try Files.replace(path, with: Array(known.sorted().joined(separator: "\n").utf8), durable: true)
    }

    func clear() throws(Files.Failure) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw Files.Failure(path: path, code: errno, doing: "remove")
        }
    }

    /// Removes locks that a dead run left, and brings the index up to date with what it committed. Somebody's lock is
    /// left for the run after.
    /// - Parameter claims: The reference that nobody but this program moves.
    func mend(_ repository: GitRepository, claims: String) async throws(Refusal) {
        do {
            let sidecars = read()
            var references = [claims]
            // It died between the sidecars and the index, so that the branch's lock may be its own.
            if !sidecars.isEmpty { references.append(try await repository.branchReference) }
            await ReferenceLocks.removeAbandoned(references.map { repository.lockFile(of: $0) })
            _ = try await repository.removeAbandonedIndexLock()
            guard !sidecars.isEmpty else { return }
            if try await repository.refreshIndex(sidecars) != .locked { try clear() }
        } catch {
            throw Refusal(.file, "\(error)")
        }
    }

    private func read() -> [String] {
        guard let bytes = try? Files.read(path) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
