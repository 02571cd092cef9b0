import Synchronization

/// A person's or the system's wish that the run ends: what is in flight is finished, nothing is begun.
package final class StopSignal: Sendable {
    private struct State {
        var asked: Bool?
        var waiting: CheckedContinuation<Bool, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    /// From any thread; the first one counts.
    package func ask() { end(true) }

    /// The run is over; whoever waits is let go.
    func finish() { end(false) }

    private func end(_ asked: Bool) {
        let waiting = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            if state.asked == nil { state.asked = asked }
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume(returning: asked)
    }

    /// true: asked to stop; false: the run ended by itself.
    package func asked() async -> Bool {
        await withCheckedContinuation { continuation in
            let asked = state.withLock { state -> Bool? in
                if state.asked == nil { state.waiting = continuation }
                return state.asked
            }
            if let asked { continuation.resume(returning: asked) }
        }
    }
}
