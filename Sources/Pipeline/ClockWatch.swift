import HTTP
import Posts
import Synchronization

/// Compares this machine's clock with that of every server that answers. Leases, look-ups and the patience after a lost
/// answer mean the same to all runners only while clocks differ by less than 2 minutes (EXACTLY-ONCE 6).
final class ClockWatch: Transport {
    private let inner: any Transport
    private let clock: any WallClock
    private let complaint = Mutex<String?>(nil)

    private static let tolerance: Duration = .minutes(2)

    init(_ inner: any Transport, clock: any WallClock) {
        self.inner = inner
        self.clock = clock
    }

    func send(_ request: Request) async throws(TransportError) -> Response {
        let start = clock.now
        let response = try await inner.send(request)
        // The server may have written its time at any moment of the exchange.
        let times = (start - Self.tolerance)...max(start, clock.now + Self.tolerance)
        if let text = response.headers["Date"], let seconds = httpDate(text), !times.contains(Instant(seconds: seconds))
        {
            let host = URLParts(request.url)?.host ?? "a server"
            complaint.withLock {
                $0 =
                    "the clock of this machine says \(clock.now.rfc3339), that of \(host) \(Instant(seconds: seconds).rfc3339);"
                    + " set the clock, nothing more was sent"
            }
        }
        return response
    }

    /// What is wrong with the clock, once.
    func takeComplaint() -> String? {
        complaint.withLock { complaint in
            defer { complaint = nil }
            return complaint
        }
    }
}
