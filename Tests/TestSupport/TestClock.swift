package import Posts
import Synchronization

/// Stands still until it is told otherwise; waiting moves it at once.
package final class TestClock: WallClock, Sendable {
    private let moment: Mutex<Instant>

    package init(_ now: Instant) { moment = Mutex(now) }

    package var now: Instant { moment.withLock { $0 } }
    package func sleep(until moment: Instant) async { self.moment.withLock { $0 = max($0, moment) } }
    package func advance(by duration: Duration) { moment.withLock { $0 = $0 + duration } }
}
