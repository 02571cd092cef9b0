internal import CYAML

/// Grows a document out of events.
struct YAMLTree {
    private let text: YAMLText
    private let limits: YAMLLimits
    private let lineStarts: [Int]
    private var cells: [YAMLDocument.Cell] = []
    private var bytes: [UInt8] = []
    private var problems: [YAMLError] = []
    private var open: [Collection] = []

    /// A collection that is not closed yet.
    private struct Collection {
        let index: Int
        let isMapping: Bool
        /// How many values it has so far; in a mapping every other one is a key.
        var count = 0
        /// One bit for each key's fingerprint: keys are compared only when a bit is met twice.
        var keys: UInt64 = 0
    }

    /// `holdsText`: scalars may be added as ranges of the text.
    init(text: YAMLText, limits: YAMLLimits, holdsText: Bool = false) {
        self.text = text
        self.limits = limits
        lineStarts = text.hasForeignBreaks ? text.lineStarts() : []
        // An average value of a front matter takes 12 bytes with its punctuation.
        cells.reserveCapacity(text.bytes.count / 12 + 4)
        if holdsText { bytes = Array(text.bytes) } else { bytes.reserveCapacity(text.bytes.count) }
        open.reserveCapacity(4)
    }

    var document: YAMLDocument { YAMLDocument(cells: cells, bytes: bytes, problems: problems) }

    mutating func scalar(_ event: borrowing yaml_event_t) throws(YAMLError) {
        let scalar = event.data.scalar
        if scalar.anchor != nil || scalar.tag != nil {
            note(anchor: scalar.anchor, tag: scalar.tag, allowsText: true, at: event)
        }
        let style: YAMLNode.Style =
            switch scalar.style {
            case YAML_PLAIN_SCALAR_STYLE: scalar.tag == nil ? .plain : .quoted
            case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
            default: .quoted
            }
        try self.scalar(
            UnsafeBufferPointer(start: scalar.value, count: scalar.length), style,
            at: mark(event.start_mark, event.end_mark))
    }

    mutating func scalar(
        _ text: UnsafeBufferPointer<UInt8>, _ style: YAMLNode.Style, at mark: YAMLMark
    ) throws(YAMLError) {
        let start = bytes.count
        bytes.append(contentsOf: text)
        try append(mark, kind: .scalar, style: style, text: start..<bytes.count)
    }

    /// A scalar that stands in the text as it is.
    mutating func scalar(_ range: Range<Int>, _ style: YAMLNode.Style, at mark: YAMLMark) throws(YAMLError) {
        try append(mark, kind: .scalar, style: style, text: range)
    }

