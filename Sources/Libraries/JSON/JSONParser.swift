/// Where and why bytes are no JSON. Line and column are 1-based; columns count Unicode scalars.
package struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    package let reason: String
    package let line: Int
    package let column: Int

    package var description: String { "\(line):\(column): \(reason)" }
}

extension JSON {
    /// Parses one JSON value (RFC 8259): UTF-8 checked, duplicate keys refused, at most 64 levels deep.
    package init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
        var parser = Parser(Array(bytes))
        self = try parser.document()
    }

    package init(parsing text: String) throws(JSONError) { try self.init(parsing: text.utf8) }
}

private struct Parser {
    private let bytes: [UInt8]
    private var at = 0
    private static let deepest = 64

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSONError) -> JSON {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
        let value = try value(depth: 0)
        space()
        guard at == bytes.count else { throw error("something follows the JSON value") }
        return value
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
        guard depth < Self.deepest else { throw error("more than \(Self.deepest) levels of nesting") }
        space()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
        case .none: throw error("the text ends where a value should be")
        case .some: throw error("no JSON value starts like this")
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSON {
        at += 1
        var members: [String: JSON] = [:]
        space()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            space()
            guard peek == UInt8(ascii: "\"") else { throw error("a key in quotes is missing") }
            let place = at
            let key = try string()
            space()
            guard take(UInt8(ascii: ":")) else { throw error("“:” is missing after “\(key)”") }
            guard members.updateValue(try value(depth: depth + 1), forKey: key) == nil else {
                throw error("the key “\(key)” stands twice", at: place)
            }
            space()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw error("“}” or “,” is missing") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSON {
        at += 1
        var elements: [JSON] = []
        space()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            elements.append(try value(depth: depth + 1))
            space()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw error("“]” or “,” is missing") }
        return .array(elements)
    }

    private mutating func string() throws(JSONError) -> String {
        let start = at
        at += 1
        var text: [UInt8] = []
        while let byte = peek, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw error("a control character in a string") }
            at += 1
            if byte == UInt8(ascii: "\\") { text += try escape() } else { text.append(byte) }
        }
        guard take(UInt8(ascii: "\"")) else { throw error("this string does not end", at: start) }
        guard let string = String(validating: text, as: UTF8.self) else { throw error("not UTF-8", at: start) }
        return string
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        defer { at += 1 }
        switch peek {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case .some(let byte) where [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(byte):
            return [byte]
        case UInt8(ascii: "u"):
            var code = try unit()
            if (0xD800..<0xDC00).contains(code) {
                guard at + 2 < bytes.count, bytes[at + 1] == UInt8(ascii: "\\"), bytes[at + 2] == UInt8(ascii: "u")
                else {
                    throw error("half of a surrogate pair")
                }
                at += 2
                let low = try unit()
                guard (0xDC00..<0xE000).contains(low) else { throw error("half of a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair") }
            return Array(String(Character(scalar)).utf8)
        default: throw error("unknown escape")
        }
    }

    /// Reads the four digits behind `u`; ends on the last of them.
    private mutating func unit() throws(JSONError) -> UInt32 {
        guard at + 4 < bytes.count, let text = String(validating: bytes[(at + 1)...(at + 4)], as: UTF8.self),
            text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            let code = UInt32(text, radix: 16)
        else { throw error("four hexadecimal digits are missing") }
        at += 4
        return code
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = at
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
            try digits()
        }
        return .number(String(decoding: bytes[start..<at], as: UTF8.self))
    }

    private mutating func digits() throws(JSONError) {
        let start = at
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
        guard at > start else { throw error("a digit is missing") }
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        let expected = Array(word.description.utf8)
        guard bytes[at...].starts(with: expected) else { throw error("no JSON value starts like this") }
        at += expected.count
        return value
    }

    private mutating func space() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        at += 1
        return true
    }

    private func error(_ reason: String, at place: Int? = nil) -> JSONError {
        let end = min(place ?? at, bytes.count)
        let before = bytes[..<end]
        let line = before.count { $0 == 0x0A } + 1
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
        return JSONError(reason: reason, line: line, column: column)
    }
}
