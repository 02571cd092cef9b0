import JSON
import Platforms
import Posts
import Synchronization

/// Performs the engine's actions: everything that touches the world during a run.
struct Performer: Sendable {
    let sessions: Sessions
    let ledger: Ledger
    let journal: any Journal
    let exchanger: any Exchanger
    let clock: any WallClock
    let random: @Sendable () -> UInt128
    private let live = LiveSteps()

    init(
        sessions: Sessions, ledger: Ledger, journal: any Journal, exchanger: any Exchanger, clock: any WallClock,
        random: @escaping @Sendable () -> UInt128
    ) {
        self.sessions = sessions
        self.ledger = ledger
        self.journal = journal
        self.exchanger = exchanger
        self.clock = clock
        self.random = random
    }

    func perform(_ action: Action) async -> Event {
        switch action {
        case .readClaims(let races): await readClaims(afterRaces: races)
        case .exchange(let exchange): .exchanged(await exchanger.exchange(exchange))
        case .prepare(let id, let step, let earlier, let draft): await prepare(id, step, earlier, draft)
        case .send(let id, let step, let earlier, let line, let fence): await send(id, step, earlier, line, fence)
        case .journal(let answer): await note(answer)
        case .find(let id, let step, let earlier, let draft, let start): await find(id, step, earlier, draft, start)
        case .link(let id, let receipt): .linked(id, url: await link(id, receipt))
        case .wait(let id, let moment): await wait(id, until: moment)
        }
    }

    /// Runners that lost the same race must not run the next one at the same moment.
    private func readClaims(afterRaces races: Int) async -> Event {
        let longest = Self.shortestPause * Double(1 << min(races, 5))
        await clock.sleep(until: clock.now + longest * (Double(random() >> 104) / Double(1 << 24)))
        do {
            let (tree, version) = try await exchanger.read()
            return .claimsRead(tree, version: version)
        } catch {
            return .claimsUnread(error)
        }
    }

    private static var shortestPause: Duration { .milliseconds(50) }

    private func prepare(_ id: DeliveryID, _ step: Step, _ earlier: [Receipt], _ draft: JSON?) async -> Event {
        do {
            return .prepared(id, try await sessions.of(id.account).prepare(step, earlier, draft))
        } catch {
            return .prepareFailed(id, error)
        }
    }

    private func send(
        _ id: DeliveryID, _ step: Step, _ earlier: [Receipt], _ line: JournalLine.Sending, _ fence: Fence
    ) async -> Event {
        let session: any PlatformSession
        do { session = try await sessions.of(id.account) } catch { return .sendFailed(id, error) }
        let claim: Claim
        do { claim = try await ledger.claim(line, fence: fence, now: clock.now) } catch {
            return .sendRefused(id, error)
        }
        do {
            let receipt = try await session.publish(step, line.draft, earlier, claim: claim)
            live.add(step, of: id)
            return .sent(id, receipt)
        } catch {
            return .sendFailed(id, error)
        }
    }

    private func note(_ answer: JournalLine.Answered) async -> Event {
        do {
            try await journal.append(.answered(answer))
            // Not before: nothing may come between an answer and its line.
            if let step = live.take(answer.delivery) {
                await sessions.withdrawMedia(of: step, for: answer.delivery.account)
            }
            return .journalled(answer.delivery, failure: nil)
        } catch {
            return .journalled(answer.delivery, failure: "\(error)")
        }
    }

    private func find(
        _ id: DeliveryID, _ step: Step, _ earlier: [Receipt], _ draft: JSON?, _ start: Instant
    ) async -> Event {
        do {
            let finding = try await sessions.of(id.account).find(step, draft, earlier, since: start)
            if case .published = finding { live.add(step, of: id) }
            return .found(id, finding)
        } catch {
            return .findFailed(id, error)
        }
    }

    /// Without its address a post is still published.
    private func link(_ id: DeliveryID, _ receipt: Receipt) async -> String? {
        try? await sessions.of(id.account).link(to: receipt)
    }

    private func wait(_ id: DeliveryID, until moment: Instant) async -> Event {
        await clock.sleep(until: moment)
        return .waited(id)
    }
}

/// Steps that are live and whose answer is not journalled yet.
private final class LiveSteps: Sendable {
    private let steps = Mutex<[DeliveryID: Step]>([:])

    func add(_ step: Step, of id: DeliveryID) { steps.withLock { $0[id] = step } }
    func take(_ id: DeliveryID) -> Step? { steps.withLock { $0.removeValue(forKey: id) } }
}
