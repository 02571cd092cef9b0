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
        guard unlink(path) == 0 || errno == ENOENT else { throw Files.Failure(path: path, code: errno, doing: "remove") }
    }

    /// Brings the index up to date with what an earlier run committed. Somebody's lock is left for the run after.
    func mend(_ repository: GitRepository) async throws(Refusal) {
        do {
            _ = try await repository.removeAbandonedIndexLock()
            let sidecars = read()
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
