/// Reads YAML in the form in which nearly everybody writes front matter, in a fifth of libyaml's time.
///
/// It knows mappings and lists by indentation, `[a, b]` on one line, words without quotes or with quotes and no escapes
/// in them, `|` and comments. What it reads it reads as libyaml does; at anything else it gives up, and libyaml says
/// what the text means or what is wrong with it.
struct UsualYAML {
    struct Unusual: Error {}

    let text: YAMLText
    let bytes: UnsafeBufferPointer<UInt8>
    var tree: YAMLTree
    var at = 0
    var line: Int
    var lineStart = 0
    /// How far columns of this line were counted, and how many bytes before it go on with a character.
    var counted = (place: 0, continuations: 0)
    /// Blanks before the first word of the line on which `at` stands; -1 behind the last line.
    var indent = -1

    /// nil: only libyaml can tell.
    static func read(_ text: YAMLText, limits: YAMLLimits) -> YAMLDocument? {
        guard !text.hasTabsOrReturns, !text.hasForeignBreaks else { return nil }
        var reader = UsualYAML(text, limits)
        return try? reader.document()
    }

    private init(_ text: YAMLText, _ limits: YAMLLimits) {
        self.text = text
        bytes = text.bytes
        line = text.firstLine
        tree = YAMLTree(text: text, limits: limits, holdsText: true)
    }

    private mutating func document() throws(Unusual) -> YAMLDocument {
        goToWords()
        guard indent == 0, let colon = keyEnd else { throw Unusual() }
        try mapping(firstColon: colon)
        guard indent < 0 else { throw Unusual() }
        return tree.document
    }

    /// `key: value` lines that begin in the column of this one.
    private mutating func mapping(firstColon: Int) throws(Unusual) {
        let column = at - lineStart
        try open(.mapping)
        var colon = firstColon
        while true {
            try add(at..<colon, .plain)
            at = colon + 1
            try value(in: column, isOfMapping: true)
            guard indent == column else { break }
            guard let next = keyEnd else { throw Unusual() }
            colon = next
        }
        guard indent < column else { throw Unusual() }
        tree.close()
    }

    /// `- value` lines that begin in the column of this one.
    private mutating func sequence() throws(Unusual) {
        let column = at - lineStart
        try open(.sequence)
        repeat {
            at += 1
            let behind = at
            skipBlanks()
            if let colon = keyEnd {
                try mapping(firstColon: colon)
            } else {
                at = behind
                try value(in: column, isOfMapping: false)
            }
        } while indent == column && isAtDash
        guard indent <= column else { throw Unusual() }
        tree.close()
    }

    /// What stands behind `key:` or `-`; then the next line with words. `column` is that of the collection.
    private mutating func value(in column: Int, isOfMapping: Bool) throws(Unusual) {
        let behind = at
        skipBlanks()
        guard at < bytes.count, bytes[at] != newline, bytes[at] != UInt8(ascii: "#") else {
            let (line, place) = (line, self.column(of: behind))
            goToNextLine()
            if indent > column {
                if isAtDash {
                    try sequence()
                } else if let colon = keyEnd {
                    try mapping(firstColon: colon)
                } else {
                    throw Unusual()
                }
            } else if isOfMapping, indent == column, isAtDash {
                try sequence()
            } else {
                try add(behind..<behind, .plain, YAMLMark(line: line, column: place, endColumn: place))
            }
            return
        }
        switch bytes[at] {
        case UInt8(ascii: "|"): return try literal(in: column)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): try quoted()
        case UInt8(ascii: "["): try list()
        default: try plain()
        }
        skipBlanks()
        guard at == bytes.count || bytes[at] == newline || isAtComment else { throw Unusual() }
        goToNextLine()
    }

    /// Words up to the end of the line or a comment. A line that goes on deeper below is refused by the callers.
    private mutating func plain() throws(Unusual) {
        let start = at
        guard Self.beginsPlain(bytes[at]) else { throw Unusual() }
        var end = at
        while at < bytes.count, bytes[at] != newline {
            let byte = bytes[at]
            if byte == UInt8(ascii: ":"), isBlankOrEnd(at + 1) { throw Unusual() }
            if isAtComment { break }
            at += 1
            if byte != UInt8(ascii: " ") { end = at }
        }
        try add(start..<end, .plain)
    }

    private mutating func quoted() throws(Unusual) {
        let (start, quote) = (at, bytes[at])
        at += 1
        while at < bytes.count, bytes[at] != quote {
            guard bytes[at] != newline, bytes[at] != UInt8(ascii: "\\") || quote == UInt8(ascii: "'") else {
                throw Unusual()
            }
            at += 1
        }
        guard at < bytes.count else { throw Unusual() }
        let end = at
        at += 1
        if at < bytes.count, bytes[at] == quote { throw Unusual() }
        try add(start + 1..<end, .quoted, mark(start..<at))
    }

    /// `[a, b]` on one line.
    private mutating func list() throws(Unusual) {
        try open(.sequence)
        at += 1
        skipBlanks()
        if at < bytes.count, bytes[at] == UInt8(ascii: "]") {
            at += 1
            return tree.close()
        }
        while true {
            guard at < bytes.count else { throw Unusual() }
            if bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") { try quoted() } else { try listed() }
            skipBlanks()
            guard at < bytes.count else { throw Unusual() }
            let sign = bytes[at]
            at += 1
            skipBlanks()
            if sign == UInt8(ascii: "]") { return tree.close() }
            guard sign == UInt8(ascii: ",") else { throw Unusual() }
        }
    }

    /// Words within brackets.
    private mutating func listed() throws(Unusual) {
        let start = at
        guard Self.beginsPlain(bytes[at]) else { throw Unusual() }
        var end = at
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: ","), UInt8(ascii: "]"): return try add(start..<end, .plain)
            case newline, UInt8(ascii: ":"), UInt8(ascii: "#"), UInt8(ascii: "?"), UInt8(ascii: "["),
                UInt8(ascii: "{"), UInt8(ascii: "}"):
                throw Unusual()
            case UInt8(ascii: " "): at += 1
            default:
                at += 1
                end = at
            }
        }
        throw Unusual()
    }

    /// `|`: the lines below that are indented as its first one, which must have words.
    private mutating func literal(in column: Int) throws(Unusual) {
        let place = YAMLMark(line: line, column: self.column(of: at))
        do { try tree.scalar(UnsafeBufferPointer(start: nil, count: 0), .block, at: place) } catch { throw Unusual() }
        at += 1
        guard at < bytes.count, bytes[at] == newline else { throw Unusual() }
        goBehindLineEnd()
        let deep = blanks(from: at)
        guard deep > column, at + deep < bytes.count, bytes[at + deep] != newline else { throw Unusual() }
        while at < bytes.count {
            let blank = min(blanks(from: at), deep)
            guard let end = lineEnd else { throw Unusual() }
            if blank < deep, at + blank < end { break }
            tree.extendScalar(UnsafeBufferPointer(rebasing: bytes[at + blank...end]))
            at = end
            goBehindLineEnd()
        }
        tree.clipScalar()
        goToWords()
    }
}
