import Git
import Posts

/// Claims and results shared through a remote: each exchange is one push of both references, not atomic, so that the
/// claims are taken even where the branch is protected.
actor RemoteExchanger: Exchanger {
    let meeting: Meeting
    let follower: Follower
    private let objects: ClaimsObjects
    /// Where `plan` and `status` find the claims as they were last seen.
    private let seen: SeenClaims
    var tips: Meeting.Tips
    var base: Base

    /// EXACTLY-ONCE 6: that often the commit is rebuilt on a branch that moved.
    private static let mostTries = 10
    private static let mostConnections = 3
    /// The remote has said that it does not take the branch; asking again in this run is of no use.
    private var isBranchRefused = false

    init(
        meeting: Meeting, follower: Follower, objects: ClaimsObjects, seen: SeenClaims, tips: Meeting.Tips, base: Base
    ) {
        (self.meeting, self.follower, self.objects, self.seen) = (meeting, follower, objects, seen)
        (self.tips, self.base) = (tips, base)
    }

    var upstream: Upstream { meeting.upstream }

    func read() async throws(ClaimsStoreError) -> (tree: ClaimsTree, version: String?) {
        let had = tips.claims
        try await fetch()
        if had != nil, tips.claims == nil {
            throw .refused(
                "\(meeting.claimsReference) was deleted from \(upstream.remote) while this run was at work;"
                    + " socials-pipeline doctor --repair-claims")
        }
        return (try await objects.read(tips.claims, name: meeting.claimsReference), tips.claims?.hex)
    }

    private func fetch() async throws(ClaimsStoreError) {
        do { tips = try await meeting.fetch() } catch { throw ClaimsStoreError(error) }
        base.results = tips.results
        seen.note(tips.claims)
    }

    func exchange(_ exchange: Exchange) async -> Exchanged {
        var claims = Claims(isWanted: exchange.claims != nil)
        do {
            try await pushCommits()
            if let tree = exchange.claims {
                claims.update = ReferenceUpdate(
                    reference: meeting.claimsReference, new: try await objects.write(tree),
                    lease: .expects(exchange.version.flatMap { ObjectID(hex: $0) }))
            }
            let recorded = try await send(&claims, exchange.results)
            return Exchanged(claims: claims.answer, recorded: recorded)
        } catch {
            let failure = error as? ClaimsStoreError ?? .unavailable("\(error)")
            if claims.isWanted, claims.answer == nil { claims.answer = .failure(failure) }
            if case .uncertain = failure { return Exchanged(claims: claims.answer, recorded: nil) }
            return Exchanged(claims: claims.answer, recorded: Recorded(failure))
        }
    }

    private struct Claims {
        let isWanted: Bool
        /// nil once it was answered.
        var update: ReferenceUpdate?
        var answer: Result<String, ClaimsStoreError>?

        init(isWanted: Bool) { self.isWanted = isWanted }
    }

    /// Pushes until the branch has the results or says no; the claims are sent once.
    /// - Returns: nil if the claims lost their race and the results were not taken either.
    private func send(
        _ claims: inout Claims, _ results: [DeliveryID: DeliveryResult]
    ) async throws -> Recorded? {
        for _ in 0..<Self.mostTries {
            let news = try await news(of: isBranchRefused ? [:] : results)
            let updates = [claims.update, news.update].compactMap(\.self)
            if updates.isEmpty { return news.recorded }
            let outcomes = try await push(updates)
            if let update = claims.update {
                claims.update = nil
                claims.answer = answer(outcomes[update.reference], update)
            }
            guard let update = news.update else { return news.recorded }
            switch outcomes[update.reference] {
            case .accepted: return await recorded(news)
            case .refused(let reason):
                isBranchRefused = true
                return news.refused(upstream.refusedResults(reason))
            case .moved, nil:
                if case .failure = claims.answer { return nil }
                try await fetch()
            }
        }
        return Recorded(
            commit: nil,
            failures: [.tryAgain("\(upstream.resultsBranch) moved \(Self.mostTries) times while results were written")])
    }

    private func answer(_ outcome: UpdateOutcome?, _ update: ReferenceUpdate) -> Result<String, ClaimsStoreError> {
        switch outcome {
        case .accepted:
            tips.claims = update.new
            seen.note(update.new)
            return .success(update.new?.hex ?? "")
        case .refused(let reason): return .failure(.refused(upstream.refusedClaims(meeting.claimsReference, reason)))
        case .moved, nil: return .failure(.lost)
        }
    }

    /// A person's commits go first, as `git push` would send them: what is published must be on the remote.
    private func pushCommits() async throws(ClaimsStoreError) {
        guard base.unpushed != .none, !follower.holdsBack, let here = base.posts else { return }
        let update = ReferenceUpdate(reference: upstream.reference, new: here, lease: .expects(tips.branch))
        switch try await push([update], runsHooks: true)[update.reference] {
        case .accepted: tips.branch = here
        case .moved, nil:
            throw .behind("\(upstream.branch) has newer commits on \(upstream.remote); try again, or git pull --rebase")
        case .refused(let reason):
            guard base.unpushed == .own else { throw .refused(upstream.refusedPosts(reason)) }
            // Results alone: they are safe in the claims, and the posts are those of the remote.
            base.results = tips.results
        }
        base.unpushed = .none
    }

    /// Results that an earlier run left in this clone are wanted on the remote although nothing else is to be done.
    /// Where the branch is protected they are recorded from the claims, or refused there.
    func pushOwnResults() async throws(ClaimsStoreError) -> Base {
        guard base.unpushed == .own else { return base }
        try await pushCommits()
        if tips.branch == base.posts { base.notes.append("results of an earlier run are on \(upstream.remote) now") }
        return base
    }

    /// Again where the network failed before anything was sent.
    private func push(
        _ updates: [ReferenceUpdate], runsHooks: Bool = false
    ) async throws(ClaimsStoreError) -> [String: UpdateOutcome] {
        var tries = 0
        while true {
            tries += 1
            do {
                return try await meeting.repository.git.push(to: upstream.remote, updates, runsHooks: runsHooks)
            } catch {
                if case .unreachable = error, tries < Self.mostConnections { continue }
                throw ClaimsStoreError(error)
            }
        }
    }
}

