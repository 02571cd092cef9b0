import Subprocess
import Synchronization

/// Watches one run of git and ends it, with its children, when a limit is reached or nobody wants the answer any more.
final class Guardian: Sendable {
    private struct State {
        var lastSign: ContinuousClock.Instant
        var cut: GitEnding.Cut?
        var hasFinished = false
        var sleeper: Task<Void, Never>?
    }

    let outputLimit: Int
    private let idle: Duration?
    private let patience: Patience
    private let start: ContinuousClock.Instant
    private let state: Mutex<State>

    init(_ command: GitCommand, patience: Patience) {
        outputLimit = command.outputLimit
        idle = command.isIdleLimited ? patience.idle : nil
        self.patience = patience
        start = .now
        state = Mutex(State(lastSign: .now))
    }

    func sawASign() { state.withLock { $0.lastSign = .now } }

    /// The run is over; nothing is sent to it any more.
    func finish() {
        state.withLock {
            $0.hasFinished = true
            $0.sleeper?.cancel()
        }
    }

    func cut(_ cut: GitEnding.Cut) {
        state.withLock {
            if $0.cut == nil, !$0.hasFinished { $0.cut = cut }
            $0.sleeper?.cancel()
        }
    }

    /// - Parameter send: sends a signal to the process and its children. It is called before the task ends, and so
    ///   before the process is waited for: its number cannot belong to another one by then.
    /// - Returns: why the run was ended; nil when it ended by itself.
    func watch(_ send: @escaping @Sendable (Signal) -> Void) -> Task<GitEnding.Cut?, Never> {
        Task {
            guard let cut = await waitForALimit() else { return nil }
            send(.terminate)
            // Even if git itself is gone at once: a receiving git on the same machine still removes its locks.
            await pause(patience.grace)
            send(.kill)
            return cut
        }
    }

    private func waitForALimit() async -> GitEnding.Cut? {
        while true {
            let (next, verdict) = state.withLock { state -> (ContinuousClock.Instant, Verdict) in
                if state.hasFinished { return (.now, .over) }
                if let cut = state.cut { return (.now, .cut(cut)) }
                let now = ContinuousClock.now
                if now >= start + patience.total { return (now, .cut(.late(patience.total))) }
                if let idle, now >= state.lastSign + idle { return (now, .cut(.silent(idle))) }
                return (min(start + patience.total, idle.map { state.lastSign + $0 } ?? start + patience.total), .wait)
            }
            switch verdict {
            case .over: return nil
            case .cut(let cut): return cut
            case .wait: await sleep(until: next)
            }
        }
    }

    private enum Verdict { case over, wait, cut(GitEnding.Cut) }

    /// Ends early when the run is finished or cut.
    private func sleep(until instant: ContinuousClock.Instant) async {
        let sleeper = Task { _ = try? await Task.sleep(until: instant, clock: .continuous) }
        state.withLock {
            if $0.hasFinished || $0.cut != nil { sleeper.cancel() } else { $0.sleeper = sleeper }
        }
        await sleeper.value
    }

    private func pause(_ duration: Duration) async {
        await Task { _ = try? await Task.sleep(for: duration) }.value
    }
}
