import Git
import Glibc
import Posts

/// Sidecars that are about to be committed, or were, while the index does not know them yet. Written before the commit,
/// removed when the index agrees, so that a run which dies in between is mended by the next.
struct PendingIndex: Sendable {
    private let path: String

    /// Each worktree has an index of its own.
    init(of repository: GitRepository, folder: String) {
        path = folder + "/index-pending" + (repository.worktree.map { "-" + $0 } ?? "")
    }

    func note(_ sidecars: [String]) throws(Files.Failure) {
        let known = Set(read() + sidecars)
        try Files.replace(path, with: Array(known.sorted().joined(separator: "\n").utf8), durable: true)
    }

    func clear() throws(Files.Failure) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw Files.Failure(path: path, code: errno, doing: "remove")
        }
    }

    /// Removes locks that a dead run left. Somebody's index lock is left for the run after.
    /// - Parameter claims: the reference of this repository that nobody but this program moves, if there is one.
    func removeLocks(_ repository: GitRepository, claims: String?) async throws(Refusal) {
        do {
            var references = claims.map { [$0] } ?? []
            // It died between the sidecars and the index, so that the branch's lock may be its own.
            if !read().isEmpty { references.append(try await repository.branchReference) }
            await ReferenceLocks.removeAbandoned(references.map { repository.lockFile(of: $0) })
            _ = try await repository.removeAbandonedIndexLock()
        } catch {
            throw Refusal(.file, "\(error)")
        }
    }

    /// Brings the index up to date with what a dead run committed.
    func mend(_ repository: GitRepository) async throws(Refusal) {
        do { _ = try await refresh(repository) } catch { throw Refusal(.file, "\(error)") }
    }

    /// Brings the index up to date with what this run committed: once, because reading and writing it is the price,
    /// however few paths change.
    func settle(_ repository: GitRepository) async -> Recorded {
        var recorded = Recorded(commit: nil)
        do {
            recorded.notes = try await refresh(repository)?.trouble.map { [$0] } ?? []
        } catch {
            recorded.failures = [.file("\(error)")]
        }
        return recorded
    }

    private func refresh(_ repository: GitRepository) async throws -> IndexRefresh? {
        let sidecars = read()
        guard !sidecars.isEmpty else { return nil }
        let index = try await repository.refreshIndex(sidecars)
        if index != .locked { try clear() }
        return index
    }

    /// Sidecars that a dead run wrote beside the posts before its branch moved would be in the way of a fast-forward to
    /// the commit that has them. What they say and the commit says too is the commit's already.
    func prepareFastForward(_ repository: GitRepository, to tip: ObjectID) async throws {
        let sidecars = read()
        for path in sidecars {
            guard let blob = try await repository.blob(at: path, in: tip),
                let present = try? Files.read(repository.root + "/" + path)
            else { continue }
            let committed = try await repository.read(blob)
            guard present != committed, let mine = try? Results(parsing: present),
                let theirs = try? Results(parsing: committed), theirs.includes(mine)
            else { continue }
            try Files.replace(repository.root + "/" + path, with: committed, durable: false)
        }
        if !sidecars.isEmpty { _ = try await repository.adoptIntoIndex(sidecars, from: tip) }
    }

    private func read() -> [String] {
        guard let bytes = try? Files.read(path) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
