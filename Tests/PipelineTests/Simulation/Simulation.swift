import JSON
import Posts
import TestSupport

@testable import Pipeline

/// Two or three runners in one world; a seed decides what happens next, what goes wrong and when.
struct Simulation {
    private(set) var world: SimulatedWorld
    private(set) var trace: [String] = []
    private var runners: [SimulatedRunner]
    private var random: SeededRandom
    /// How much may still go wrong.
    private var (crashes, losses, refusals, failures, jumps) = (3, 3, 3, 3, 10)
    /// What people still do to posts and clocks.
    private var (edits, settings, orders) = (3, 2, 3)
    private var names = 0
    private let cutsPower: Bool

    /// - Parameter cutsPower: one machine whose crashes take back what git wrote without a flush, instead of two.
    init(seed: Int, runners count: Int = 2, lies: SimulatedWorld.Lies = [], cutsPower: Bool = false) {
        self.cutsPower = cutsPower
        world = SimulatedWorld(lies: lies)
        random = SeededRandom(seed: seed)
        let skews: [Duration] = [.zero, .seconds(-50), .seconds(50)].shuffled(using: &random)
        let names = ["anna", lies.contains(.oneName) ? "anna" : "otto", "mara"]
        runners = (0..<(cutsPower ? 1 : count)).map { SimulatedRunner(name: names[$0], skew: skews[$0], number: $0) }
    }

    /// What broke, if anything did.
    mutating func run(moves: Int = 120) -> String? {
        for _ in 0..<moves {
            move()
            if let broken = world.broken { return broken }
        }
        for _ in 0..<8 {
            calm()
            if let broken = world.broken { return broken }
        }
        if let stuck = world.stuck { return stuck }
        let (version, commits) = (world.version, world.commits)
        calm()
        return (version, commits) == (world.version, world.commits) ? nil : "a run with nothing to do did something"
    }

    /// Half an hour passes, then each runner runs without trouble.
    private mutating func calm() {
        while !world.flying.isEmpty { land() }
        for index in runners.indices { finish(index) }
        for index in runners.indices {
            world.now = world.now + .minutes(31)
            note("\(runners[index].name) runs in peace")
            runners[index].start(in: world)
            finish(index)
        }
    }

    private mutating func finish(_ index: Int) {
        while !runners[index].isIdle {
            if !runners[index].inFlight.isEmpty { answer(index, at: 0, calmly: true) } else { perform(index, at: 0) }
        }
    }

    private mutating func move() {
        let isBusy = !world.flying.isEmpty || runners.contains { !$0.inFlight.isEmpty }
        if !world.flying.isEmpty, random.once(in: 3) { return land() }
        if !isBusy, jumps > 0, random.once(in: 9) {
            jumps -= 1
            let pause = [1, 1, 4, 6, 12, 16, 16, 31][Int.random(in: 0..<8, using: &random)]
            world.now = world.now + .minutes(Int64(pause))
            return note("\(pause) minutes pass")
        }
        if edits > 0, random.once(in: 30) { return touchPost() }
        // On a machine alone the person has its journal too, and the lock of the run.
        if !cutsPower, orders > 0, world.flying.isEmpty, random.once(in: 25) { return order() }
        let index = Int.random(in: runners.indices, using: &random)
        if runners[index].isIdle {
            if runners[index].isTidy, random.once(in: cutsPower ? 4 : 1) {
                world.flush()
                runners[index].trim()
            }
            runners[index].start(in: world)
            return runners[index].isIdle ? () : note("\(runners[index].name) starts")
        }
        if crashes > 0, random.once(in: cutsPower ? 25 : 14) { return crash(index) }
        if settings > 0, random.once(in: 40) { return setClock(of: index) }
        let (waiting, flying) = (runners[index].pending.count, runners[index].inFlight.count)
        let choice = Int.random(in: 0..<(waiting + flying), using: &random)
        if choice < waiting { perform(index, at: choice) } else { answer(index, at: choice - waiting, calmly: false) }
    }

    private mutating func setClock(of index: Int) {
        settings -= 1
        let isForward = random.once(in: 2)
        runners[index].setClock(by: .hours(isForward ? 1 : -1))
        note("\(runners[index].name)'s clock is set an hour \(isForward ? "forward" : "back")")
    }

