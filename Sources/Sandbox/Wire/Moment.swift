/// A point in time, in milliseconds since 1970, as all three networks store it.
struct Moment: Sendable, Hashable, Comparable, Codable {
    var milliseconds: Int

    init(milliseconds: Int) { self.milliseconds = milliseconds }
    init(seconds: Int) { milliseconds = seconds * 1000 }

    init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int.self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    var seconds: Int { milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000 }

    static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }
    static func + (left: Moment, seconds: Double) -> Moment {
        Moment(milliseconds: left.milliseconds + Int(seconds * 1000))
    }
    static func - (left: Moment, right: Moment) -> Double {
        Double(left.milliseconds - right.milliseconds) / 1000
    }
}

extension Moment {
    /// `2026-12-01T09:00:00Z`, with a fraction or an offset if there is one. Nothing for any other form.
    init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        func number(_ start: Int, _ count: Int) -> Int? {
            guard start + count <= bytes.count else { return nil }
            return bytes[start..<start + count].reduce(Int?(0)) { sum, byte in
                sum.flatMap { (0x30...0x39).contains(byte) ? $0 * 10 + Int(byte - 0x30) : nil }
            }
        }
        func mark(_ place: Int, _ allowed: String) -> Bool {
            bytes.indices.contains(place) && allowed.utf8.contains(bytes[place])
        }
        guard let year = number(0, 4), mark(4, "-"), let month = number(5, 2), mark(7, "-"), let day = number(8, 2),
            mark(10, "Tt "), let hour = number(11, 2), mark(13, ":"), let minute = number(14, 2), mark(16, ":"),
            let second = number(17, 2), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        var place = 19
        var fraction = 0
        if mark(place, ".") {
            let digits = bytes[(place + 1)...].prefix { (0x30...0x39).contains($0) }
            guard !digits.isEmpty else { return nil }
            fraction = (0..<3).reduce(0) { sum, index in
                sum * 10 + (index < digits.count ? Int(digits[digits.startIndex + index] - 0x30) : 0)
            }
            place += 1 + digits.count
        }
        var offset = 0
        if mark(place, "Zz") {
            place += 1
        } else if mark(place, "+-"), let hours = number(place + 1, 2) {
            let minutePlace = mark(place + 3, ":") ? place + 4 : place + 3
            guard let minutes = number(minutePlace, 2) else { return nil }
            offset = (hours * 60 + minutes) * (mark(place, "-") ? -60 : 60)
            place = minutePlace + 2
        } else {
            return nil
        }
        guard place == bytes.count else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
        milliseconds = seconds * 1000 + fraction
    }

    /// `2026-12-01T09:00:00.000Z`, as X writes times.
    var withMilliseconds: String {
        let rest = milliseconds - seconds * 1000
        return "\(dateAndTime).\(Self.padded(rest, 3))Z"
    }

    /// `2026-12-01T09:00:00Z`.
    var rfc3339: String { dateAndTime + "Z" }

    /// `2026-12-01T09:00:00+0000`, as Meta writes times.
    var graph: String { dateAndTime + "+0000" }

    private var dateAndTime: String {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let rest = seconds - days * 86_400
        let date = Self.date(days: days)
        return "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))"
            + "T\(Self.padded(rest / 3600, 2)):\(Self.padded(rest / 60 % 60, 2)):\(Self.padded(rest % 60, 2))"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Days since 1970-01-01 of the proleptic Gregorian calendar; the year is counted from March.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
