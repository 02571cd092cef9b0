/// What bytes say before any grammar: whether they are UTF-8 that YAML allows, and where a byte stands.
struct YAMLText {
    let bytes: UnsafeBufferPointer<UInt8>
    let firstLine: Int

    /// libyaml counts a lone carriage return and U+0085, U+2028, U+2029 as line ends; editors and git do not.
    /// With one of them in the text its line numbers cannot be used.
    private(set) var hasForeignBreaks = false
    private(set) var hasTabsOrReturns = false
    private(set) var isASCII = true

    /// Characters are those of YAML 1.2, production 1: printable ones, so no control character but tab and line end.
    init(checking bytes: UnsafeBufferPointer<UInt8>, firstLine: Int) throws(YAMLError) {
        self.bytes = bytes
        self.firstLine = firstLine
        var offset = 0
        while offset < bytes.count {
            if isPlain(eightFrom: offset) {
                offset += 8
                continue
            }
            let byte = bytes[offset]
            if byte >= 0x20 && byte < 0x7F || byte == 0x0A {
                offset += 1
            } else if byte == 0x09 {
                offset += 1
                hasTabsOrReturns = true
            } else if byte == 0x0D {
                offset += 1
                hasTabsOrReturns = true
                if offset == bytes.count || bytes[offset] != 0x0A { hasForeignBreaks = true }
            } else {
                guard let (scalar, length) = scalar(at: offset) else {
                    throw YAMLError(
                        .notUTF8, at: mark(ofByte: offset), "byte 0x\(hexadecimal(byte)) is not UTF-8",
                        hint: "save the file as UTF-8")
                }
                guard Self.allows(scalar) else {
                    throw YAMLError(
                        .badCharacter, at: mark(ofByte: offset),
                        "U+\(hexadecimal(scalar, digits: 4)) is a control character, which YAML does not allow",
                        hint: "remove it")
                }
                if scalar == 0x85 || scalar == 0x2028 || scalar == 0x2029 { hasForeignBreaks = true }
                isASCII = false
                offset += length
            }
        }
    }

    /// Whether eight bytes from there are all printable ASCII or line feeds: most of what people write, eight at a time.
    private func isPlain(eightFrom offset: Int) -> Bool {
        guard offset + 8 <= bytes.count, let start = UnsafeRawPointer(bytes.baseAddress) else { return false }
        let word = start.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let low = word & (0x7F * ones)
        // The high bit of a byte says whether it holds; no sum of two bytes carries into the next.
        let isBlankOrMore = low &+ 0x60 * ones
        let isNoFeed = (low ^ 0x0A * ones) &+ 0x7F * ones
        let isNoDelete = (low ^ 0x7F * ones) &+ 0x7F * ones
        return ~word & (isBlankOrMore | ~isNoFeed) & isNoDelete & (0x80 * ones) == 0x80 * ones
    }

    /// The place of a byte; columns count scalars, a broken byte is one.
    func mark(ofByte offset: Int) -> YAMLMark {
        var (line, column) = (firstLine, 1)
        for byte in bytes[..<Swift.min(offset, bytes.count)] {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return YAMLMark(line: line, column: column)
    }

    /// The number of the first scalar of each line, to find lines by libyaml's index, which counts scalars.
    func lineStarts() -> [Int] {
        var (starts, count) = ([0], 0)
        for byte in bytes where byte & 0xC0 != 0x80 {
            count += 1
            if byte == 0x0A { starts.append(count) }
        }
        return starts
    }

    /// Decodes strictly: no overlong form, no surrogate, nothing above U+10FFFF.
    private func scalar(at offset: Int) -> (value: UInt32, length: Int)? {
        let first = bytes[offset]
        let (length, least): (Int, UInt32)
        switch first {
        case 0..<0x80: return (UInt32(first), 1)
        case 0xC2...0xDF: (length, least) = (2, 0x80)
        case 0xE0...0xEF: (length, least) = (3, 0x800)
        case 0xF0...0xF4: (length, least) = (4, 0x10000)
        default: return nil
        }
        guard offset + length <= bytes.count else { return nil }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for byte in bytes[offset + 1..<offset + length] {
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard value >= least, value <= 0x10FFFF, !(0xD800...0xDFFF).contains(value) else { return nil }
        return (value, length)
    }

    private static func allows(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}

private func hexadecimal(_ value: some BinaryInteger, digits: Int = 2) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
