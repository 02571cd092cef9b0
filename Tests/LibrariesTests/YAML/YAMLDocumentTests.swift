import Testing
import YAML

/// The document as one line: scalars in `<>`, block ones in `|`, quoted ones in quotes, with nothing for plain ones.
private func outline(_ text: String) throws -> String {
    let yaml = try YAMLDocument(parsing: Array(text.utf8))
    func show(_ node: YAMLNode) -> String {
        switch yaml.kind(of: node) {
        case .sequence: "[\(yaml.elements(of: node).map(show).joined(separator: ", "))]"
        case .mapping: "{\(yaml.pairs(of: node).map { "\(show($0.key)): \(show($0.value))" }.joined(separator: ", "))}"
        case .scalar:
            switch yaml.style(of: node) {
            case .plain: yaml.isNull(node) ? "null" : yaml.text(of: node)
            case .quoted: "'\(yaml.text(of: node))'"
            case .block: "|\(yaml.text(of: node))|"
            }
        }
    }
    return yaml.root.map(show) ?? "nothing"
}

private func failure(_ text: String, limits: YAMLLimits = YAMLLimits()) -> YAMLError? {
    failure(Array(text.utf8), limits: limits)
}

private func failure(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) -> YAMLError? {
    do {
        _ = try YAMLDocument(parsing: bytes, limits: limits)
        return nil
    } catch {
        return error
    }
}

@Suite struct `A YAML document` {
    @Test(arguments: [
        ("a: b", "{a: b}"), ("", "nothing"), ("# only\n", "nothing"), ("a:", "{a: null}"), ("a: ~", "{a: null}"),
        ("- 1\n- [2, {b: c}]\n", "[1, [2, {b: c}]]"), ("a: 'it''s'", "{a: 'it's'}"), ("a: \"x\\ty\"", "{a: 'x\ty'}"),
        ("a: |\n  one\n  two\n", "{a: |one\ntwo\n|}"), ("a: >-\n  one\n  two\n", "{a: |one two|}"),
        ("a: 2026-12-01 09:00\nb: 012\nc: no\nd: 12:30:45", "{a: 2026-12-01 09:00, b: 012, c: no, d: 12:30:45}"),
        ("a: !!str null", "{a: 'null'}"), ("a: 'null'", "{a: 'null'}"), ("x/acme: {}", "{x/acme: {}}"),
        ("a: https://example.com/b#c", "{a: https://example.com/b#c}"), ("<<: {a: b}", "{<<: {a: b}}"),
        ("%YAML 1.2\n---\na: b\n", "{a: b}"), ("a: b\r\nc: d\r\n", "{a: b, c: d}"), ("\u{FEFF}a: b", "{a: b}"),
        ("a: é🚲", "{a: é🚲}"),
    ])
    func `holds what was written`(text: String, outline expected: String) throws {
        #expect(try outline(text) == expected)
    }

