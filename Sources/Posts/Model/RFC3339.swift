extension Instant {
    /// RFC 3339 in UTC with `Z` and whole seconds, as every file of this product writes it.
    package var rfc3339: String {
        let (day, second) = (seconds.flooredDivision(by: 86400), seconds.flooredRemainder(by: 86400))
        let date = CalendarDate(daysSince1970: day)
        let pairs = [date.month, date.day, Int(second / 3600), Int(second / 60 % 60), Int(second % 60)]
        let marks: StaticString = "--T::Z"
        // Some twenty of these stand in the claims, lines and results of one delivery.
        let rest = String(unsafeUninitializedCapacity: 16) { text in
            for (place, number) in pairs.enumerated() {
                text[3 * place] = marks.utf8Start[place]
                text[3 * place + 1] = UInt8(ascii: "0") + UInt8(number / 10)
                text[3 * place + 2] = UInt8(ascii: "0") + UInt8(number % 10)
            }
            text[15] = marks.utf8Start[5]
            return 16
        }
        return padded(date.year, 4) + rest
    }

    /// Reads RFC 3339 with an offset or `Z`; fractions are kept to the millisecond. nil for anything else.
    package init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            return bytes[range].reduce(0 as Int?) { sum, byte in
                guard let sum, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                return sum * 10 + Int(byte - UInt8(ascii: "0"))
            }
        }
        func has(_ characters: String, at place: Int) -> Bool {
            place < bytes.count && characters.utf8.contains(bytes[place])
        }
        guard let year = number(0..<4), has("-", at: 4), let month = number(5..<7), has("-", at: 7),
            let day = number(8..<10), has("Tt ", at: 10), let hour = number(11..<13), has(":", at: 13),
            let minute = number(14..<16), has(":", at: 16), let second = number(17..<19),
            let date = CalendarDate(year: year, month: month, day: day), hour < 24, minute < 60, second < 61
        else { return nil }
        var (end, fraction) = (19, 0)
        if has(".", at: end) {
            let start = end + 1
            end = bytes[start...].firstIndex { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? bytes.count
            guard end > start else { return nil }
            fraction = Int(String((String(decoding: bytes[start..<end], as: UTF8.self) + "00").prefix(3))) ?? 0
        }
        var offset = 0
        if has("Zz", at: end) {
            end += 1
        } else {
            guard has("+-", at: end), let hours = number(end + 1..<end + 3), has(":", at: end + 3),
                let minutes = number(end + 4..<end + 6), hours < 24, minutes < 60
            else { return nil }
            offset = (has("-", at: end) ? -1 : 1) * (hours * 3600 + minutes * 60)
            end += 6
        }
        guard end == bytes.count else { return nil }
        let seconds = date.daysSince1970 * 86400 + Int64(hour * 3600 + minute * 60 + second - offset)
        self.init(milliseconds: seconds * 1000 + Int64(fraction))
    }
}

private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
