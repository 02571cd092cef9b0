import JSON
import Posts

@testable import Pipeline

/// Drives an engine by hand: every action waits until the test, or the world that always says yes, answers it.
struct Rig {
    var engine: Engine
    var now: Instant
    /// Asked for and not answered yet, in order.
    private(set) var pending: [Action] = []
    /// Everything asked for, in words.
    private(set) var told: [String] = []
    private var version = 0

    init(
        _ jobs: [Job], claims: ClaimsTree = ClaimsTree(), at now: Instant = nine, lease: Duration = .minutes(15),
        unrecorded: [DeliveryID: DeliveryResult] = [:], forgettable: Set<DeliveryID> = [],
        abandoned: Set<DeliveryID> = [], adjust: (inout Policy) -> Void = { _ in }
    ) {
        var policy = Policy(runner: "me", lease: lease, isGateway: false)
        adjust(&policy)
        self.now = now
        engine = Engine(
            policy: policy, jobs: jobs, claims: claims, version: claims.entries.isEmpty ? nil : "0",
            unrecorded: unrecorded, forgettable: forgettable, abandoned: abandoned,
            attempts: { AttemptID("new-\($0.id)") })
        take(engine.start(at: now))
    }

    private mutating func take(_ actions: [Action]) {
        pending += actions
        told += actions.map(\.words)
    }

    mutating func tell(_ event: Event) { take(engine.handle(event, at: now)) }

    /// Answers the first pending action of that kind; the event is what `answer` makes of it, or yes.
    @discardableResult
    mutating func answer(_ words: String, _ answer: (Action) -> Event? = { _ in nil }) -> Bool {
        guard let index = pending.firstIndex(where: { $0.words.hasPrefix(words) }) else { return false }
        let action = pending.remove(at: index)
        tell(answer(action) ?? yes(to: action))
        return true
    }

    /// Answers everything, oldest first, until nothing is asked for any more.
    mutating func finish(_ answer: (Action) -> Event? = { _ in nil }) {
        var rest = 10_000
        while !pending.isEmpty, rest > 0 {
            let action = pending.removeFirst()
            tell(answer(action) ?? yes(to: action))
            rest -= 1
        }
    }

    private mutating func yes(to action: Action) -> Event {
        switch action {
        case .readClaims: return .claimsRead(engine.claims, version: engine.version)
        case .exchange(let exchange):
            version += 1
            return .exchanged(
                Exchanged(
                    claims: exchange.claims.map { _ in .success("v\(version)") },
                    recorded: Recorded(commit: exchange.results.isEmpty ? nil : "c0ffee")))
        case .prepare(let id, _, _, _): return .prepared(id, .init(draft: ["media": []], lookAgain: nil, actor: "42"))
        case .send(let id, let step, _, _, _): return .sent(id, receipt("\(id.post) \(step.index)"))
        case .journal(let line): return .journalled(line.delivery, failure: nil)
        case .find(let id, _, _, _, _): return .found(id, .absent)
        case .link(let id, _): return .linked(id, url: "https://example.com/found")
        case .wait(let id, let moment):
            now = max(now, moment)
            return .waited(id)
        }
    }

    func result(_ name: String, _ account: AccountID = acme) -> DeliveryResult? {
        engine.outcomes.first { $0.id == delivery(name, account) }?.result
    }

    func entry(_ name: String, _ account: AccountID = acme) -> ClaimsEntry? {
        engine.claims.entries[delivery(name, account)]
    }

    /// What was asked for whose words begin like this.
    func asked(_ words: String) -> [String] { told.filter { $0.hasPrefix(words) } }
}

extension Event {
    static func refused(_ error: ClaimsStoreError) -> Event {
        .exchanged(Exchanged(claims: .failure(error), recorded: nil))
    }
}

extension Action {
    /// `send a x/acme 0`, `claims a:claimed b:published`, with results for the branch `claims b:published record b`.
    var words: String {
        switch self {
        case .readClaims: "read"
        case .exchange(let exchange):
            ((exchange.claims.map { ["claims"] + entries(of: $0) } ?? [])
                + (exchange.results.isEmpty ? [] : ["record"] + exchange.results.keys.map { name(of: $0) }.sorted()))
                .joined(separator: " ")
        case .prepare(let id, let step, _, _): "prepare \(name(of: id)) \(step.index)"
        case .send(let id, let step, _, _, _): "send \(name(of: id)) \(step.index)"
        case .journal(let line): "journal \(name(of: line.delivery)) \(line.step)"
        case .find(let id, let step, _, _, _): "find \(name(of: id)) \(step.index)"
        case .link(let id, _): "link \(name(of: id))"
        case .wait(let id, _): "wait \(name(of: id))"
        }
    }

    private func entries(of tree: ClaimsTree) -> [String] {
        tree.entries.values.map { "\(name(of: $0.delivery)):\($0.phase.rawValue)" }.sorted()
    }

    private func name(of id: DeliveryID) -> String { id.post.split(separator: "/").last?.dropLast(3).description ?? "" }
}