    /// A person edits, renames or withdraws a post, and everybody has the commit at once.
    private mutating func touchPost() {
        guard let post = world.files.keys.sorted().randomElement(using: &random) else { return }
        edits -= 1
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            world.withdraw(post)
            note("\(post) is withdrawn")
        case 1: note("\(post) is renamed \(world.rename(post) ?? "")")
        default:
            world.edit(post)
            note("\(post) is edited")
        }
    }

    /// A person looks at the network, in a clone without a journal, and says what is to become of a delivery.
    private mutating func order() {
        guard let job = world.jobs.randomElement(using: &random), world.isAlone(job.id) else { return }
        orders -= 1
        names += 1
        let standing = world.standing(of: job)
        let step = standing.claim?.receipts.count ?? 0
        let isLive = world.count(.init(id: job.id, step: step)) > 0
        let sighting = Sighting(id: "\(job.id) \(step)", url: "https://example.com/\(step)")
        let instruction: Instruction =
            if standing.result?.state == .unknown {
                isLive ? .published(sighting) : .notPublished
            } else { random.once(in: 2) ? .cancel : .retry }
        let attempt = AttemptID(at: world.now, random: UInt128(names) << 60)
        let ruling = instruction.ruling(
            on: standing, by: ("a person", attempt), maxLateness: .days(3), at: world.now)
        guard case .changed(let entry) = ruling else {
            return note("a person's \(instruction) of \(job.id) is refused")
        }
        note("a person's \(instruction) makes \(job.id) \(entry.phase)")
        var tree = world.claims
        tree.entries[job.id] = entry.asStored
        _ = world.replace(tree, ifVersion: world.claimsVersion)
        if let result = entry.result, !fails() { world.record([job.id: result]) }
    }

    private mutating func crash(_ index: Int) {
        crashes -= 1
        world.flying += runners[index].die()
        let old = runners[index].name
        if cutsPower {
            note("the power is cut")
            return world.cutPower(&random)
        }
        if world.lies.contains(.lostJournal) { return runners[index].become(old, settingAside: false) }
        let kind = world.lies.contains(.oneName) ? 0 : Int.random(in: 0..<3, using: &random)
        if kind > 0 {
            names += 1
            runners[index].become("runner-\(names)", settingAside: kind == 1)
        }
        note("\(old) dies" + ["", ", its journal set aside", " with its disk"][kind])
    }

    private mutating func land() {
        let request = world.flying.removeFirst()
        let arrives = !random.once(in: 2)
        note("a dead sender's \(request.id) \(request.step) " + (arrives ? "arrives" : "is lost"))
        if arrives { publish(request) }
    }

    private mutating func publish(_ request: SimulatedWorld.Request) {
        let delays: [Duration] = [.zero, .zero, .minutes(1), .minutes(12)]
        world.publish(request, visibleAfter: delays[Int.random(in: 0..<4, using: &random)])
    }

    private mutating func fails() -> Bool {
        guard failures > 0, random.once(in: 30) else { return false }
        failures -= 1
        return true
    }

    private mutating func perform(_ index: Int, at place: Int) {
        let action = runners[index].takePending(place)
        note("\(runners[index].name): \(action.words)")
        let event: Event
        switch action {
        case .send(let id, let step, _, let line, let fence):
            return runners[index].send(.init(id: id, step: step.index), line, fence, at: world.now)
        case .readClaims: event = .claimsRead(world.claims, version: world.claimsVersion)
        case .exchange(let exchange): event = .exchanged(exchanged(exchange))
        case .prepare(let id, _, _, _):
            event =
                fails()
                ? .prepareFailed(id, failure(.retryable)) : .prepared(id, .init(draft: [:], lookAgain: nil, actor: nil))
        case .journal(let line):
            runners[index].journal.append(.answered(line))
            event = .journalled(line.delivery, failure: nil)
        case .find(let id, let step, _, _, let start):
            let finding = world.find(.init(id: id, step: step.index), since: start)
            event = fails() ? .findFailed(id, failure(.retryable)) : .found(id, finding)
        case .link(let id, _): event = .linked(id, url: nil)
        case .wait(let id, _): event = .waited(id)
        }
        let isAnswer = if case .found = event { true } else { false }
        runners[index].tell(event, at: world.now, isAnswer: isAnswer)
    }

    /// One push of both, not atomic, whose answer may get lost.
    private mutating func exchanged(_ exchange: Exchange) -> Exchanged {
        if fails() {
            note("the remote is not reached")
            return Exchanged(claims: exchange.claims.map { _ in .failure(.unreachable("away")) }, recorded: nil)
        }
        let claims = exchange.claims.map { world.replace($0, ifVersion: exchange.version) }
        let isRefused = fails()
        if !isRefused, !exchange.results.isEmpty { world.record(exchange.results) }
        if fails() {
            note("the answer to the push is lost")
            return Exchanged(claims: exchange.claims.map { _ in .failure(.uncertain("no answer")) }, recorded: nil)
        }
        if isRefused, !exchange.results.isEmpty {
            note("the branch is refused")
            return Exchanged(claims: claims, recorded: Recorded(commit: nil, failures: [.refused("protected")]))
        }
        return Exchanged(claims: claims, recorded: Recorded(commit: exchange.results.isEmpty ? nil : "c"))
    }

    private mutating func answer(_ index: Int, at place: Int, calmly: Bool) {
        let request = runners[index].takeInFlight(place)
        let event: Event
        var isAnswer = true
        if !calmly, losses > 0, random.once(in: 5) {
            losses -= 1
            let acted = random.once(in: 2)
            note("the answer to \(request.id) \(request.step) is lost, it was \(acted ? "" : "not ")published")
            if acted { publish(request) }
            isAnswer = false
            event = .sendFailed(request.id, failure(.ambiguous))
        } else if !calmly, refusals > 0, random.once(in: 6) {
            refusals -= 1
            note("\(request.id) \(request.step) is refused")
            event = .sendFailed(request.id, failure(random.once(in: 2) ? .retryable : .after(world.now + .minutes(3))))
        } else {
            note("\(request.id) \(request.step) is published")
            publish(request)
            event = .sent(request.id, receipt("\(request.id) \(request.step)"))
        }
        runners[index].tell(event, at: world.now, isAnswer: isAnswer)
    }

    private mutating func note(_ words: String) { trace.append("\(world.now.rfc3339.dropFirst(11)) \(words)") }
}
