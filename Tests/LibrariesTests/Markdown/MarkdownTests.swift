import Markdown
import Testing

@Suite struct `Markdown` {
    @Test(arguments: [
        ("one", "p(one)"),
        ("one\ntwo", "p(one↵two)"),
        ("one  \ntwo\\\nthree", "p(one⏎two⏎three)"),
        ("one\r\n\r\ntwo\r\n", "p(one) p(two)"),
        ("*a* **b** ~~c~~ `d`", "p(em(a) strong(b) del(c) code(d))"),
        ("***both***", "p(em(strong(both)))"),
        ("~5 km, ~10 min, 5~10 and 3~4", "p(~5 km, ~10 min, 5~10 and 3~4)"),
        ("snake_case_name and 2*3*4", "p(snake_case_name and 2em(3)4)"),
        ("https://example.com/a_b_c and www.example.com", "p(https://example.com/a_b_c and www.example.com)"),
        ("\"quotes\" -- and ... 'more'", "p(\"quotes\" -- and ... 'more')"),
        ("&amp; &copy; \\* \\[x\\]", "p(& © * [x])"),
        ("[words](https://a.example/?b=1&amp;c=2 \"Title\")", "p(a[https://a.example/?b=1&c=2 'Title'](words))"),
        ("[ref][r]\n\n[r]: https://a.example", "p(a[https://a.example](ref))"),
        ("<https://a.example>", "p(a[https://a.example](https://a.example))"),
        ("![an *old* bike](bike.jpg)", "p(img[bike.jpg](an old bike))"),
        ("[![alt](a.jpg)](b)", "p(a[b](img[a.jpg](alt)))"),
        ("a <b>c</b>", "p(a html(<b>)chtml(</b>))"),
        ("<div>\nx\n</div>", "html(<div>¶x¶</div>¶)"),
        ("# One\n## Two ##", "h1(One) h2(Two)"),
        ("#launch day", "p(#launch day)"),
        ("Text\n---", "h2u(Text)"),
        ("Text\nmore\n===", "h1u(Text↵more)"),
        ("#launch\n---", "h2u(#launch)"),
        ("Text\n\n---\n\nmore", "p(Text) break p(more)"),
        ("> a\nb", "quote(p(a↵b))"),
        ("- a\n- b", "ul(p(a); p(b))"),
        ("- a\n\n- b", "ul,loose(p(a); p(b))"),
        ("3. a\n4. b", "ol3(p(a); p(b))"),
        ("- a\n  - b", "ul(p(a) ul(p(b)))"),
        ("- [ ] a\n- [x] b\n- c", "ul([ ]p(a); [x]p(b); p(c))"),
        ("```swift\nlet a = 1\n```", "code[swift](let a = 1¶)"),
        ("    indented\n", "code[](indented¶)"),
        ("a | b\n--|:-:\n1 | *2*\n3", "table(a|b/1|em(2)/3|)"),
        ("", ""),
        ("\u{0}", "p(\u{FFFD})"),
    ])
    func `is read as CommonMark with tables, tasks and double tildes`(source: String, expected: String) throws {
        #expect(outline(try parse(source)) == expected)
    }

    @Test func `puts U+FFFD for what is not UTF-8`() throws {
        #expect(outline(try parse([0x61, 0xFF, 0x62])) == "p(a\u{FFFD}b)")
    }

    @Test func `knows the sign and line of an underline`() throws {
        let blocks = try parse("one\ntwo\n---\n\n> three\n> ===\n", firstLine: 10)
        guard case .heading(_, let first, _) = blocks[0].kind, case .quote(let inner) = blocks[1].kind,
            case .heading(_, let second, _) = inner[0].kind
        else {
            Issue.record("no headings in \(outline(blocks))")
            return
        }
        #expect(first?.sign == .hyphens && first?.line == 12)
        #expect(second?.sign == .equals && second?.line == 15)
    }

    @Test func `knows the alignment of columns`() throws {
        guard case .table(let table) = try parse("|a|b|c|d|\n|-|:-|:-:|-:|").first?.kind else {
            Issue.record("no table")
            return
        }
        #expect(table.alignments == [.none, .left, .centre, .right])
    }
}

@Suite struct `A place in Markdown` {
    @Test func `of a block counts lines of the file`() throws {
        let blocks = try parse("# a\n\ntext\n\n  - item\n\n> quote\n", firstLine: 5)
        #expect(blocks.map(\.position) == [(5, 1), (7, 1), (9, 3), (11, 1)].map { Position(line: $0.0, column: $0.1) })
    }

    @Test(arguments: [
        ("a [b](c)", ["1:3 c"]),
        ("größe 🚲 [b](c) ![d](e)", ["1:9 c", "1:16 e"]),
        ("one\ntwo [b](c)", ["2:5 c"]),
        ("  one [a](b)\n   two [c](d)", ["1:7 b", "2:8 d"]),
        ("> one [a](b)\n> two [c](d)", ["1:7 b", "2:7 d"]),
        ("> one\nlazy [a](b)", ["2:6 b"]),
        ("> > one\n>> two [a](b)", ["2:8 b"]),
        ("- one\n  two ![a](b)", ["2:7 b"]),
        ("1. x\n\n   y\n   z [a](b)", ["4:6 b"]),
        ("see [words\nover lines](a) now", ["1:5 a"]),
        ("x\n**see [more\nwords](a)**", ["2:7 a"]),
        ("# head [a](b)", ["1:8 b"]),
        ("<https://a.example> [![i](j)](k)", ["1:1 https://a.example", "1:21 k", "1:22 j"]),
        ("a | b\n--|--\n[c](d) | ![e](f)", ["3:1 d", "3:10 f"]),
        ("one\r\ntwo [b](c)\rthree [d](e)", ["2:5 c", "3:7 e"]),
    ])
    func `of a link or image counts scalars`(source: String, expected: [String]) throws {
        #expect(places(try parse(source)) == expected)
    }
}
