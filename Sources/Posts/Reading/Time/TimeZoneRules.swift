/// What clocks show in one zone, at all times.
///
/// Foundation's zones vanish without a word from static builds, so the tables are read here (`init(tzif:)`).
/// A class, because every post of a zone holds its rules.
package final class TimeZoneRules: Sendable {
    /// When the offset changes, in seconds since 1970, ascending.
    let transitions: [Int64]
    /// The offset from each transition on, in seconds east of Greenwich.
    let offsets: [Int32]
    /// The offset before the first transition.
    let initialOffset: Int
    /// What holds from the last transition on.
    let footer: PosixZone?

    init(transitions: [Int64], offsets: [Int32], initialOffset: Int, footer: PosixZone?) {
        self.transitions = transitions
        self.offsets = offsets
        self.initialOffset = initialOffset
        self.footer = footer
    }

    package static let utc = TimeZoneRules(transitions: [], offsets: [], initialOffset: 0, footer: nil)

    /// Seconds east of Greenwich, at that moment.
    package func offset(at instant: Instant) -> Int { span(at: instant.seconds).offset }

    /// What a time on the wall is.
    package enum Resolution: Sendable, Hashable {
        case one(Instant)
        /// Clocks skip that time; this is as much later as they skip.
        case gap(Instant)
        /// Clocks show that time twice; this is the first.
        case overlap(Instant)

        package var instant: Instant {
            switch self {
            case .one(let instant), .gap(let instant), .overlap(let instant): instant
            }
        }
    }

    /// The moment at which clocks in this zone show the date and the second (0..<86400).
    package func resolve(date: CalendarDate, secondOfDay: Int) -> Resolution {
        let wall = date.daysSince1970 * 86400 + Int64(secondOfDay)
        var span = span(at: wall - Self.maximumOffset)
        var found: Int64?
        var skipped: Int64?
        while true {
            let time = wall - Int64(span.offset)
            if span.start <= time, time < span.end {
                if let found { return .overlap(Instant(seconds: found)) }
                found = time
            } else if time >= span.end {
                // The wall time lies behind this span; unless a later one has it, clocks jumped over it at its end.
                skipped = time
            }
            if span.end > wall + Self.maximumOffset { break }
            span = self.span(at: span.end)
        }
        if let found { return .one(Instant(seconds: found)) }
        return .gap(Instant(seconds: skipped ?? wall - Int64(span.offset)))
    }
}

extension TimeZoneRules {
    /// A stretch of time with one offset.
    struct Span {
        var start: Int64
        var end: Int64
        var offset: Int
    }

    /// RFC 9636 §3.2 wants offsets below 26 hours; readers of files refuse others, so no offset is larger.
    static let maximumOffset: Int64 = 26 * 3600

    func span(at time: Int64) -> Span {
        guard let last = transitions.last, let lastOffset = offsets.last else {
            return footer?.span(at: time, since: .min) ?? Span(start: .min, end: .max, offset: initialOffset)
        }
        if time >= last {
            return footer?.span(at: time, since: last) ?? Span(start: last, end: .max, offset: Int(lastOffset))
        }
        var (low, high) = (0, transitions.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= time { low = middle + 1 } else { high = middle }
        }
        // Here `low` is the first transition behind the time.
        guard low > 0 else { return Span(start: .min, end: transitions[0], offset: initialOffset) }
        return Span(start: transitions[low - 1], end: transitions[low], offset: Int(offsets[low - 1]))
    }
}
