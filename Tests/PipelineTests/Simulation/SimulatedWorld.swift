import Posts
import TestSupport

@testable import Pipeline

/// Networks, claims ref, branch and time, on one thread. What happens next is chosen by whoever holds the seed.
struct SimulatedWorld {
    /// What may be broken on purpose, to see that the simulation notices.
    struct Lies: Sendable, OptionSet {
        let rawValue: Int

        /// Both runners have one name, as with a copied clone.
        static let oneName = Lies(rawValue: 1)
        /// The journal vanishes in a crash, the name stays.
        static let lostJournal = Lies(rawValue: 2)
        /// The claims are replaced whatever version they have.
        static let noCompareAndSwap = Lies(rawValue: 4)
        /// Posts show up an hour late.
        static let slowNetwork = Lies(rawValue: 8)
    }

    struct Request: Sendable, Hashable {
        var id: DeliveryID
        var step: Int

        /// Equal for the same words, whatever the post is called by now.
        var words: String { "\(id.account) \(id.post.filter { !$0.isNumber }) \(step)" }
    }

    /// A post's file on the branch, as everybody has it: people edit, rename and withdraw posts between runs.
    struct File: Sendable, Hashable {
        var source: String
        /// Words and media, which a rename leaves alone.
        var digest: String
    }

    private struct Live {
        var request: Request
        var createdAt: Instant
        var visibleAt: Instant
    }

    static let jobs: [Job] = [
        job("a", steps: 2), job("b", hasComment: true), job("c", page, hasComment: true),
        job("d", member, isBlind: true), job("e", member, isBlind: true, hasComment: true),
    ]

    let lies: Lies
    var now = nine
    private(set) var files = Dictionary(
        jobs.map { ($0.id.post, File(source: $0.source, digest: $0.digest)) }
    ) { first, _ in first }
    private var edits = 0
    private(set) var claims = ClaimsTree()
    private(set) var version = 0
    private(set) var branch: [DeliveryID: DeliveryResult] = [:]
    private var live: [Live] = []
    /// Requests whose sender died, still on their way.
    var flying: [Request] = []
    private(set) var commits = 0
    /// What may come back after a power cut: states that no flush made final.
    private var olderClaims = [ClaimsTree()]
    private var olderBranches: [[DeliveryID: DeliveryResult]] = [[:]]

    init(lies: Lies) { self.lies = lies }

    func count(_ request: Request) -> Int { live.count { $0.request.words == request.words } }

    /// What runners find in the branch's files: a job for each account of each post that is there.
    var jobs: [Job] {
        files.sorted { $0.key < $1.key }.flatMap { post, file in
            Self.jobs.filter { $0.id.post.filter { !$0.isNumber } == post.filter { !$0.isNumber } }.map { sample in
                var job = sample
                job.id = DeliveryID(post, sample.id.account)
                (job.source, job.digest) = (file.source, file.digest)
                return job
            }
        }
    }

    /// Claims of posts that were renamed or withdrawn: what was begun is finished.
    /// - Parameter journalled: those that a runner's journal knows of.
    func jobsWithoutFile(_ journalled: [DeliveryID: ClaimsEntry]) -> [Job] {
        let known = journalled.merging(claims.entries) { _, entry in entry }
        return known.values.filter { files[$0.delivery.post] == nil }.sorted { $0.delivery < $1.delivery }.compactMap {
            entry in
            let words = Request(id: entry.delivery, step: 0).words
            guard var job = Self.jobs.first(where: { Request(id: $0.id, step: 0).words == words }) else { return nil }
            (job.id, job.source, job.digest) = (entry.delivery, entry.source, entry.digest)
            return job
        }
    }

    /// By which a post is known that was renamed and edited; each has its own.
    func schedule(of id: DeliveryID) -> Instant {
        let base = id.post.filter { !$0.isNumber }
        let place = Self.jobs.firstIndex { $0.id.post == base } ?? 0
        return nine - .minutes(Int64(place))
    }

    /// Other words for a post.
    mutating func edit(_ post: String) {
        edits += 1
        files[post] = File(source: "edit\(edits)", digest: "sha256:edit\(edits)")
    }

    /// The post goes, its results stay where they were. Returns the new name.
    mutating func rename(_ post: String) -> String? {
        guard let file = files.removeValue(forKey: post) else { return nil }
        edits += 1
        let new = post.filter { !$0.isNumber }.dropLast(3) + "\(edits).md"
        files[String(new)] = file
        return String(new)
    }

    mutating func withdraw(_ post: String) { files[post] = nil }

    mutating func publish(_ request: Request, visibleAfter delay: Duration) {
        let delay = lies.contains(.slowNetwork) ? .hours(1) : delay
        live.append(Live(request: request, createdAt: now, visibleAt: now + delay))
    }

    func find(_ request: Request, since start: Instant) -> Finding {
        let isShown = live.contains {
            $0.request.words == request.words && $0.visibleAt <= now && $0.createdAt >= start - .minutes(2)
        }
        return isShown ? .published(receipt("\(request.id) \(request.step)")) : .absent
    }

