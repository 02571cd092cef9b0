extension JSON {
    /// Keys sorted by bytes, two spaces, no escaped `/` or non-ASCII, one trailing newline:
    /// the form of every file this product writes, so that diffs are small.
    package func pretty() -> [UInt8] {
        var writer = Writer(indent: true)
        writer.write(self, level: 0)
        writer.out.append(UInt8(ascii: "\n"))
        return writer.out
    }

    /// One line, keys sorted, no blanks.
    package func compact() -> [UInt8] {
        var writer = Writer(indent: false)
        writer.write(self, level: 0)
        return writer.out
    }
}

extension [String: JSON] {
    /// By the bytes of the keys. Swift orders text that is all ASCII by its bytes too, many times faster.
    fileprivate var inOrder: [Element] {
        if keys.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }) { return sorted { $0.key < $1.key } }
        return sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }
}

private struct Writer {
    var out: [UInt8] = []
    let indent: Bool

    init(indent: Bool) {
        self.indent = indent
        // A claim or a journal line in one piece.
        out.reserveCapacity(1024)
    }

    mutating func write(_ value: JSON, level: Int) {
        switch value {
        case .null: out += "null".utf8
        case .bool(let value): out += (value ? "true" : "false").utf8
        case .number(let digits): out += digits.utf8
        case .string(let text): write(text)
        case .array(let elements):
            list("[", "]", elements, level: level) { writer, element in writer.write(element, level: level + 1) }
        case .object(let members):
            list("{", "}", members.inOrder, level: level) {
                writer, member in
                writer.write(member.key)
                writer.out += (writer.indent ? ": " : ":").utf8
                writer.write(member.value, level: level + 1)
            }
        }
    }

    private mutating func list<Element>(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ elements: [Element], level: Int,
        each: (inout Writer, Element) -> Void
    ) {
        out.append(UInt8(ascii: open))
        for (index, element) in elements.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            line(level + 1)
            each(&self, element)
        }
        if !elements.isEmpty { line(level) }
        out.append(UInt8(ascii: close))
    }

    private mutating func line(_ level: Int) {
        guard indent else { return }
        out.append(UInt8(ascii: "\n"))
        out += repeatElement(UInt8(ascii: " "), count: 2 * level)
    }

    private mutating func write(_ text: String) {
        var text = text
        out.append(UInt8(ascii: "\""))
        text.withUTF8 { bytes in
            var start = 0
            for (index, byte) in bytes.enumerated() where Self.needsEscape(byte) {
                out += bytes[start..<index]
                escape(byte)
                start = index + 1
            }
            out += bytes[start...]
        }
        out.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\n"): out += "\\n".utf8
        case UInt8(ascii: "\r"): out += "\\r".utf8
        case UInt8(ascii: "\t"): out += "\\t".utf8
        case 0..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            out += "\\u00".utf8
            out.append(digits[Int(byte >> 4)])
            out.append(digits[Int(byte & 15)])
        default:
            out.append(UInt8(ascii: "\\"))
            out.append(byte)
        }
    }
}
