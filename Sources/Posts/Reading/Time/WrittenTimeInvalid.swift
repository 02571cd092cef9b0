extension WrittenTime.Invalid {
    /// Finds what most probably was meant; called only for values that are no time.
    init(explaining text: String) {
        let trimmed = String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        message = "\(quoted(trimmed)) \(dateFault(trimmed) ?? "is not a time; \(example)")"
    }
}

private let example = "write it like 2026-12-01 09:00 or 2026-12-01T09:00:00+01:00"
private let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]

/// The value in quotes, fit for one line of a terminal.
private func quoted(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(60).map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
    return "\"\(String(String.UnicodeScalarView(shown)))\(text.unicodeScalars.count > 60 ? "…" : "")\""
}

private func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

private func written(_ date: CalendarDate) -> String {
    "\(padded(date.year, 4))-\(padded(date.month))-\(padded(date.day))"
}

private func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

/// A number from the front of `text`; nil if it does not begin with a digit or has more than nine of them.
private func takeNumber(_ text: inout Substring) -> (digits: Int, value: Int)? {
    let digits = text.prefix(while: isDigit)
    guard digits.count < 10, let value = Int(digits) else { return nil }
    text = text.dropFirst(digits.count)
    return (digits.count, value)
}

private func dateFault(_ text: String) -> String? {
    if !text.isEmpty, text.allSatisfy(isDigit) { return digitsFault(text) }
    var rest = text[...]
    guard let first = takeNumber(&rest) else {
        return text.isEmpty ? nil : "does not begin with a date; \(example)"
    }
    if rest.first == ":" { return "has no date; \(example)" }
    guard let separator = rest.popFirst(), "-./".contains(separator), let second = takeNumber(&rest),
        rest.popFirst() == separator, let third = takeNumber(&rest)
    else { return "is not a date; write the year first and all in digits, like 2026-12-01" }
    guard first.digits == 4 else {
        // Only the order with dots is the same everywhere.
        if separator == ".", third.digits == 4,
            let date = CalendarDate(year: third.value, month: second.value, day: first.value)
        {
            return "is not in the order year-month-day; write \(written(date))"
        }
        return "is not in the order year-month-day with four digits for the year; write it like 2026-12-01"
    }
    let (year, month, day) = (first.value, second.value, third.value)
    guard (1...12).contains(month) else { return "is not a date; months go from 01 to 12" }
    guard let date = CalendarDate(year: year, month: month, day: day) else {
        let length = CalendarDate.length(of: month, in: year)
        return "is not a date; \(monthNames[month - 1]) \(padded(year, 4)) has \(length) days"
    }
    guard separator == "-" else { return "needs hyphens in its date; write \(written(date))" }
    guard second.digits == 2, third.digits == 2 else {
        return "needs two digits for month and day; write \(written(date))"
    }
    return timeFault(rest, on: date)
}

private func digitsFault(_ text: String) -> String? {
    guard text.utf8.count == 8, let number = Int(text),
        let date = CalendarDate(year: number / 10000, month: number / 100 % 100, day: number % 100)
    else { return text.utf8.count >= 9 ? "is a bare number; \(example)" : nil }
    return "has no hyphens; write \(written(date))"
}

