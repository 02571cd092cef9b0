import Git

/// What lies behind the boundary of a shallow clone, fetched when a post's time hangs on it: `schedule: now` is the time
/// of the commit that last changed the file (CONTRACT §1.1).
actor History {
    private let upstream: Upstream
    private let repository: GitRepository
    /// Commits per fetch: most posts are younger than the first few.
    private var steps: ArraySlice<Int> = [50, 500, 5000]

    init(_ upstream: Upstream, _ repository: GitRepository) {
        self.upstream = upstream
        self.repository = repository
    }

    /// Whether there is more to see now.
    func deepen() async -> Bool {
        guard let count = steps.popFirst() else { return false }
        do {
            try await repository.git.deepen(upstream.reference, from: upstream.remote, by: count)
            return true
        } catch {
            // A remote that does not give it will not give it for the next post either.
            steps = []
            return false
        }
    }
}