    mutating func replace(_ tree: ClaimsTree, ifVersion expected: String?) -> Result<String, ClaimsStoreError> {
        guard lies.contains(.noCompareAndSwap) || expected == (version == 0 ? nil : "\(version)") else {
            return .failure(.lost)
        }
        version += 1
        olderClaims.append(claims)
        claims = tree
        return .success("\(version)")
    }

    var claimsVersion: String? { version == 0 ? nil : "\(version)" }

    mutating func record(_ outcomes: [DeliveryID: DeliveryResult]) {
        commits += 1
        olderBranches.append(branch)
        for (id, result) in outcomes {
            guard let result = result.stored else { continue }
            branch[id] = branch[id]?.updated(by: result) ?? result
        }
    }

    /// As a person's clone sees it.
    func standing(of job: Job) -> Standing {
        let (recorded, claim) = (branch[job.id], claims.entries[job.id])
        var standing = Standing(
            delivery: job.id, result: recorded, claim: claim, steps: job.steps.count, posts: job.posts,
            source: job.source, schedule: nine)
        guard let claim else { return standing }
        if let outcome = claim.result { standing.result = recorded?.updated(by: outcome) ?? outcome }
        guard claim.phase == .claimed || claim.phase == .inherited else { return standing }
        let story = Story(of: claim, steps: job.steps.count, own: nil, others: nil, at: now)
        if claim.isOver(standing.result) { return standing }
        if claim.isLive(at: now, lease: .minutes(15)) {
            standing.question = .live
        } else if story.receipts.count >= job.posts {
            standing.question = .answered
        } else {
            standing.question = story.sent.map { .open(since: $0.at) } ?? .none
        }
        return standing
    }

    /// Everything reaches the disk.
    mutating func flush() { (olderClaims, olderBranches) = ([], []) }

    /// Claims and branch are each what they were at some moment since the last flush; that is on the disk now.
    mutating func cutPower(_ random: inout SeededRandom) {
        version += 1
        claims = olderClaims.randomElement(using: &random) ?? claims
        branch = olderBranches.randomElement(using: &random) ?? branch
        flush()
    }

    /// The promises that must hold at every moment.
    var broken: String? {
        for job in Self.jobs {
            let counts = job.steps.indices.map { count(Request(id: job.id, step: $0)) }
            if let most = counts.max(), most > 1 { return "\(job.id) is live \(most) times" }
        }
        for (id, result) in branch {
            guard let job = Self.jobs.first(where: { words($0.id) == words(id) }) else { continue }
            let isWhole = (0..<job.posts).allSatisfy { count(Request(id: id, step: $0)) == 1 }
            if let broken = brokenComment(of: id, job, result) { return broken }
            // Edited since, it may have been tried again.
            let isOver = claims.entries[id].map { $0.attempt == result.attempt } ?? true
            let isAlone = isAlone(id)
            switch result.state {
            case .published where !isWhole: return "\(id) is recorded as published and is not live"
            case .failed where isWhole && isOver, .missed where isWhole && isOver,
                .cancelled where isWhole && isOver && isAlone:
                return "\(id) is live and recorded otherwise"
            case .published, .failed, .missed, .retrying, .processing, .unknown, .cancelled: break
            }
        }
        return nil
    }

    /// `unknown` is true however it ended; the other two say something.
    private func brokenComment(of id: DeliveryID, _ job: Job, _ result: DeliveryResult) -> String? {
        guard let comment = result.firstComment else {
            return result.state == .published && job.hasComment ? "nothing is recorded of \(id)'s comment" : nil
        }
        let isLive = count(Request(id: id, step: job.posts)) > 0
        switch comment.state {
        case .published where !isLive: return "\(id)'s comment is recorded as published and is not live"
        case .failed where isLive: return "\(id)'s comment is live and recorded as failed"
        case .published, .failed, .unknown: return result.state == .published ? nil : "a comment without a post"
        }
    }

    /// What is live may be another post's of the same words: the one that this was renamed from. Who orders something for
    /// such a post has looked at both.
    func isAlone(_ id: DeliveryID) -> Bool {
        !(Array(branch.keys) + claims.entries.keys).contains { $0 != id && words($0) == words(id) }
    }

    private func words(_ id: DeliveryID) -> String { Request(id: id, step: 0).words }

    /// What must hold when nothing went wrong for long enough.
    var stuck: String? {
        let orphans = Set((Array(branch.keys) + claims.entries.keys).filter { files[$0.post] == nil }.map(words))
        for job in jobs where !(branch[job.id]?.state.isSettled ?? false) {
            // A post that was renamed after it was begun is held until a person looks.
            if branch[job.id] == nil, orphans.contains(words(job.id)) { continue }
            return "\(job.id) is \(branch[job.id]?.state.rawValue ?? "not recorded") after all that time"
        }
        // A claim that a power cut brought back is dropped with the next change of the claims.
        let open = claims.entries.values.first { entry in
            // A withdrawn post is not tried again.
            let isWaiting = entry.phase == .retrying || entry.phase == .processing
            if isWaiting, files[entry.delivery.post] == nil { return false }
            return !entry.phase.isSettled && !entry.isOver(branch[entry.delivery])
        }
        return open.map { "\($0.delivery) is still \($0.phase)" }
    }
}
