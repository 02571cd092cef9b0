import Testing

@testable import YAML

/// The document of the short way, and that of libyaml; each nil if that way gives none.
private func bothWays(_ written: String) throws -> (usual: YAMLDocument?, libyaml: YAMLDocument?) {
    let bytes = Array(written.utf8)
    return try bytes.withUnsafeBufferPointer { buffer in
        let text = try YAMLText(checking: buffer, firstLine: 2)
        return (UsualYAML.read(text, limits: YAMLLimits()), try? YAMLDocument(text, YAMLLimits()))
    }
}

private func areEqual(_ left: YAMLDocument?, _ right: YAMLDocument?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.problems == right.problems && left.root == right.root
        && left.cells.map(facts) == right.cells.map(facts)
        && left.scalars.map(left.text) == right.scalars.map(right.text)
}

private func facts(_ cell: YAMLDocument.Cell) -> [Int] {
    [
        Int(cell.kind.rawValue), Int(cell.style.rawValue), Int(cell.line), Int(cell.column), Int(cell.endColumn),
        Int(cell.length), Int(cell.end),
    ]
}

@Suite struct `YAML in the usual form` {
    @Test(arguments: [
        "a: b\n", "a: b", "a:\nb:  \nc: # none\nd: 1", "# first\n\na: b # behind\n  # deep\n\nc: d#e\n",
        "title: \"Über: alles\" # so\ntags: [a, \"b, c\", 'd', über]\nempty: []\n",
        "accounts:\n  - x/acme\n  -   linkedin/acme  \n  -\nmedia:\n- path: a.png\n  alt: 'ä: “b”'\n- path: b.png\nz: 1\n",
        "x:\n  text: |\n    one\n\n      two\n    # three\n \n\n  # four\n  schedule: 2026-12-01 09:00\ny: 1\n",
        "- a: 1\n".replacing("- ", with: "k:\n  - - "), "a:\n  b:\n    c:\n      - d\n  e: f\ng: h\n", "a: b\na: c\n",
        "schedule: 2026-12-01T09:00:00+01:00\nlink: https://example.com/a?b=c#d\n", "a: |\n  one \n   \n  \nb: c\n",
    ]) func `reads as libyaml reads it`(_ written: String) throws {
        let (usual, libyaml) = try bothWays(written)
        #expect(libyaml != nil)
        #expect(usual == nil || areEqual(usual, libyaml))
    }

    @Test func `is what the posts of a team are written in`() throws {
        let written = """
            title: "Twelve wheels: a story"
            schedule: 2026-12-01 09:00
            accounts:
              - x/acme
              - linkedin/acme
            media:
              - path: media/wheel.jpg
                alt: "A wheel, still warm"
                focus: [0.5, 0.2]
            tags: [wheels, workshop]
            # to be shortened
            x:
              text: |
                Twelve wheels.

                One story.

            """
        #expect(try bothWays(written).usual != nil)
    }

    @Test(arguments: [
        "a: b: c", "a: [b: c]", "a: {b: c}", "a: &b c", "a: *b", "a: !!str b", "a: >\n  b\n", "a: |-\n  b\n",
        "a: \"b\\n\"", "a: 'b''c'", "a: b\n  c", "a:\n  b", "\"a\": b", "a : b", "a: \"b\" c", "a: [b\n]", "---\na: b",
        "a: b\n...\n", "a: b\n c: d", "a:\n  - b\n c: d", "a: @b", "a: - b", "? a\n: b", "a: |\n\n  b\n", "a:\tb",
        "- a",
        "a: b\r\n", "a: |\n  b", "a: [b, ]", "a: \"b\n  c\"", "a:\n  - b\n  c", "a:\n - b\n- c\n", "a: |\nb: c",
    ]) func `leaves everything else to libyaml`(_ written: String) throws {
        #expect(try bothWays(written).usual == nil)
    }

    /// Texts out of pieces that matter to the grammar, on lines of any indentation.
    @Test func `is never read otherwise than by libyaml`() throws {
        var random = SeededNumbers(state: 20_261_201)
        var read = 0
        for _ in 0..<40_000 {
            let written = Self.text(&random)
            let (usual, libyaml) = try bothWays(written)
            guard let usual else { continue }
            read += 1
            try #require(areEqual(usual, libyaml), "\(written)")
        }
        // If it gave up nearly always, this would prove nothing.
        #expect(read > 2_000)
    }

    private static let pieces = [
        "a", "b: ", "a:", "- ", "-", ": ", ":", " ", "  ", "#", " # c", "[", "]", "[a, b]", "[]", ", ", "{", "}", "\"",
        "'", "\"a b\"", "'ü'", "|", "|-", ">", "é", "x/acme", "1.5", "~", "null", "?", "&a", "*a", "!", "%", "@", "`",
        "---", "...", "\\", "🚲", "a-b.c", "12:30",
    ]

    private static let usual = [
        "a: b c", "c: \"d: é\" # f", "- 'g'", "h: [i, j]", "- k: l", "m:", "# n", "o: 12:30", "p: ä#q  ",
    ]

    private static func text(_ random: inout SeededNumbers) -> String {
        var text = ""
        for _ in 0...random.below(5) {
            text += String(repeating: " ", count: [0, 0, 0, 1, 2, 2, 3, 4][random.below(8)])
            switch random.below(8) {
            case 0: text += "a\(random.below(4)):"
            case 1: text += "b\(random.below(4)): |"
            case 2: text += "- "
            case 3: text += "k\(random.below(9)): \(pieces[random.below(pieces.count)])"
            case 4: text += "- \(pieces[random.below(pieces.count)])"
            case 5: break
            case 6: text += usual[random.below(usual.count)]
            default: for _ in 0..<random.below(4) { text += pieces[random.below(pieces.count)] }
            }
            text += random.below(12) == 0 ? "" : "\n"
        }
        return text
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
private struct SeededNumbers {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ mixed >> 31) % UInt64(bound))
    }
}
