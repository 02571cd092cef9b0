import JSON
import Posts
import Testing

@Suite struct `A diagnostic` {
    private let diagnostic = Diagnostic(
        .error, .unknownAccount, at: Diagnostic.Place(path: "posts/a,b:c.md", line: 4, column: 11, endColumn: 16),
        "unknown account “x/acm”", hint: "did you mean “x/acme”?")

    @Test func `is a line for people`() {
        #expect(
            diagnostic.line
                == "posts/a,b:c.md:4:11: error: unknown account “x/acm”; did you mean “x/acme”? [unknown-account]")
    }

    @Test func `is an object for programs`() {
        let json = String(decoding: diagnostic.json.compact(), as: UTF8.self)
        #expect(
            json == #"{"code":"unknown-account","column":11,"endColumn":16,"hint":"did you mean “x/acme”?","line":4,"#
                + #""message":"unknown account “x/acm”","path":"posts/a,b:c.md","severity":"error"}"#)
        var plain = diagnostic
        plain.hint = nil
        #expect(plain.json["hint"] == .null)
    }

    @Test func `is an annotation for GitHub`() {
        #expect(
            diagnostic.gitHubAnnotation
                == "::error file=posts/a%2Cb%3Ac.md,line=4,col=11,endColumn=16,title=unknown-account::"
                + "unknown account “x/acm”; did you mean “x/acme”?")
        let note = Diagnostic(.note, .noZone, at: Diagnostic.Place(path: "a.md"), "100 %\r\nsure")
        #expect(note.gitHubAnnotation == "::notice file=a.md,line=1,col=1,title=no-zone::100 %25%0D%0Asure")
    }

    @Test func `stays one line whatever it quotes`() {
        let hostile = Diagnostic(.error, .badValue, at: Diagnostic.Place(path: "a\n.md"), "\u{1B}[2J\nboo")
        #expect(hostile.line == "a .md:1:1: error:  [2J boo [bad-value]")
    }

    @Test(arguments: DiagnosticCode.allCases) func `is explained by its code`(code: DiagnosticCode) {
        #expect(code.explanation.count > 40)
        #expect(code.explanation.hasSuffix(".") || code.explanation.hasSuffix("`"))
    }
}
