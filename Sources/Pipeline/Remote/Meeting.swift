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
            let base = try await base(tips, isDry: isDry)
            if !isDry { await track(tips) }
            return (tips, base)
        } catch let refusal as Refusal {
            throw refusal
        } catch let error as FastForwardError {
            throw Refusal(.tryAgain, "\(upstream.remote) has newer commits: \(error)", hint: "git pull --rebase")
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
        if head.branch == nil { return try await besideDetached(here, tips.branch, base) }
        let isAhead =
            if let tip = tips.branch { try await repository.isAncestor(tip, of: here) == true } else { true }
        if isAhead {
            try await refuseWithdrawn(here, tips.branch)
            base.posts = here
            if results == nil { base.results = here }
            base.unpushed = .people
            if let own = try await ownCommits(between: tips.branch, and: here), own { base.unpushed = .own }
            return base
        }
        guard let tip = tips.branch else { return base }
        if isDry { return try await exported(tip, base) }
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

    /// HEAD and the working tree of a detached checkout stay, whatever the branch did since; the tip's files are read
    /// instead. Nobody wants commits pushed that were left on a detached HEAD, least of all by a CI job that is run again.
    private func besideDetached(_ here: ObjectID, _ tip: ObjectID?, _ base: Base) async throws -> Base {
        guard let tip else {
            throw Refusal(
                .configuration, "\(upstream.remote) has no branch \(upstream.branch)",
                hint: "name the right one with --branch, or push it first")
        }
        var base = try await exported(tip, base)
        if try await repository.isAncestor(here, of: tip) == false {
            base.notes.append(
                "HEAD is detached and has commits that \(upstream.branch) on \(upstream.remote) lacks; they are left alone"
            )
        }
        return base
    }

    /// Commits that the remote had once and has no more were taken back by somebody; they are not pushed again.
    private func refuseWithdrawn(_ here: ObjectID, _ tip: ObjectID?) async throws {
        guard let tip, let known = try await repository.reference(upstream.trackingReference(of: upstream.branch)),
            known != tip, try await repository.isAncestor(here, of: known) == true
        else { return }
        throw Refusal(
            .tryAgain, "\(upstream.branch) was moved back on \(upstream.remote), to \(tip.hex.prefix(10))",
            hint:
                "git reset --keep \(tip.hex.prefix(10)) to follow, or git push if the remote is to have the commits again"
        )
    }

    /// What `git fetch` would have done to remote-tracking references, so that `git status` tells the truth.
    private func track(_ tips: Tips) async {
        for (branch, tip) in [(upstream.branch, tips.branch), (upstream.resultsBranch, tips.results)] {
            let name = upstream.trackingReference(of: branch)
            guard let tip, let old = try? await repository.reference(name), old != tip else { continue }
            // Somebody fetched in the same moment; theirs is as good.
            _ = try? await repository.compareAndSwap(name, to: tip, expecting: old, log: "socials-pipeline sync")
        }
    }

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
    /// What a person should know.
    package var notes: [String] = []

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
