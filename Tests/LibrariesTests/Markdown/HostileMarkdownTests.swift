import Markdown
import Testing

/// Texts made to hurt a reader. The time limit is a hundred times what they take; without the guards in
/// `Cost.swift` some would run for minutes.
@Suite(.timeLimit(.minutes(1))) struct `Hostile Markdown` {
    @Test(arguments: ["[", "*", "*a ", "_a ", "![", "&", "`a", "<", "\\", "~~a ", "#\n", "- a\n", "> a\n", "a|b\n"])
    func `is read when it only repeats a sign`(sign: String) throws {
        let blocks = try parse(String(repeating: sign, count: 50_000))
        #expect(!blocks.isEmpty)
    }

    @Test(arguments: [
        "![[]()", "[a](b) ", "*a* [b](c) ", "<![CDATA[", "a<!A ", "a<?b ",
    ])
    func `is refused where it would take quadratic time`(sign: String) {
        #expect(throws: MarkdownError.tooCostly(Position(line: 1, column: 1))) {
            try parse(String(repeating: sign, count: 60_000))
        }
    }

    @Test func `is refused as a table that fills millions of cells`() {
        let header = String(repeating: "x|", count: 1_000) + "\n" + String(repeating: "-|", count: 1_000) + "\n"
        #expect(throws: MarkdownError.self) { try parse(header + String(repeating: "a\n", count: 100_000)) }
    }

    @Test func `is refused when references copy a long address thousands of times`() {
        let address = String(repeating: "x", count: 100_000)
        let text = "[a]: \(address)\n\n" + String(repeating: "[a]\n\n", count: 50_000)
        #expect(throws: MarkdownError.self) { try parse(text) }
    }

    @Test func `is refused when it is longer than the limit`() {
        #expect(throws: MarkdownError.tooLong(bytes: longestText + 1)) {
            try parse(String(repeating: "a", count: longestText + 1))
        }
    }

    @Test(arguments: ["> ", "1. ", "+ * "])
    func `is refused when it nests too deeply`(marker: String) {
        #expect(throws: MarkdownError.self) { try parse(String(repeating: marker, count: 5_000) + "a") }
    }

    @Test func `may nest emphasis up to the limit and no further`() throws {
        func nested(_ count: Int) -> String {
            String(repeating: "*a **b ", count: count / 2) + String(repeating: " c** d*", count: count / 2)
        }
        #expect(try parse(nested(20)).count == 1)
        #expect(throws: MarkdownError.self) { try parse(nested(400)) }
    }

    @Test func `never crashes, whatever the bytes`() {
        var random = Seeded(state: 20_260_101)
        let words = [
            "[", "]", "(", ")", "!", "*", "_", "~~", "`", "<", ">", "|", "-", "\n", "\r", "\t", "    ", "#", ": ", "é",
            "🚲", "1. ", "\\", "&#0;",
        ]
        for _ in 0..<10_000 {
            let count = Int.random(in: 0...60, using: &random)
            let bytes: [UInt8] = (0..<count).flatMap { _ -> [UInt8] in
                let pick = Int.random(in: 0..<words.count * 2, using: &random)
                return pick < words.count ? Array(words[pick].utf8) : [UInt8.random(in: 0...255, using: &random)]
            }
            guard let blocks = try? parse(bytes) else { continue }
            // Positions must lie in the text, or a diagnostic would point at nothing.
            let lines = bytes.count { $0 == 10 || $0 == 13 } + 1
            #expect(blocks.allSatisfy { $0.position.line >= 1 && $0.position.line <= lines && $0.position.column >= 1 })
        }
    }

    @Test func `gives the same answer on many threads at once`() async throws {
        let sources = ["*a ~~b~~ c* ~d~", "a~*b*~", "one ~~two~~", "*x*~"]
        let expected = try sources.map { outline(try parse($0)) }
        let wrong = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<500).count { turn in
                        let index = turn % sources.count
                        return (try? parse(sources[index])).map(outline) != expected[index]
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}

/// A small generator whose numbers are the same in every run (splitmix64, public domain).
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