extension ClaimsStoreError {
    init(_ error: RemoteError) {
        switch error {
        case .unreachable(let message), .timedOut(let message), .failed(let message): self = .unreachable(message)
        case .notAuthorized(let message): self = .refused(message)
        case .noExecutable(let message), .tooOld(let message): self = .unavailable(message)
        case .uncertain(let message): self = .uncertain(message)
        }
    }
}

extension Recorded {
    fileprivate init(_ error: ClaimsStoreError) {
        switch error {
        case .unreachable(let message), .uncertain(let message):
            self.init(commit: nil, failures: [.unreachable(message)])
        case .refused(let message): self.init(commit: nil, failures: [.refused(message)])
        case .unavailable(let message): self.init(commit: nil, failures: [.file(message)])
        case .behind(let message): self.init(commit: nil, failures: [.tryAgain(message)])
        case .lost, .newerVersion: self.init(commit: nil)
        }
    }
}

extension Upstream {
    func refusedClaims(_ reference: String, _ reason: String) -> String {
        "\(remote) does not take \(reference): \(reason); runners share their claims there, so nothing was sent;"
            + " allow writing, in GitHub Actions with permissions: contents: write"
    }

    func refusedResults(_ reason: String) -> String {
        "\(remote) does not take the branch \(resultsBranch): \(reason); results are safe in the claims;"
            + " allow this user to push, or let results go to another branch with commit: {branch: NAME}"
    }

    func refusedPosts(_ reason: String) -> String {
        "\(remote) does not take the commits of this clone on \(branch): \(reason); nothing was sent"
    }
}
