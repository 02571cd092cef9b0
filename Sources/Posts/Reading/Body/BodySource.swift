import Markdown

/// The body as written, to find the places that Markdown's tree does not tell.
struct BodySource {
    private let bytes: [UInt8]
    private let firstLine: Int
    private let path: String
    private let lineStarts: [Int]
    /// Nothing before this is looked at again: the tree is walked in the order of the text.
    private var cursor = 0
    /// What was looked for in vain; as the cursor only goes forward, it stays so.
    private var absent: Set<String> = []

    init(_ bytes: [UInt8], firstLine: Int, path: String) {
        self.bytes = bytes
        self.firstLine = firstLine
        self.path = path
        lineStarts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    }

    /// Goes on behind the beginning of a block.
    mutating func advance(to position: Position) { cursor = max(cursor, offset(of: position)) }

    /// The bytes of the next such piece; nil if the text holds it only in another form, e.g. with escapes.
    mutating func find(_ piece: String) -> Range<Int>? {
        let wanted = Array(piece.utf8)
        guard let first = wanted.first, !absent.contains(piece) else { return nil }
        var start = cursor
        while start + wanted.count <= bytes.count {
            if bytes[start] == first, bytes[start..<start + wanted.count].elementsEqual(wanted) {
                cursor = start + wanted.count
                return start..<start + wanted.count
            }
            start += 1
        }
        absent.insert(piece)
        return nil
    }

    /// Lines and columns of bytes; what goes on behind its first line ends with its first character.
    func place(_ range: Range<Int>) -> Diagnostic.Place {
        var (line, end) = (0, lineStarts.count)
        while end - line > 1 {
            let middle = (line + end) / 2
            if lineStarts[middle] <= range.lowerBound { line = middle } else { end = middle }
        }
        let column = scalars(lineStarts[line]..<range.lowerBound) + 1
        let isOneLine = !bytes[range].contains(UInt8(ascii: "\n"))
        return Diagnostic.Place(
            path: path, line: firstLine + line, column: column, endColumn: column + (isOneLine ? scalars(range) : 1))
    }

    func place(_ position: Position) -> Diagnostic.Place {
        Diagnostic.Place(path: path, line: position.line, column: position.column)
    }

    /// The visible part of a line.
    func place(ofLine line: Int) -> Diagnostic.Place {
        let index = min(max(line - firstLine, 0), lineStarts.count - 1)
        let end = index + 1 < lineStarts.count ? lineStarts[index + 1] : bytes.count
        var range = lineStarts[index]..<end
        while let last = range.last, bytes[last] <= 0x20 { range = range.lowerBound..<last }
        while let first = range.first, bytes[first] <= 0x20 { range = first + 1..<range.upperBound }
        return place(range)
    }

    private func offset(of position: Position) -> Int {
        let index = position.line - firstLine
        guard lineStarts.indices.contains(index) else { return bytes.count }
        var (offset, column) = (lineStarts[index], 1)
        while column < position.column, offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            column += 1
        }
        return offset
    }

    private func scalars(_ range: Range<Int>) -> Int { bytes[range].count { $0 & 0xC0 != 0x80 } }
}

extension BodySource {
    /// The first byte that is not UTF-8, or control character other than tab and line end.
    func fault() -> Diagnostic? {
        if String(validating: bytes, as: UTF8.self) == nil {
            let mended = String(decoding: bytes, as: UTF8.self).utf8
            let offset = zip(bytes, mended).prefix { $0.0 == $0.1 }.count
            let start = min(offset, max(bytes.count - 1, 0))
            return Diagnostic(
                .error, .notUTF8, at: place(start..<min(start + 1, bytes.count)), "the text is not UTF-8 from here on",
                hint: "save the file as UTF-8")
        }
        let control = bytes.firstIndex { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D || $0 == 0x7F }
        guard let control else { return nil }
        let code = String(bytes[control], radix: 16, uppercase: true)
        return Diagnostic(
            .error, .badCharacter, at: place(control..<control + 1), "the control character 0x\(code) is in the text",
            hint: "remove it")
    }
}