/// What is wrong behind a good date.
private func timeFault(_ text: Substring, on date: CalendarDate) -> String? {
    let day = written(date)
    var rest = text
    if let mark = rest.first, "Zz+-".contains(mark) {
        let repaired = "\(day)T00:00\(rest)"
        return "has an offset but no time; write \((try? WrittenTime(repaired)) == nil ? day : repaired)"
    }
    guard let separator = rest.popFirst(), "Tt \t_,".contains(separator) else {
        return "has something behind its date that is no time; write \(day) or \(day) 09:00"
    }
    guard "Tt ".contains(separator) else { return "needs a blank or T between date and time; write \(day) 09:00" }
    guard rest.first != " " else { return "has more than one blank between date and time; write \(day) 09:00" }
    guard var hour = takeNumber(&rest) else { return "has no time behind its date; write \(day) or \(day) 09:00" }
    var minute: (digits: Int, value: Int) = (2, 0)
    var colon = true
    let mark = rest.first
    if let mark, ":.hH".contains(mark), hour.digits <= 2 {
        rest = rest.dropFirst()
        minute = takeNumber(&rest) ?? (2, 0)
        colon = mark == ":"
    } else if hour.digits == 4 {
        (hour, minute) = ((2, hour.value / 100), (2, hour.value % 100))
        colon = false
    }
    if let clock = twelveHourClock(rest, hour: hour.value, minute: minute.value) {
        return "is on a clock of 12 hours; write \(day) \(clock)"
    }
    if hour.value == 24, minute.value == 0 {
        let next = CalendarDate(daysSince1970: date.daysSince1970 + 1)
        return "is past the end of the day; write \(written(next)) 00:00"
    }
    guard hour.value < 24 else { return "has no such hour; hours go from 00 to 23" }
    guard minute.value < 60 else { return "has no such minute; minutes go from 00 to 59" }
    let time = "\(padded(hour.value)):\(padded(minute.value))"
    guard colon else { return "needs a colon in its time; write \(day) \(time)" }
    guard mark == ":" else { return "needs minutes; write \(day) \(time)" }
    guard hour.digits == 2, minute.digits == 2 else {
        return "needs two digits for hour and minute; write \(day) \(time)"
    }
    return secondsFault(rest, behind: "\(day) \(time)")
}

private func secondsFault(_ text: Substring, behind start: String) -> String? {
    var (rest, time) = (text, start)
    if rest.first == ":" {
        rest = rest.dropFirst()
        guard let second = takeNumber(&rest) else { return "needs seconds behind its last colon; write \(time):00" }
        guard second.value < 60 else { return "has no such second; seconds go from 00 to 59" }
        time += ":" + padded(second.value)
        guard second.digits == 2 else { return "needs two digits for seconds; write \(time)" }
        if let mark = rest.first, ".,".contains(mark) {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            rest = rest.dropFirst(1 + fraction.count)
            guard mark == ".", !fraction.isEmpty else {
                return "has a fraction that cannot be read; write \(time)"
            }
        }
    }
    return zoneFault(rest, behind: time)
}

private func zoneFault(_ text: Substring, behind time: String) -> String? {
    let zone = String(text.drop { $0 == " " })
    guard let sign = zone.first else { return nil }
    if ["utc", "gmt"].contains(zone.lowercased()) { return "names a zone; write \(time)Z" }
    guard sign == "+" || sign == "-" else {
        let shown = zone.unicodeScalars.prefix(40).filter { $0.properties.generalCategory != .control }
        return "has \"\(String(String.UnicodeScalarView(shown)))\" behind its time; write an offset like +01:00 there, "
            + "or the zone's IANA name under timeZone:"
    }
    let digits = zone.filter(isDigit)
    let isPlain = zone.dropFirst().allSatisfy { isDigit($0) || $0 == ":" }
    guard isPlain, (1...4).contains(digits.count), let number = Int(digits) else {
        return "has an offset that cannot be read; write \(time)\(sign)01:00"
    }
    let (hours, minutes) = digits.count < 3 ? (number, 0) : (number / 100, number % 100)
    guard hours < 24, minutes < 60 else { return "has no such offset; offsets go from -23:59 to +23:59" }
    return "needs its offset with hours and minutes; write \(time)\(sign)\(padded(hours)):\(padded(minutes))"
}

/// The time on a clock of 24 hours if `text` is am or pm in one of its spellings.
private func twelveHourClock(_ text: Substring, hour: Int, minute: Int) -> String? {
    let word = text.lowercased().filter { $0.isLetter }
    guard word == "am" || word == "pm", (1...12).contains(hour), minute < 60 else { return nil }
    return "\(padded(hour % 12 + (word == "pm" ? 12 : 0))):\(padded(minute))"
}
