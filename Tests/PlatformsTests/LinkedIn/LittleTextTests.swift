import JSON
import TestSupport
import Testing

@testable import Platforms

@Suite struct `Little text` {
    @Test func `escapes as the table says, and back`() throws {
        let cases = try clientTable("linkedin/little-text")
        #expect(cases.count > 25)
        for row in cases {
            let (text, little) = (try #require(row["text"]?.string), try #require(row["little"]?.string))
            #expect(LittleText.escape(text) == little)
            #expect(LittleText.unescape(little) == text)
        }
    }

    @Test func `reads what LinkedIn makes of hashtags`() {
        #expect(LittleText.unescape(##"on {hashtag|\#|swift} and {hashtag|#|a\_b}"##) == "on #swift and #a_b")
        #expect(LittleText.unescape(##"{hashtag|\#|open"##) == "{hashtag|#|open")
        #expect(LittleText.unescape(#"a\"#) == #"a\"#)
    }

    @Test func `is read back as it was written, whatever it holds`() {
        var random = SeededRandom(seed: 0x5EED)
        let pieces =
            Array(##"\|{}@[]()<>#*_~ &/aZ9é日＃"##).map(String.init)
            + [
                "\n", "\r\n", "{hashtag|", ##"\#|"##, "@[Ann](urn:li:person:1)", "](urn:li:organization:",
                "https://x.org/", "#tag", "\u{301}", "👩‍👩‍👧",
            ]
        var slips: [String] = []
        for _ in 0..<100_000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined()
            let little = LittleText.escape(text)
            // By scalars, which canonical equality of texts does not see.
            if !LittleText.unescape(little).unicodeScalars.elementsEqual(text.unicodeScalars) { slips.append(text) }
        }
        #expect(slips == [])
    }

    @Test func `shows a mention as its name`() {
        #expect(
            LittleText.visible(LittleText.elements(of: "Hi @[Acme (EU)](urn:li:organization:1) #x_y"))
                == "Hi Acme (EU) #x_y")
    }
}

@Suite struct `Rest.li parameters` {
    @Test func `are encoded as the table says`() throws {
        let cases = try clientTable("linkedin/restli-encoding")
        #expect(cases.count == 10)
        for row in cases {
            let members = try #require(row["params"]?.array).map(member)
            #expect(RestLi.query(members) == row["query"]?.string)
        }
    }

    private func member(_ pair: JSON) throws -> RestLi.Member {
        RestLi.Member(try #require(pair[0]?.string), try value(try #require(pair[1])))
    }

    private func value(_ json: JSON) throws -> RestLi.Value {
        switch json {
        case .null: .scalar("null")
        case .bool(let flag): .scalar(flag ? "true" : "false")
        case .number(let digits): .scalar(digits)
        case .string(let text): .scalar(text)
        case .array(let elements): .list(try elements.map(value))
        case .object(let members): .object(try #require(members["object"]?.array).map(member))
        }
    }
}
