/// What time it is, and waiting. The core never asks: it is told.
package protocol WallClock: Sendable {
    var now: Instant { get }
    /// Returns when `moment` has come, or earlier if the task is cancelled or the clock stands still.
    func sleep(until moment: Instant) async
}
