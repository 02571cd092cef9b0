/// A moment, in milliseconds since 1970-01-01T00:00:00Z. The whole product counts time in these; no calendar is in it.
package struct Instant: Sendable, Hashable, Comparable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
    package init(seconds: Int64) { milliseconds = seconds * 1000 }

    /// Whole seconds, rounded down.
    package var seconds: Int64 { (milliseconds - (milliseconds % 1000 + 1000) % 1000) / 1000 }

    package static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }
    package static func + (a: Instant, b: Duration) -> Instant {
        Instant(milliseconds: a.milliseconds + b.milliseconds)
    }
    package static func - (a: Instant, b: Duration) -> Instant {
        Instant(milliseconds: a.milliseconds - b.milliseconds)
    }
    package static func - (a: Instant, b: Instant) -> Duration { .milliseconds(a.milliseconds - b.milliseconds) }
}

extension Duration {
    package var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
    package static func minutes(_ count: Int64) -> Duration { .seconds(60 * count) }
    package static func hours(_ count: Int64) -> Duration { .seconds(3600 * count) }
    package static func days(_ count: Int64) -> Duration { .seconds(86400 * count) }
}
