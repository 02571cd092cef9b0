let newline = UInt8(ascii: "\n")

extension UsualYAML {
    mutating func open(_ kind: YAMLNode.Kind) throws(Unusual) {
        let place = YAMLMark(line: line, column: column(of: at))
        do { try tree.open(kind, at: place) } catch { throw Unusual() }
    }

    mutating func add(
        _ range: Range<Int>, _ style: YAMLNode.Style, _ place: YAMLMark? = nil
    ) throws(Unusual) {
        let place = place ?? mark(range)
        do { try tree.scalar(range, style, at: place) } catch { throw Unusual() }
    }

    mutating func mark(_ range: Range<Int>) -> YAMLMark {
        let column = self.column(of: range.lowerBound)
        return YAMLMark(line: line, column: column, endColumn: self.column(of: range.upperBound))
    }

    /// Counts each byte of a line once, because places are asked for in their order.
    mutating func column(of place: Int) -> Int {
        if text.isASCII { return place - lineStart + 1 }
        if counted.place < lineStart || counted.place > place { counted = (lineStart, 0) }
        while counted.place < place {
            if bytes[counted.place] & 0xC0 == 0x80 { counted.continuations += 1 }
            counted.place += 1
        }
        return place - lineStart - counted.continuations + 1
    }

    /// Goes on to the first word behind this line.
    mutating func goToNextLine() {
        while at < bytes.count, bytes[at] != newline { at += 1 }
        if at < bytes.count { goBehindLineEnd() }
        goToWords()
    }

    mutating func goBehindLineEnd() {
        at += 1
        line += 1
        lineStart = at
    }

    /// From the beginning of a line over empty ones and comments.
    mutating func goToWords() {
        while true {
            at += blanks(from: at)
            guard at < bytes.count else {
                indent = -1
                return
            }
            if bytes[at] == UInt8(ascii: "#") {
                while at < bytes.count, bytes[at] != newline { at += 1 }
                if at == bytes.count { continue }
            } else if bytes[at] != newline {
                indent = at - lineStart
                return
            }
            goBehindLineEnd()
        }
    }

    mutating func skipBlanks() { at += blanks(from: at) }

    func blanks(from start: Int) -> Int {
        var place = start
        while place < bytes.count, bytes[place] == UInt8(ascii: " ") { place += 1 }
        return place - start
    }

    var lineEnd: Int? {
        var place = at
        while place < bytes.count, bytes[place] != newline { place += 1 }
        return place < bytes.count ? place : nil
    }

    func isBlankOrEnd(_ place: Int) -> Bool {
        place >= bytes.count || bytes[place] == UInt8(ascii: " ") || bytes[place] == newline
    }

    /// A `#` behind a blank.
    var isAtComment: Bool { bytes[at] == UInt8(ascii: "#") && bytes[at - 1] == UInt8(ascii: " ") }

    var isAtDash: Bool { at < bytes.count && bytes[at] == UInt8(ascii: "-") && isBlankOrEnd(at + 1) }

    /// The colon behind a word that needs no quotes anywhere.
    var keyEnd: Int? {
        guard at < bytes.count, Self.isWord(bytes[at]) else { return nil }
        var place = at
        while place < bytes.count, place < at + 100 {
            let byte = bytes[place]
            if byte == UInt8(ascii: ":") { return isBlankOrEnd(place + 1) ? place : nil }
            guard
                Self.isWord(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
                    || byte == UInt8(ascii: "-")
            else { return nil }
            place += 1
        }
        return nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "_")
    }

    static func beginsPlain(_ byte: UInt8) -> Bool {
        isWord(byte) || byte >= 0x80 || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "(")
            || byte == UInt8(ascii: ".")
    }
}
