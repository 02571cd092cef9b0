import Posts
import TestSupport
import Testing

@testable import Platforms

@Suite struct `A text that X divides` {
    private func divide(_ text: String) -> Composition {
        var content = XFixtures.content([text])
        content.dividesAutomatically = true
        return XPlatform.compose(content)
    }

    @Test func `stays whole if it fits`() {
        #expect(divide("One.\n\nTwo.").steps.map(\.text) == ["One.\n\nTwo."])
    }

    @Test func `breaks between paragraphs first`() {
        let (one, two) = (
            String(repeating: "aaaa ", count: 40) + "end.", String(repeating: "bbbb ", count: 30) + "end."
        )
        #expect(divide("\(one)\n\n\(two)").steps.map(\.text) == [one, two])
    }

    @Test func `breaks between sentences next, then between words`() {
        let (one, two) = (
            String(repeating: "aaaa ", count: 40) + "end.", String(repeating: "bbbb ", count: 30) + "end."
        )
        #expect(divide("\(one) \(two)").steps.map(\.text) == [one, two])
        let words = Array(repeating: "word", count: 100).joined(separator: " ")
        let parts = divide(words).steps.map(\.text)
        #expect(parts.map(\.count) == [279, 219])
        #expect(parts.joined(separator: " ") == words)
    }

    @Test func `never breaks a URL, a word or a picture of several scalars`() {
        let url = "https://example.com/" + String(repeating: "path/", count: 80)
        let family = "👨‍👩‍👧‍👦"
        let text = (0..<20).map { "\(url)\($0) \(family)\(family)" }.joined(separator: " ")
        let composition = divide(text)
        #expect(composition.steps.map(\.text).joined(separator: " ") == text)
        #expect(composition.steps.count > 1)
        #expect(composition.lengths.allSatisfy { $0.used <= 280 })
        #expect(composition.diagnostics.isEmpty)
    }

    @Test func `breaks behind East Asian sentences, which have no blanks`() {
        let sentence = String(repeating: "文", count: 50) + "。"
        let composition = divide(String(repeating: sentence, count: 5))
        #expect(composition.steps.map(\.text) == [sentence + sentence, sentence + sentence, sentence])
    }

    @Test func `is refused if one word is too long`() {
        let composition = divide("short " + String(repeating: "a", count: 300))
        #expect(composition.diagnostics.map(\.code) == [.textTooLong])
        #expect(composition.steps.count == 1)
    }

    @Test func `goes on with 25,000 characters for those who may, in a time that grows with the text`() {
        var content = XFixtures.content([String(repeating: "Some words of a sentence. ", count: 2500)])
        (content.account, content.dividesAutomatically) = (XFixtures.premium, true)
        let composition = XPlatform.compose(content)
        #expect(composition.steps.count == 3)
        #expect(composition.lengths.allSatisfy { $0.used <= 25_000 })
    }

    @Test func `keeps its media at the part that it divides`() {
        var content = XFixtures.content(["One", String(repeating: "word ", count: 100) + "end"])
        content.parts[1].media = [XFixtures.file("b.jpg")]
        content.dividesAutomatically = true
        #expect(XPlatform.compose(content).steps.map(\.media.count) == [0, 1, 0])
    }

    private static let pieces = [
        "word", "and", "Sentence.", "Really?", "“quoted.”", "#hashtag", "#日本語。タグ", "@someone", "$ACME",
        "https://example.com/a-path?with=query&and=more", "README.md", "https://пример.рф/путь", "👩🏽‍🚀", "👨‍👩‍👧‍👦👍🏽", "🇩🇪🇫🇷",
        "1️⃣", "e\u{301}te\u{301}", "文字の列。", "「はい。」と言う！", "한국어", "a—b", "x.com/(a)", "-", "…", "#a#b", "\n", "\n\n",
        "\r\n",
        "\u{2003}",
    ]

    @Test(arguments: 0..<300)
    func `is cut only where a reader would pause, and nothing of it is lost`(_ seed: Int) {
        var random = SeededRandom(seed: seed)
        var text = ""
        for _ in 0..<Int.random(in: 60...220, using: &random) {
            text += Self.pieces.randomElement(using: &random) ?? ""
            if Int.random(in: 0..<8, using: &random) > 0 { text += " " }
        }
        let limit = seed % 3 == 0 ? 280 : Int.random(in: 120...400, using: &random)
        guard let parts = XDivision.divide(text, limit: limit) else {
            // Only where the pieces grew together into a word that is too long by itself.
            let words = text.split { $0.isWhitespace || "。！".contains($0) }
            #expect(words.contains { WeightedLength(String($0)).used > limit }, "\(text)")
            return
        }
        #expect(parts.allSatisfy { WeightedLength($0, limit: limit).fits })
        #expect(parts.allSatisfy { !$0.isEmpty && $0.first?.isWhitespace == false && $0.last?.isWhitespace == false })
        func dense(_ text: String) -> String { String(text.filter { !$0.isWhitespace }) }
        #expect(dense(parts.joined()) == dense(text))
        func entities(_ text: String) -> [String] {
            let scalars = text.scalarArray
            let tags = TextEntities.hashtags(in: scalars) + TextEntities.mentions(in: scalars)
            return URLText.written(in: text) + tags.map(\.name)
        }
        #expect(parts.flatMap { entities($0) }.sorted() == entities(text).sorted())
        // Every place between two parts lies at a blank, or behind the mark of an East Asian sentence.
        var rest = text[...]
        for part in parts.dropLast() {
            rest = rest.drop(while: \.isWhitespace).dropFirst(part.count)
            let isPause = rest.first?.isWhitespace == true || part.last.map { "。！？".contains($0) } == true
            #expect(isPause, "\(part)")
        }
    }
}
