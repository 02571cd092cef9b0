import Posts
import Testing

@testable import Platforms

@Suite struct `A post for X` {
    private func codes(_ content: Content) -> [DiagnosticCode] { XPlatform.compose(content).diagnostics.map(\.code) }

    @Test func `is one step with its words as they are`() {
        let composition = XPlatform.compose(XFixtures.content(["Hello <world> & all"]))
        #expect(composition.steps == [Step(index: 0, kind: .post, text: "Hello <world> & all")])
        #expect(composition.lengths == [Composition.Length(used: 19, limit: 280)])
        #expect(composition.diagnostics.isEmpty)
    }

    @Test func `is a chain of replies if it is a thread, with the pictures at its head`() {
        let content = XFixtures.content(["One", "Two", "Three"], media: [XFixtures.file("a.jpg")])
        let steps = XPlatform.compose(content).steps
        #expect(steps.map(\.kind) == [.post, .reply, .reply])
        #expect(steps.map(\.index) == [0, 1, 2])
        #expect(steps.map(\.media.count) == [1, 0, 0])
    }

    @Test func `gets the hashtags it lacks and the link behind its last words`() {
        var content = XFixtures.content(["We ride #Bikes", "Come"])
        content.tags = ["bikes", "new wheels", "high-speed rail", "launch"].map { Written($0, at: XFixtures.place) }
        content.link = Link(url: "https://example.com/launch")
        let steps = XPlatform.compose(content).steps
        #expect(steps[0].text == "We ride #Bikes")
        #expect(steps[1].text == "Come\n\n#NewWheels #HighSpeedRail #launch\n\nhttps://example.com/launch")
        #expect(steps[1].link == nil)
    }

    @Test func `does not repeat a link that it has`() {
        var content = XFixtures.content(["See https://example.com/launch now"])
        content.link = Link(url: "https://example.com/launch")
        #expect(XPlatform.compose(content).steps[0].text == "See https://example.com/launch now")
        content.parts[0].text = "See https://example.com/launch-2 now"
        #expect(XPlatform.compose(content).steps[0].text.hasSuffix("now\n\nhttps://example.com/launch"))
    }

    @Test func `may be pictures alone, but not nothing`() {
        let pictures = XPlatform.compose(XFixtures.content([], media: [XFixtures.file("a.jpg")]))
        #expect(pictures.steps.map(\.text) == [""])
        #expect(pictures.diagnostics.isEmpty)
        #expect(codes(XFixtures.content([])) == [.emptyPost])
    }

    @Test func `may be 280 long and no longer`() {
        #expect(codes(XFixtures.content([String(repeating: "a", count: 280)])).isEmpty)
        let composition = XPlatform.compose(XFixtures.content(["One", String(repeating: "a", count: 281)]))
        #expect(composition.diagnostics.map(\.code) == [.textTooLong])
        #expect(composition.diagnostics[0].message == "part 2 has 281 of 280 characters as X counts them")
        #expect(composition.diagnostics[0].place == XFixtures.place)
        #expect(composition.steps[1].text.count == 281)
    }

    @Test(
        arguments: [
            ("a\u{FEFF}b", DiagnosticCode.badCharacter), ("$AAPL and $MSFT", .tooManyCashtags),
            ("Read README.md", .fileNameLink), ("Run main.rs now", .fileNameLink),
        ])
    func `is complained about`(_ text: String, _ code: DiagnosticCode) {
        #expect(codes(XFixtures.content([text])) == [code])
    }

    @Test(arguments: ["$AAPL", "example.com", "https://docs.md", "swift.org/README.md", "index.html", "a.b.rs"])
    func `is not complained about`(_ text: String) { #expect(codes(XFixtures.content([text])).isEmpty) }

    @Test func `takes the options of the API and no others`() {
        var content = XFixtures.content(["One", "Two"])
        content.options = [
            "replySettings": Written("following", at: XFixtures.place),
            "madeWithAi": Written("true", at: XFixtures.place),
        ]
        let steps = XPlatform.compose(content).steps
        #expect(steps[0].options == ["replySettings": "following", "madeWithAi": "true"])
        #expect(steps[1].options == ["madeWithAi": "true"])
        content.options = [
            "replySettings": Written("everyone", at: XFixtures.place),
            "paidPartnership": Written("yes", at: XFixtures.place),
        ]
        #expect(codes(content) == [.badValue, .badValue])
        content.options = ["poll": Written("a, b", at: XFixtures.place)]
        #expect(codes(content) == [.notAvailable])
    }

    @Test func `shows pictures that X takes`() {
        func check(_ files: MediaFile...) -> [DiagnosticCode] { codes(XFixtures.content(["Hi"], media: files)) }
        let picture = XFixtures.file("a.jpg")
        let animation = XFixtures.file("a.gif", format: .gif, frames: 20)
        #expect(check(picture, picture, picture, picture).isEmpty)
        #expect(check(picture, picture, picture, picture, picture) == [.mediaCount])
        #expect(check(animation).isEmpty)
        #expect(check(animation, picture) == [.mediaCount])
        #expect(check(XFixtures.file("a.mp4", format: .mp4)) == [.notAvailable])
        #expect(check(XFixtures.file("a.jpg", bytes: 5 << 20)).isEmpty)
        #expect(check(XFixtures.file("a.jpg", bytes: 5 << 20 + 1)) == [.mediaTooLarge])
        #expect(check(XFixtures.file("a.gif", format: .gif, width: 1281, frames: 2)) == [.mediaShape])
        #expect(check(XFixtures.file("a.gif", format: .gif, frames: 351)) == [.mediaShape])
        #expect(check(XFixtures.file("a.gif", format: .gif, width: 1280, height: 1080, frames: 300)) == [.mediaShape])
        #expect(check(XFixtures.file("a.webp", format: .webp, frames: 2)) == [.mediaShape])
        #expect(check(XFixtures.file("a.jpg", alt: nil)) == [.altMissing])
        #expect(check(XFixtures.file("a.jpg", alt: String(repeating: "é", count: 1000))).isEmpty)
        #expect(check(XFixtures.file("a.jpg", alt: String(repeating: "é", count: 1001))) == [.altTooLong])
    }
}

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
        let text = Array(repeating: "\(url) \(family)\(family)", count: 20).joined(separator: " ")
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
}
