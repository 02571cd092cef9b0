/// The little that planning asks of most sidecars, read without building anything: which accounts are settled for good,
/// and when they were published and with what.
///
/// Lends the account names out of the bytes it was made of, so that it may not be kept longer than these.
package struct SidecarGlance {
    package struct Entry {
        let account: UnsafeBufferPointer<UInt8>
        package var state: DeliveryResult.State
        package var publishedAt: Instant?
        package var schedule: Instant?
        fileprivate var writtenDigest: Slice?

        package var id: AccountID? { AccountID(String(decoding: account, as: UTF8.self)) }
        package var digest: String? { writtenDigest?.text }

        package func belongs(to id: AccountID) -> Bool {
            let network = id.network.rawValue.utf8
            return account.count == network.count + 1 + id.name.utf8.count && account.starts(with: network)
                && account[network.count] == UInt8(ascii: "/")
                && account[(network.count + 1)...].elementsEqual(id.name.utf8)
        }
    }

    package private(set) var entries: [Entry] = []

    /// nil if anything is not as this program writes it: then the file is to be parsed in full.
    package init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        var scanner = Scanner(bytes: bytes)
        guard scanner.take("{") else { return nil }
        var hasVersion = false
        repeat {
            guard let key = scanner.string(), scanner.take(":") else { return nil }
            if key == "deliveries" {
                guard readDeliveries(&scanner) else { return nil }
            } else if key == "version" {
                guard scanner.number() == Results.version else { return nil }
                hasVersion = true
            } else {
                return nil
            }
        } while scanner.take(",")
        guard hasVersion, scanner.take("}"), scanner.isAtEnd else { return nil }
    }

    private mutating func readDeliveries(_ scanner: inout Scanner) -> Bool {
        guard scanner.take("{") else { return false }
        if scanner.take("}") { return true }
        repeat {
            guard let account = scanner.string(), scanner.take(":"), scanner.take("{") else { return false }
            var state: DeliveryResult.State?
            var (publishedAt, schedule): (Instant?, Instant?)
            var digest: Slice?
            repeat {
                guard let key = scanner.string(), scanner.take(":") else { return false }
                if key == "state" {
                    guard state == nil, let text = scanner.string() else { return false }
                    state = text == "published" ? .published : DeliveryResult.State(rawValue: text.text)
                } else if key == "publishedAt" {
                    guard publishedAt == nil, let text = scanner.string(), let moment = Instant(utc: text.bytes) else {
                        return false
                    }
                    publishedAt = moment
                } else if key == "schedule" {
                    guard schedule == nil, let text = scanner.string(), let moment = Instant(utc: text.bytes) else {
                        return false
                    }
                    schedule = moment
                } else if key == "digest" {
                    guard digest == nil, let text = scanner.string() else { return false }
                    digest = text
                } else if key == "gateway" {
                    // Whether such an entry counts depends on the run.
                    return false
                } else if !scanner.skipValue(depth: 0) {
                    return false
                }
            } while scanner.take(",")
            guard scanner.take("}"), let state, !entries.contains(where: { $0.account.elementsEqual(account.bytes) })
            else { return false }
            entries.append(
                Entry(
                    account: account.bytes, state: state, publishedAt: publishedAt, schedule: schedule,
                    writtenDigest: digest))
        } while scanner.take(",")
        return scanner.take("}")
    }
}

/// Bytes of a string without escapes, in place.
private struct Slice {
    let bytes: UnsafeBufferPointer<UInt8>

    var text: String { String(decoding: bytes, as: UTF8.self) }

    static func == (slice: Slice, text: StaticString) -> Bool {
        slice.bytes.count == text.utf8CodeUnitCount
            && slice.bytes.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}

private struct Scanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var at = 0

