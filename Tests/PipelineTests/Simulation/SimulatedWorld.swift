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
    }

    private struct Live {
        var request: Request
        var createdAt: Instant
        var visibleAt: Instant
    }

    static let jobs: [Job] = [
        job("a", steps: 2), job("b"), job("c", page), job("d", member, isBlind: true), job("e", member, isBlind: true),
    ]

    let lies: Lies
    var now = nine
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

    func count(_ request: Request) -> Int { live.count { $0.request == request } }

    mutating func publish(_ request: Request, visibleAfter delay: Duration) {
        let delay = lies.contains(.slowNetwork) ? .hours(1) : delay
        live.append(Live(request: request, createdAt: now, visibleAt: now + delay))
    }

    func find(_ request: Request, since start: Instant) -> Finding {
        let isShown = live.contains {
            $0.request == request && $0.visibleAt <= now && $0.createdAt >= start - .minutes(2)
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
            let isWhole = counts.allSatisfy { $0 == 1 }
            switch branch[job.id]?.state {
            case .published where !isWhole: return "\(job.id) is recorded as published and is not live"
            case .failed where isWhole, .missed where isWhole: return "\(job.id) is live and recorded otherwise"
            case .published, .failed, .missed, .retrying, .processing, .unknown, .cancelled, nil: break
            }
        }
        return nil
    }

    /// What must hold when nothing went wrong for long enough.
    var stuck: String? {
        for job in Self.jobs where !(branch[job.id]?.state.isSettled ?? false) {
            return "\(job.id) is \(branch[job.id]?.state.rawValue ?? "not recorded") after all that time"
        }
        // A claim that a power cut brought back is dropped with the next change of the claims.
        let open = claims.entries.values.first { !$0.phase.isSettled && branch[$0.delivery]?.attempt != $0.attempt }
        return open.map { "\($0.delivery) is still \($0.phase)" }
    }
}
