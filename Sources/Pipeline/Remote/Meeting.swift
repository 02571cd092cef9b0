package import Git
import Posts

/// This clone and its remote before a run: one fetch, then both are brought together, or the run ends before anything
/// is sent (EXACTLY-ONCE 1).
struct Meeting: Sendable {
    let upstream: Upstream
    let repository: GitRepository
    let claimsReference: String
    /// Where the files of a tip are put that is not checked out.
    let exportFolder: String
    let pending: PendingIndex
    var sidecars: Sidecars

    /// What the remote has, by a fetch.
    struct Tips: Sendable, Hashable {
        var branch: ObjectID?
        var results: ObjectID?
        var claims: ObjectID?
    }

    func fetch() async throws(RemoteError) -> Tips {
        let references = [upstream.reference, upstream.resultsReference, claimsReference]
        let found = try await repository.git.fetch(from: upstream.remote, references: Array(Set(references)).sorted())
        return Tips(
            branch: found[upstream.reference], results: found[upstream.resultsReference],
            claims: found[claimsReference])
    }

    /// - Parameter isDry: nothing is moved; where the clone is behind, the tip's files are read beside it.
    func hold(isDry: Bool) async throws(Refusal) -> (tips: Tips, base: Base) {
        let tips: Tips
        do { tips = try await fetch() } catch { throw Refusal(error) }
        do {
            return (tips, try await base(tips, isDry: isDry))
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(.configuration, "\(error)")
        }
    }

    private func base(_ tips: Tips, isDry: Bool) async throws -> Base {
        let head = try await repository.head
        let results = upstream.resultsBranch == upstream.branch ? nil : tips.results
        var base = Base(posts: tips.branch, results: results ?? tips.branch, root: repository.root)
        guard let here = head.commit else {
            guard tips.branch == nil else {
                throw Refusal(
                    .tryAgain, "this clone has no commit, and \(upstream.remote) has the branch \(upstream.branch)",
                    hint: "git pull \(upstream.remote) \(upstream.branch)")
            }
            return base
        }
        if here == tips.branch { return base }
        let isAhead =
            if let tip = tips.branch { try await repository.isAncestor(tip, of: here) == true } else { true }
        if isAhead {
            base.posts = here
            if results == nil { base.results = here }
            base.unpushed = .people
            if let own = try await ownCommits(between: tips.branch, and: here), own { base.unpushed = .own }
            return base
        }
        guard let tip = tips.branch else { return base }
        if head.branch == nil || isDry { return try await exported(tip, base) }
        if try await repository.isAncestor(here, of: tip) == true {
            try await fastForward(to: tip)
            return base
        }
        guard try await ownCommits(between: tip, and: here) == true else {
            throw Refusal(
                .tryAgain, "\(upstream.branch) and \(upstream.remote) have both moved on",
                hint: "git pull --rebase")
        }
        return try await rebuilt(here, on: tip, head, base)
    }

    private func fastForward(to tip: ObjectID) async throws(Refusal) {
        do {
            try await pending.prepareFastForward(repository, to: tip)
            try await repository.git.fastForward(to: tip)
        } catch let error as FastForwardError {
            throw Refusal(
                .tryAgain, "\(upstream.remote) has newer commits, and \(error)",
                hint: "commit or put away what is in the way, then git pull")
        } catch {
            throw Refusal(.file, "\(error)")
        }
    }

    /// HEAD and the working tree of a detached checkout stay; the tip's files are read instead.
    private func exported(_ tip: ObjectID, _ base: Base) async throws -> Base {
        do {
            try Files.removeFolder(exportFolder)
            try Files.createFolders(exportFolder)
            try await repository.git.export(tip, to: exportFolder)
        } catch let error as RemoteError {
            throw Refusal(error)
        }
        var base = base
        (base.root, base.isExported) = (exportFolder, true)
        return base
    }
}

/// What a run builds on.
package struct Base: Sendable, Hashable {
    /// Commits that the remote lacks.
    package enum Unpushed: Sendable, Hashable {
        case none
        /// Results of an earlier run whose push failed.
        case own
        case people
    }

    /// The commit whose files may be published.
    package var posts: ObjectID?
    /// The commit whose sidecars count.
    package var results: ObjectID?
    /// The folder that holds the files.
    package var root: String
    /// Whether `root` is a copy beside the working tree.
    package var isExported = false
    package var unpushed = Unpushed.none

    package init(posts: ObjectID?, results: ObjectID?, root: String) {
        self.posts = posts
        self.results = results
        self.root = root
    }
}

extension Refusal {
    init(_ error: RemoteError) {
        switch error {
        case .noExecutable: self.init(.configuration, error.message, hint: "install git")
        case .tooOld: self.init(.configuration, error.message)
        case .unreachable, .timedOut, .uncertain: self.init(.unavailable, error.message, hint: "nothing was sent")
        case .notAuthorized:
            self.init(
                .configuration, error.message, hint: "git fetch must work by itself: socials-pipeline doctor tells more"
            )
        case .failed: self.init(.unavailable, error.message)
        }
    }
}