    init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return at == bytes.count
        }
    }

    private mutating func skipSpace() {
        var next = at
        while next < bytes.count, Self.isSpace(bytes[next]) { next += 1 }
        at = next
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        skipSpace()
        guard at < bytes.count, bytes[at] == UInt8(ascii: scalar) else { return false }
        at += 1
        return true
    }

    mutating func string() -> Slice? {
        guard take("\"") else { return nil }
        let end = endOfWords(from: at)
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
        defer { at = end + 1 }
        return Slice(bytes: UnsafeBufferPointer(rebasing: bytes[at..<end]))
    }

    /// The next quote, backslash or control character, or the end; eight bytes at a time while none is among them.
    private func endOfWords(from start: Int) -> Int {
        var place = start
        if let base = UnsafeRawPointer(bytes.baseAddress) {
            let ones: UInt64 = 0x0101_0101_0101_0101
            while place + 8 <= bytes.count {
                let word = base.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                let low = word & (0x7F * ones)
                // The high bit of a byte says whether it holds; no sum of two bytes carries into the next.
                let isNoControl = word | (low &+ 0x60 * ones)
                let isNoQuote = word | ((low ^ 0x22 * ones) &+ 0x7F * ones)
                let isNoBackslash = word | ((low ^ 0x5C * ones) &+ 0x7F * ones)
                guard isNoControl & isNoQuote & isNoBackslash & (0x80 * ones) == 0x80 * ones else { break }
                place += 8
            }
        }
        while place < bytes.count, bytes[place] >= 0x20, bytes[place] != UInt8(ascii: "\""),
            bytes[place] != UInt8(ascii: "\\")
        {
            place += 1
        }
        return place
    }

    mutating func number() -> Int? {
        skipSpace()
        let start = at
        while at < bytes.count, bytes[at] &- UInt8(ascii: "0") < 10 { at += 1 }
        return Int(String(decoding: bytes[start..<at], as: UTF8.self))
    }

    /// Strings with escapes count as values here; nothing of them is kept.
    mutating func skipValue(depth: Int) -> Bool {
        skipSpace()
        guard at < bytes.count, depth < 32 else { return false }
        switch bytes[at] {
        case UInt8(ascii: "\""):
            var end = endOfWords(from: at + 1)
            while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
                end = endOfWords(from: end + (bytes[end] == UInt8(ascii: "\\") ? 2 : 1))
            }
            at = end + 1
            return at <= bytes.count
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let isObject = bytes[at] == UInt8(ascii: "{")
            at += 1
            if take(isObject ? "}" : "]") { return true }
            repeat {
                if isObject { guard skipValue(depth: 32 - 1), take(":") else { return false } }
                guard skipValue(depth: depth + 1) else { return false }
            } while take(",")
            return take(isObject ? "}" : "]")
        default:
            let start = at
            while at < bytes.count, !" \n\r\t,}]".utf8.contains(bytes[at]) { at += 1 }
            return at > start
        }
    }
}

extension Instant {
    /// `2026-12-01T08:00:00Z`, exactly as this program writes it.
    fileprivate init?(utc bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 20, bytes[19] == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T"),
            bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":")
        else { return nil }
        var isNumeric = true
        func number(_ range: Range<Int>, below limit: Int) -> Int {
            let value = range.reduce(0) { value, place in
                let digit = bytes[place] &- UInt8(ascii: "0")
                if digit > 9 { isNumeric = false }
                return value * 10 + Int(digit)
            }
            if value >= limit { isNumeric = false }
            return value
        }
        let (year, month, day) = (number(0..<4, below: 10_000), number(5..<7, below: 13), number(8..<10, below: 32))
        let (hour, minute, second) = (
            number(11..<13, below: 24), number(14..<16, below: 60), number(17..<19, below: 60)
        )
        guard isNumeric, let date = CalendarDate(year: year, month: month, day: day) else { return nil }
        self.init(seconds: date.daysSince1970 * 86400 + Int64(hour * 3600 + minute * 60 + second))
    }
}
