import Posts
import Testing

@testable import Platforms

@Suite struct `A post for X` {
    private func codes(_ content: Content) -> [DiagnosticCode] { XPlatform.compose(content).diagnostics.map(\.code) }

    @Test func `is one step with its words as they are`() {
        let composition = XPlatform.compose(XFixtures.content(["Hello <world> & all"]))
        #expect(composition.steps == [Step(index: 0, kind: .post, text: "Hello <world> & all")])
        #expect(composition.price?.description == "$0.015")
        #expect(composition.lengths == [Composition.Length(used: 19, limit: 280)])
        #expect(composition.diagnostics.isEmpty)
    }

    @Test func `is a chain of replies if it is a thread, each with its own pictures`() {
        var content = XFixtures.content(["One", "Two", "Three", ""], media: [XFixtures.file("a.jpg")])
        content.parts[2].media = [XFixtures.file("b.jpg"), XFixtures.file("c.jpg")]
        content.parts[3].media = [XFixtures.video()]
        let composition = XPlatform.compose(content)
        let steps = composition.steps
        #expect(steps.map(\.kind) == [.post, .reply, .reply, .reply])
        #expect(steps.map(\.index) == [0, 1, 2, 3])
        #expect(steps.map { $0.media.map(\.path) } == [["a.jpg"], [], ["b.jpg", "c.jpg"], ["a.mp4"]])
        #expect(composition.diagnostics.isEmpty)
        content.parts[2].media = [XFixtures.file("b.jpg"), XFixtures.video()]
        content.parts[3].media = []
        #expect(codes(content) == [.mediaCount, .emptyPost])
    }

    @Test func `ends with the first comment`() {
        var content = XFixtures.content(["One", "Two"])
        content.link = Link(url: "https://example.com/launch")
        content.firstComment = Written("More in a $AAPL and $MSFT comment", at: XFixtures.place)
        let composition = XPlatform.compose(content)
        #expect(composition.steps.map(\.kind) == [.post, .reply, .comment])
        #expect(composition.steps.map(\.text).last == "More in a $AAPL and $MSFT comment")
        #expect(composition.lengths.map(\.used) == [3, 28, 33])
        #expect(composition.diagnostics.map(\.code) == [.tooManyCashtags])
    }

    @Test func `costs more with a link, and a little for each alt text`() {
        var content = XFixtures.content(["One", "Two at README.md"], media: [XFixtures.file("a.jpg")])
        #expect(XPlatform.compose(content).price?.thousandths == 15 + 5 + 200)
        content.media = [XFixtures.file("a.jpg", alt: nil)]
        content.parts[1].text = "Two"
        #expect(XPlatform.compose(content).price?.thousandths == 30)
        content.link = Link(url: "https://example.com")
        #expect(XPlatform.compose(content).price?.description == "$0.215")
    }

    @Test func `may be long with Premium, which is said`() {
        var content = XFixtures.content([String(repeating: "a", count: 25_000)])
        content.account = XFixtures.premium
        var composition = XPlatform.compose(content)
        #expect(composition.diagnostics.map(\.severity) == [.note])
        #expect(composition.lengths == [Composition.Length(used: 25_000, limit: 25_000)])
        content.parts[0].text += "a"
        composition = XPlatform.compose(content)
        #expect(composition.diagnostics.map(\.severity) == [.error])
        #expect(composition.diagnostics.map(\.code) == [.textTooLong])
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
        content.options = ["pole": Written("a, b", at: XFixtures.place)]
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
