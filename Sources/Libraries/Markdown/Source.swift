/// The text and where its lines begin, to turn cmark's byte columns into columns of scalars and to mend them.
struct Source {
    private let bytes: [UInt8]
    private let starts: [Int]
    private let firstLine: Int
    /// Scalars before every 1,024th byte: a line may be long and hold many links.
    private let counts: [Int]

    init(_ bytes: [UInt8], firstLine: Int) {
        self.bytes = bytes
        self.firstLine = firstLine
        var starts = [0]
        for index in bytes.indices {
            let isEnd = bytes[index] == newline || bytes[index] == carriageReturn && bytes[safe: index + 1] != newline
            if isEnd { starts.append(index + 1) }
        }
        self.starts = starts
        var counts: [Int] = []
        var count = 0
        for index in bytes.indices {
            if index & 1_023 == 0 { counts.append(count) }
            if isFirst(bytes[index]) { count += 1 }
        }
        self.counts = counts + [count]
    }

    private func scalars(before offset: Int) -> Int {
        let chunk = offset >> 10
        return counts[chunk] + bytes[chunk << 10..<offset].count(where: isFirst)
    }

    var lineCount: Int { starts.count }

    /// The bytes of a line of cmark's, which begin at 1; with its line end.
    func line(_ number: Int) -> ArraySlice<UInt8> {
        guard number >= 1, number <= starts.count else { return [] }
        return bytes[starts[number - 1]..<(number < starts.count ? starts[number] : bytes.count)]
    }

    /// - Parameters: cmark's line and byte column, both from 1.
    func position(_ number: Int, _ column: Int) -> Position {
        let line = line(number)
        let offset = min(line.startIndex + max(0, column - 1), line.endIndex)
        let isNear = offset - line.startIndex <= 1_024
        let scalars =
            isNear
            ? bytes[line.startIndex..<offset].count(where: isFirst)
            : scalars(before: offset) - scalars(before: line.startIndex)
        return Position(line: max(1, number) + firstLine - 1, column: scalars + 1)
    }

    func lineNumber(_ number: Int) -> Int { number + firstLine - 1 }

    /// How many bytes of a line belong to the quotes around its text, and to blanks before it.
    func indentation(of number: Int, quotes: Int) -> Int {
        // More blanks than this only come from an attack, and every link of the line would count them again.
        var rest = line(number).prefix(1_024)
        let count = rest.count
        var left = quotes
        while let byte = rest.first, isBlank(byte) || (byte == greater && left > 0) {
            if byte == greater { left -= 1 }
            rest = rest.dropFirst()
        }
        return count - rest.count
    }

    /// The sign of a line that holds nothing but `=` or `-`, apart from the quotes around it.
    func underline(at number: Int) -> Underline.Sign? {
        let line = line(number)
        let text = line.dropFirst(indentation(of: number, quotes: deepestNesting))
        guard let sign = text.first, sign == UInt8(ascii: "=") || sign == UInt8(ascii: "-") else { return nil }
        guard text.drop(while: { $0 == sign }).allSatisfy({ isBlank($0) || isEnd($0) }) else { return nil }
        return sign == UInt8(ascii: "=") ? .equals : .hyphens
    }

    /// Refuses a line that opens more quotes than allowed, before cmark spends time on them.
    func checkNesting() throws(MarkdownError) {
        for number in starts.indices {
            var markers = 0
            for (offset, byte) in line(number + 1).enumerated() {
                if byte == greater { markers += 1 }
                if markers > deepestNesting { throw .tooDeep(position(number + 1, offset + 1)) }
                if byte != greater && !isBlank(byte) { break }
            }
        }
    }
}

let newline = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")
private let greater = UInt8(ascii: ">")

/// Whether a byte begins a scalar.
private func isFirst(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }

func isEnd(_ byte: UInt8) -> Bool { byte == newline || byte == carriageReturn }

func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

extension Array {
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
