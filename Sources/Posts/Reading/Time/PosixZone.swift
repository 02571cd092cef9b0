/// The rule in the footer of a TZif file, such as `CET-1CEST,M3.5.0,M10.5.0/3` or `<+1030>-10:30<+11>-11,M10.1.0,M4.1.0`.
///
/// Written as the `TZ` variable of POSIX, with times of change from -167 to 167 hours (RFC 9636 §3.3.2).
struct PosixZone: Sendable, Hashable {
    /// Seconds east of Greenwich, contrary to what the text counts.
    private let standardOffset: Int
    private let summer: Summer?

    private struct Summer: Hashable {
        let offset: Int
        let start, end: Change
    }

    init?(_ text: ArraySlice<UInt8>) {
        var cursor = Cursor(rest: text)
        guard cursor.takeName(), let standard = cursor.duration(maximumHours: 24) else { return nil }
        standardOffset = -standard
        if cursor.rest.isEmpty {
            summer = nil
            return
        }
        guard cursor.takeName() else { return nil }
        var offset = standardOffset + 3600
        if cursor.rest.first != UInt8(ascii: ",") {
            guard let written = cursor.duration(maximumHours: 24) else { return nil }
            offset = -written
        }
        guard let start = cursor.change(), let end = cursor.change(), cursor.rest.isEmpty else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }

    /// The stretch around `time` that begins no earlier than `earliest`.
    func span(at time: Int64, since earliest: Int64) -> TimeZoneRules.Span {
        var span = TimeZoneRules.Span(start: earliest, end: .max, offset: standardOffset)
        guard let summer else { return span }
        let year = CalendarDate(daysSince1970: time.flooredDivision(by: 86400)).year
        var latest = Int64.min
        // A change can lie up to a week outside its year. Where an end meets a start, it stays summer.
        for year in (year - 1)...(year + 1) {
            let start = summer.start.wallTime(in: year) - Int64(standardOffset)
            let end = summer.end.wallTime(in: year) - Int64(summer.offset)
            for (change, offset) in [(end, standardOffset), (start, summer.offset)] {
                if change > time {
                    span.end = min(span.end, change)
                } else if change > latest || change == latest && offset == summer.offset {
                    latest = change
                    span.offset = offset
                }
            }
        }
        span.start = max(earliest, latest)
        return span
    }
}

/// A time of the year at which clocks change.
private struct Change: Hashable {
    enum Day: Hashable {
        /// `J1` to `J365`: February 29 is never counted.
        case withoutLeapDay(Int)
        /// `0` to `365`: February 29 is counted.
        case withLeapDay(Int)
        /// `M3.5.0`: the fifth, that is the last, Sunday of March.
        case weekday(month: Int, week: Int, weekday: Int)
    }

    let day: Day
    /// Seconds from midnight of that day, also before or behind it.
    let time: Int

    private static let daysBefore: [Int64] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

    /// What the clock shows when it changes, counted in seconds as if it stood in Greenwich.
    func wallTime(in year: Int) -> Int64 {
        let before = Int64(year - 1)
        let newYear =
            before * 365 + before.flooredDivision(by: 4) - before.flooredDivision(by: 100)
            + before.flooredDivision(by: 400) - 719_162
        let leapDay: Int64 = CalendarDate.length(of: 2, in: year) == 29 ? 1 : 0
        let number: Int64
        switch day {
        case .withoutLeapDay(let day): number = newYear + Int64(day - 1) + (day >= 60 ? leapDay : 0)
        case .withLeapDay(let day): number = newYear + Int64(day)
        case .weekday(let month, let week, let weekday):
            let first = newYear + Self.daysBefore[month - 1] + (month > 2 ? leapDay : 0)
            // 1970-01-01 was a Thursday.
            let firstWeekday = (first + 4).flooredRemainder(by: 7)
            let day = (Int64(weekday) - firstWeekday).flooredRemainder(by: 7) + Int64(week - 1) * 7
            number = first + (day < Int64(CalendarDate.length(of: month, in: year)) ? day : day - 7)
        }
        return number * 86400 + Int64(time)
    }
}

private struct Cursor {
    var rest: ArraySlice<UInt8>

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(upTo maximum: Int) -> Int? {
        let digits = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }
        guard (1...3).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        let number = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return number <= maximum ? number : nil
    }

    /// Three letters or more, or more freely between angle brackets.
    mutating func takeName() -> Bool {
        func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
        if take("<") {
            let name = rest.prefix { isLetter($0) || $0 &- UInt8(ascii: "0") < 10 || "+-".utf8.contains($0) }
            rest = rest.dropFirst(name.count)
            return name.count >= 3 && take(">")
        }
        let name = rest.prefix(while: isLetter)
        rest = rest.dropFirst(name.count)
        return name.count >= 3
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func duration(maximumHours: Int) -> Int? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard let hours = number(upTo: maximumHours) else { return nil }
        var seconds = hours * 3600
        if take(":") {
            guard let minutes = number(upTo: 59) else { return nil }
            seconds += minutes * 60
            if take(":") {
                guard let more = number(upTo: 59) else { return nil }
                seconds += more
            }
        }
        return isNegative ? -seconds : seconds
    }

    /// `,` a day, and `/` with a time unless that is two o'clock.
    mutating func change() -> Change? {
        guard take(","), let day = day() else { return nil }
        guard take("/") else { return Change(day: day, time: 7200) }
        return duration(maximumHours: 167).map { Change(day: day, time: $0) }
    }

    private mutating func day() -> Change.Day? {
        if take("M") {
            guard let month = number(upTo: 12), month > 0, take("."), let week = number(upTo: 5), week > 0, take("."),
                let weekday = number(upTo: 6)
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
        if take("J") {
            guard let day = number(upTo: 365), day > 0 else { return nil }
            return .withoutLeapDay(day)
        }
        return number(upTo: 365).map { .withLeapDay($0) }
    }
}
