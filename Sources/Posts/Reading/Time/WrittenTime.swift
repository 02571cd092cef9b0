/// A time as people write it in `schedule:` and `expires:`.
///
/// Read are RFC 3339 (`2026-12-01T09:00:00+01:00`, also with `t` or a blank instead of `T`, with a blank before the
/// offset, without seconds, with a fraction), the same without an offset, and a date alone.
package struct WrittenTime: Sendable, Hashable {
    package enum Value: Sendable, Hashable {
        /// Written with an offset or `Z`; fractions are kept to the millisecond.
        case instant(Instant)
        /// Written without an offset: which moment that is, a zone has to tell. A fraction of a second is dropped.
        case local(CalendarDate, secondOfDay: Int)
        /// A date alone.
        case day(CalendarDate)
    }

    /// Why a value is no time.
    package struct Invalid: Error, Sendable, Hashable {
        /// One sentence without a full stop that begins with the quoted value and ends with what to write instead.
        package let message: String
    }

    package let value: Value

    /// Reads UTF-8; blanks around the value are ignored. Nothing is allocated unless it throws.
    package init(_ bytes: UnsafeBufferPointer<UInt8>) throws(Invalid) {
        guard let value = Self.value(of: bytes) else {
            throw Invalid(explaining: String(decoding: bytes, as: UTF8.self))
        }
        self.value = value
    }

    package init(_ text: String) throws(Invalid) {
        var contiguous = text
        guard let value = contiguous.withUTF8({ Self.value(of: $0) }) else { throw Invalid(explaining: text) }
        self.value = value
    }
}

extension WrittenTime {
    private static func value(of bytes: UnsafeBufferPointer<UInt8>) -> Value? {
        var cursor = Cursor(bytes)
        guard let year = cursor.number(digits: 4), cursor.take("-"), let month = cursor.number(digits: 2),
            cursor.take("-"), let day = cursor.number(digits: 2),
            let date = CalendarDate(year: year, month: month, day: day)
        else { return nil }
        if cursor.isAtEnd { return .day(date) }
        guard cursor.take("T") || cursor.take("t") || cursor.take(" "), let hour = cursor.number(digits: 2), hour < 24,
            cursor.take(":"), let minute = cursor.number(digits: 2), minute < 60
        else { return nil }
        var (second, millisecond) = (0, 0)
        if cursor.take(":") {
            guard let written = cursor.number(digits: 2), written < 60 else { return nil }
            second = written
            if cursor.take(".") {
                guard let fraction = cursor.milliseconds() else { return nil }
                millisecond = fraction
            }
        }
        let secondOfDay = hour * 3600 + minute * 60 + second
        if cursor.isAtEnd { return .local(date, secondOfDay: secondOfDay) }
        guard let offset = cursor.offset(), cursor.isAtEnd else { return nil }
        let seconds = date.daysSince1970 * 86400 + Int64(secondOfDay - offset)
        return .instant(Instant(milliseconds: seconds * 1000 + Int64(millisecond)))
    }

    private struct Cursor {
        private let bytes: UnsafeBufferPointer<UInt8>
        private var place: Int
        private let end: Int

        init(_ bytes: UnsafeBufferPointer<UInt8>) {
            self.bytes = bytes
            var (start, end) = (0, bytes.count)
            while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
            while start < end, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
            (place, self.end) = (start, end)
        }

        var isAtEnd: Bool { place == end }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard place < end, bytes[place] == UInt8(ascii: character) else { return false }
            place += 1
            return true
        }

        mutating func digit() -> Int? {
            guard place < end, bytes[place] &- UInt8(ascii: "0") < 10 else { return nil }
            place += 1
            return Int(bytes[place - 1] - UInt8(ascii: "0"))
        }

        mutating func number(digits count: Int) -> Int? {
            var number = 0
            for _ in 0..<count {
                guard let digit = digit() else { return nil }
                number = number * 10 + digit
            }
            return number
        }

        /// One digit or more; all behind the third are dropped.
        mutating func milliseconds() -> Int? {
            guard let first = digit() else { return nil }
            let sum = first * 100 + (digit() ?? 0) * 10 + (digit() ?? 0)
            while digit() != nil {}
            return sum
        }

        /// `Z`, `+01:00` or `-01:00`, in seconds east of Greenwich; one blank may stand before it.
        mutating func offset() -> Int? {
            _ = take(" ")
            if take("Z") || take("z") { return 0 }
            let isWest = take("-")
            guard isWest || take("+"), let hours = number(digits: 2), hours < 24, take(":"),
                let minutes = number(digits: 2), minutes < 60
            else { return nil }
            return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60)
        }
    }
}
