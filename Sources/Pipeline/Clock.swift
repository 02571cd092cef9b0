package import Posts

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The system's clock, or the one that `SOCIALS_NOW` asks for (CONTRACT §3).
///
/// Time never stands still or runs back while a run is on: whatever is done to the system's clock, at least as much time
/// passes as a clock that nobody sets and that counts suspended time says. So a lease cannot be outlived (EXACTLY-ONCE 5b).
package struct SystemClock: WallClock {
    package enum Setting: Sendable, Hashable {
        case real
        /// Runs, moved by so much.
        case shifted(Duration)
        case fixed(Instant)
    }

    /// What the machine's two clocks say.
    package struct Reading: Sendable, Hashable {
        package var wall: Instant
        /// Since some moment in the past, time of suspension included.
        package var elapsed: Duration

        package init(wall: Instant, elapsed: Duration) {
            self.wall = wall
            self.elapsed = elapsed
        }
    }

    package let setting: Setting
    private let read: @Sendable () -> Reading
    private let start: Reading

    package init(_ setting: Setting = .real, read: @escaping @Sendable () -> Reading = { .machine }) {
        self.setting = setting
        self.read = read
        start = read()
    }

    /// Reads `SOCIALS_NOW`: an RFC 3339 time stands still, `+16m` or `-1h` shifts the running clock.
    package init(variable text: String) throws(Refusal) {
        if let moment = Instant(rfc3339: text) {
            self.init(.fixed(moment))
        } else if let sign = text.first, sign == "+" || sign == "-", let shift = Duration(written: text.dropFirst()) {
            self.init(.shifted(sign == "-" ? .zero - shift : shift))
        } else {
            throw Refusal(
                .usage, "SOCIALS_NOW “\(text)” is neither a time nor a shift",
                hint: "write 2026-12-01T09:00:00Z, +16m or -1h")
        }
    }

    package var now: Instant {
        switch setting {
        case .real: real
        case .shifted(let shift): real + shift
        case .fixed(let moment): moment
        }
    }

    /// While the clock stands still a wait is at most 1 s (CONTRACT §3).
    package func sleep(until moment: Instant) async {
        let wait = max(.zero, moment - now)
        let real: Duration = if case .fixed = setting { min(wait, .seconds(1)) } else { wait }
        try? await Task.sleep(for: real)
    }

    private var real: Instant {
        let present = read()
        return max(present.wall, start.wall + (present.elapsed - start.elapsed))
    }
}

extension SystemClock.Reading {
    /// `ContinuousClock` goes on while the machine sleeps; on Linux it is CLOCK_BOOTTIME.
    package static var machine: Self {
        Self(
            wall: Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)),
            elapsed: ContinuousClock.now - begin)
    }

    private static let begin = ContinuousClock.now
}

extension Duration {
    /// `90s`, `15m`, `24h`, `7d`.
    package init?(written text: some StringProtocol) {
        guard let unit = text.last, let count = Int64(text.dropLast()), count >= 0, count < 1_000_000_000 else {
            return nil
        }
        switch unit {
        case "s": self = .seconds(count)
        case "m": self = .minutes(count)
        case "h": self = .hours(count)
        case "d": self = .days(count)
        default: return nil
        }
    }
}