    @Test func `says where everything is, in scalars, from one`() throws {
        let text = "\u{FEFF}é🚲: \"ü\"\r\nlist: [a, 'bc']\nblock: |\n  text\nempty:\n"
        let yaml = try YAMLDocument(parsing: Array(text.utf8), firstLine: 2)
        let pairs = Array(yaml.pairs(of: try #require(yaml.root)))
        let places = pairs.flatMap { [yaml.mark(of: $0.key), yaml.mark(of: $0.value)] }
        #expect(places[0] == YAMLMark(line: 2, column: 1, endColumn: 3))
        #expect(places[1] == YAMLMark(line: 2, column: 5, endColumn: 8))
        #expect(places[3] == YAMLMark(line: 3, column: 7, endColumn: 8))
        #expect(places[5] == YAMLMark(line: 4, column: 8, endColumn: 9))
        #expect(places[7] == YAMLMark(line: 6, column: 7, endColumn: 7))
        let elements = yaml.elements(of: pairs[1].value).map { yaml.mark(of: $0) }
        #expect(elements == [YAMLMark(line: 3, column: 8, endColumn: 9), YAMLMark(line: 3, column: 11, endColumn: 15)])
    }

    @Test(arguments: ["\u{2028}", "\u{85}", "\r"]) func `counts lines as editors do`(sign: String) throws {
        let yaml = try YAMLDocument(parsing: Array("a: 'b\(sign) c'\nd: e".utf8))
        let last = Array(yaml.pairs(of: try #require(yaml.root)))[1].value
        #expect(yaml.mark(of: last) == YAMLMark(line: 2, column: 4, endColumn: 5))
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3", YAMLError.Kind.duplicateKey, 3, 1), ("a: &b c", .alias, 1, 4), ("a: *b", .alias, 1, 4),
        ("a: !b c", .tag, 1, 4), ("a: !!int 1", .tag, 1, 4), ("a: !!seq [b]", .tag, 1, 4),
        ("{a: {b: 1, b: 2}}", .duplicateKey, 1, 12),
        ("a: 1\n'a': 2", .duplicateKey, 2, 1),
    ])
    func `goes on past what it reports`(text: String, kind: YAMLError.Kind, line: Int, column: Int) throws {
        let yaml = try YAMLDocument(parsing: Array(text.utf8))
        #expect(yaml.problems.map(\.kind) == [kind])
        #expect(yaml.problems.first.map { [$0.mark.line, $0.mark.column] } == [line, column])
    }

    @Test func `finds every duplicate among many keys`() throws {
        let keys = (0..<500).map { "key\($0): a\n" }.joined()
        #expect(try YAMLDocument(parsing: Array(keys.utf8)).problems.isEmpty)
        #expect(try YAMLDocument(parsing: Array((keys + keys).utf8)).problems.count == 500)
    }

    @Test(arguments: [
        ("a: \"b\nc: d\n", YAMLError.Kind.syntax, 1, 4), ("a: 'b", .syntax, 1, 4), ("a: [b, c\nd: e\n", .syntax, 1, 4),
        ("a: {b: c\nd: [", .syntax, 1, 4), ("a: b: c", .syntax, 1, 5), ("a:\n\tb: c", .syntax, 2, 1),
        ("a: @b", .syntax, 1, 4),
        ("a: b\nc\nd: e", .syntax, 2, 1), ("a: b\n...\nc: d", .syntax, 3, 1), ("? [a]\n: b", .syntax, 1, 3),
        ("é: \"\\q\"", .syntax, 1, 5), ("a: b\u{7}", .badCharacter, 1, 5), ("ü\u{7F}", .badCharacter, 1, 2),
        ("a: \u{FFFE}", .badCharacter, 1, 4),
    ])
    func `is refused where it has to be mended`(text: String, kind: YAMLError.Kind, line: Int, column: Int) throws {
        let error = try #require(failure(text))
        #expect(error.kind == kind)
        #expect([error.mark.line, error.mark.column] == [line, column], "\(error)")
    }

    @Test(
        arguments: [
            [0xFF], [0xC3], [0xC3, 0x28], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0x80],
        ] as [[UInt8]])
    func `must be UTF-8`(bytes: [UInt8]) throws {
        let error = try #require(failure(Array("a: b\né: ".utf8) + bytes))
        #expect(error.kind == .notUTF8)
        #expect([error.mark.line, error.mark.column] == [2, 4])
    }

    @Test func `is bounded in bytes, depth and values`() throws {
        #expect(failure("a: " + String(repeating: "b", count: 65_536))?.kind == .limit)
        #expect(failure(String(repeating: "[", count: 32) + String(repeating: "]", count: 32)) == nil)
        #expect(failure(String(repeating: "[", count: 33))?.kind == .limit)
        #expect(failure(String(repeating: "- ", count: 20_000))?.kind == .limit)
        #expect(failure("[" + String(repeating: "a,", count: 9_999) + "]") == nil)
        #expect(failure("[" + String(repeating: "a,", count: 10_000) + "]")?.kind == .limit)
    }

    @Test(arguments: [
        ("true", true), ("False", false), ("'true'", nil), ("yes", nil), ("no", nil), ("1", nil), ("tRue", nil),
    ])
    func `has YAML 1.2's booleans`(text: String, value: Bool?) throws {
        let yaml = try YAMLDocument(parsing: Array(text.utf8))
        #expect(yaml.bool(of: try #require(yaml.root)) == value)
    }
}