    /// Adds to the text of the scalar that came last.
    mutating func extendScalar(_ more: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: more)
        cells[cells.count - 1].length += Int32(more.count)
    }

    /// Of the line ends behind the scalar that came last one is left.
    mutating func clipScalar() {
        while bytes.count > 1, bytes[bytes.count - 1] == newline, bytes[bytes.count - 2] == newline {
            bytes.removeLast()
            cells[cells.count - 1].length -= 1
        }
    }

    mutating func open(_ kind: YAMLNode.Kind, _ event: borrowing yaml_event_t) throws(YAMLError) {
        // Sequences and mappings begin with the same two members.
        let start = event.data.sequence_start
        if start.anchor != nil || start.tag != nil {
            note(anchor: start.anchor, tag: start.tag, allowsText: false, at: event)
        }
        try open(kind, at: mark(event.start_mark))
    }

    mutating func open(_ kind: YAMLNode.Kind, at mark: YAMLMark) throws(YAMLError) {
        guard open.count < limits.depth else {
            throw YAMLError(.limit, at: mark, "this is nested more than \(limits.depth) levels deep")
        }
        try append(mark, kind: kind, style: .plain, text: bytes.count..<bytes.count)
        open.append(Collection(index: cells.count - 1, isMapping: kind == .mapping))
    }

    mutating func close() {
        guard let collection = open.popLast() else { return }
        cells[collection.index].end = Int32(cells.count)
    }

    /// An alias reads as null beside its problem.
    mutating func alias(_ event: borrowing yaml_event_t) throws(YAMLError) {
        note(anchor: event.data.alias.anchor, tag: nil, allowsText: true, sign: "*", at: event)
        try append(
            mark(event.start_mark, event.end_mark), kind: .scalar, style: .plain,
            text: bytes.count..<bytes.count)
    }

    /// libyaml's marks are 0-based.
    func mark(_ start: yaml_mark_t, _ end: yaml_mark_t? = nil) -> YAMLMark {
        let (line, column) = place(start)
        guard let end else { return YAMLMark(line: line, column: column) }
        let behind = place(end)
        return YAMLMark(line: line, column: column, endColumn: behind.line == line ? behind.column : nil)
    }

    private func place(_ mark: yaml_mark_t) -> (line: Int, column: Int) {
        guard text.hasForeignBreaks else { return (text.firstLine + mark.line, mark.column + 1) }
        var (low, high) = (0, lineStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= mark.index { low = middle } else { high = middle }
        }
        return (text.firstLine + low, mark.index - lineStarts[low] + 1)
    }

    private mutating func append(
        _ mark: YAMLMark, kind: YAMLNode.Kind, style: YAMLNode.Style, text: Range<Int>
    ) throws(YAMLError) {
        guard cells.count < limits.nodes else {
            throw YAMLError(.limit, at: mark, "there are more than \(limits.nodes) values")
        }
        let index = cells.count
        cells.append(
            YAMLDocument.Cell(
                kind: kind, style: style, line: Int32(mark.line), column: Int32(mark.column),
                endColumn: Int32(mark.endColumn), start: Int32(text.lowerBound), length: Int32(text.count),
                end: Int32(index + 1)))
        guard let last = open.indices.last, open[last].isMapping else { return }
        open[last].count += 1
        guard open[last].count % 2 == 1 else { return }
        guard kind == .scalar else {
            throw YAMLError(
                .syntax, at: YAMLMark(line: mark.line, column: mark.column),
                "a key must be a word, not a list or a mapping",
                hint: "put it in quotes if it is meant as text")
        }
        noteKey(index, in: last)
    }

    private mutating func noteKey(_ index: Int, in collection: Int) {
        let cell = cells[index]
        var fingerprint = UInt(cell.length)
        if cell.length > 0 {
            fingerprint = fingerprint &* 31 &+ UInt(bytes[Int(cell.start)])
            fingerprint = fingerprint &* 31 &+ UInt(bytes[Int(cell.start + cell.length - 1)])
        }
        let bit: UInt64 = 1 << (UInt64(fingerprint) & 63)
        defer { open[collection].keys |= bit }
        guard open[collection].keys & bit != 0 else { return }
        var other = open[collection].index + 1
        while other < index {
            let key = cells[other]
            if key.length == cell.length, text(of: key) == text(of: cell) {
                let name = String(decoding: text(of: cell), as: UTF8.self)
                let mark = YAMLMark(line: Int(cell.line), column: Int(cell.column), endColumn: Int(cell.endColumn))
                problems.append(
                    YAMLError(
                        .duplicateKey, at: mark, "“\(name)” stands on line \(key.line) already",
                        hint: "keep one of the two"))
                return
            }
            other = Int(cells[Int(key.end)].end)
        }
    }

    private func text(of cell: YAMLDocument.Cell) -> ArraySlice<UInt8> {
        bytes[Int(cell.start)..<Int(cell.start + cell.length)]
    }

    private mutating func note(
        anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?, allowsText: Bool,
        sign: String = "&", at event: borrowing yaml_event_t
    ) {
        if let anchor {
            problems.append(
                YAMLError(
                    .alias, at: mark(event.start_mark), "“\(sign)\(string(anchor))”: anchors and aliases are not read",
                    hint: "write the value out, or put it in quotes if it is meant as text"))
        }
        guard let tag else { return }
        let name = string(tag)
        guard !(allowsText && name == "tag:yaml.org,2002:str") else { return }
        problems.append(
            YAMLError(
                .tag, at: mark(event.start_mark), "the tag “\(name)” is not read",
                hint: "remove it, or put the value in quotes if it is meant as text"))
    }

    private func string(_ characters: UnsafeMutablePointer<yaml_char_t>) -> String { String(cString: characters) }
}
