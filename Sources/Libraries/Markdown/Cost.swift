/// What a text would cost cmark, which needs quadratic time for some (measured, 0.29.0.gfm.6): a closing bracket walks
/// over all emphasis signs before it, `<!` and `<?` look for their end up to the end of the block, a table fills every
/// row up to the width of its header, and each use of a reference copies its address.
struct Cost {
    /// One unit is about two nanoseconds of cmark's time, so a text that is read takes well under a second.
    static let budget = 100_000_000

    private var spent = 0
    private var closing = 0
    private var largestDefinitions = 0

    /// Refuses a text before cmark sees it. What stands between two blank lines is the most a block can hold.
    static func check(_ source: Source) throws(MarkdownError) {
        var cost = Cost()
        var stretch = Stretch()
        for number in 1...source.lineCount {
            let line = source.line(number)
            if line.allSatisfy({ isBlank($0) || isEnd($0) }) {
                cost.add(stretch)
                stretch = Stretch()
            } else {
                stretch.add(line)
            }
            guard cost.total + stretch.cost <= budget else { throw .tooCostly(source.position(number, 1)) }
        }
        cost.add(stretch)
        guard cost.total <= budget else { throw .tooCostly(source.position(1, 1)) }
    }

    private var total: Int { spent + largestDefinitions * closing * 4 }

    private mutating func add(_ stretch: Stretch) {
        spent += stretch.cost
        closing += stretch.closing
        if stretch.hasDefinition { largestDefinitions = max(largestDefinitions, stretch.bytes) }
    }
}

/// The lines between two blank ones.
private struct Stretch {
    var bytes = 0
    var lines = 0
    var closing = 0
    var opening = 0
    var declarations = 0
    var columns = 0
    var hasDefinition = false

    var cost: Int {
        let table = columns * (columns + 150 * lines)
        return closing * opening + declarations * bytes + table
    }

    mutating func add(_ line: ArraySlice<UInt8>) {
        bytes += line.count
        lines += 1
        var pipes = 0
        var isRule = true
        var last: UInt8 = 0
        for byte in line {
            switch byte {
            case UInt8(ascii: "]"): closing += 1
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "["): opening += 1
            case UInt8(ascii: "!"), UInt8(ascii: "?"): if last == UInt8(ascii: "<") { declarations += 1 }
            case UInt8(ascii: "|"): pipes += 1
            case UInt8(ascii: ":"): if last == UInt8(ascii: "]") { hasDefinition = true }
            default: break
            }
            if isRule, !mayBeRule(byte) { isRule = false }
            last = byte
        }
        if isRule, pipes > 0 { columns = max(columns, pipes + 1) }
    }
}

/// Whether a byte may stand in the line below a table's header, with the quotes and lists around it.
private func mayBeRule(_ byte: UInt8) -> Bool {
    isBlank(byte) || isEnd(byte) || "|:->*+.)0123456789".utf8.contains(byte)
}
