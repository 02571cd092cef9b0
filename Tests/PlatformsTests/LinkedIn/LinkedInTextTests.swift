import Posts
import Testing

@testable import Platforms

@Suite struct `A post for LinkedIn` {
    @Test func `joins its parts, tags and link by blank lines`() {
        var content = words(member, "One #Swift", "Two")
        content.tags = [written("swift"), written("machine learning"), written("Machine Learning"), written("c++ #1!")]
        content.link = Link(url: "https://example.com/a")
        let composition = LinkedInText.compose(content)
        #expect(composition.steps.map(\.text) == ["One #Swift\n\nTwo\n\n#machinelearning #c1\n\nhttps://example.com/a"])
        #expect(composition.diagnostics.isEmpty)
        #expect(composition.steps.first?.link == nil)
    }

    @Test func `leaves out a tag that makes no hashtag, and says so`() {
        var content = words(member, "One")
        content.tags = [written("2026")]
        let composition = LinkedInText.compose(content)
        #expect(composition.steps.map(\.text) == ["One"])
        #expect(complaints(composition) == ["warning bad-value"])
    }

    @Test func `has a card when the link has a title`() {
        var content = words(member, "One")
        content.link = Link(url: "https://example.com/a")
        content.title = "From the post"
        #expect(LinkedInText.compose(content).steps.first?.link?.title == "From the post")
        content.link?.title = "Its own"
        #expect(LinkedInText.compose(content).steps.first?.link?.title == "Its own")
        #expect(LinkedInText.compose(content).steps.first?.text == "One")
    }

    @Test func `has its link in the words beside media or when no card is wanted`() {
        var content = words(member, "One")
        content.link = Link(url: "https://example.com/a")
        content.link?.title = "A"
        content.link?.card = false
        #expect(LinkedInText.compose(content).steps.map(\.text) == ["One\n\nhttps://example.com/a"])
        content.link?.card = true
        content.media = [picture("a.jpg")]
        #expect(LinkedInText.compose(content).steps.map(\.text) == ["One\n\nhttps://example.com/a"])
        content.parts = [Content.Part(text: "See https://example.com/a", place: content.place)]
        #expect(LinkedInText.compose(content).steps.map(\.text) == ["See https://example.com/a"])
    }

    @Test(arguments: [
        ("a", 3000, []), ("a", 3001, ["error text-too-long"]), ("(", 1501, ["warning text-too-long"]),
        ("👍", 1500, []), ("👍", 1501, ["error text-too-long"]),
        ("@[Acme (EU)](urn:li:organization:1)", 333, ["warning text-too-long"]),
        ("@[Acme (EU)](urn:li:organization:1)", 334, ["error text-too-long"]),
    ]) func `is measured in UTF-16 units of what a reader sees`(_ unit: String, _ count: Int, _ expected: [String]) {
        #expect(complaints(LinkedInText.compose(words(member, String(repeating: unit, count: count)))) == expected)
    }

    @Test func `has its link in the words unless it stands there as a whole`() {
        var content = words(member, "See https://example.com/abc")
        content.link = Link(url: "https://example.com/a")
        #expect(
            LinkedInText.compose(content).steps.map(\.text) == ["See https://example.com/abc\n\nhttps://example.com/a"])
        content.link = Link(url: "https://example.com/abc")
        #expect(LinkedInText.compose(content).steps.map(\.text) == ["See https://example.com/abc"])
        content.parts = [Content.Part(text: "(See https://example.com/abc).", place: content.place)]
        #expect(LinkedInText.compose(content).steps.map(\.text) == ["(See https://example.com/abc)."])
    }

    @Test func `has alt texts that fit`() {
        for (count, expected) in [(4086, []), (4087, ["error alt-too-long"]), (0, ["warning alt-missing"])] {
            let file = picture("a.jpg", alt: String(repeating: "a", count: count))
            #expect(complaints(LinkedInText.compose(words(member, "One", media: [file]))) == expected)
        }
    }

    @Test func `needs words, media or a card`() {
        #expect(complaints(LinkedInText.compose(words(member))) == ["error empty-post"])
        #expect(complaints(LinkedInText.compose(words(member, media: [picture("a.jpg")]))) == [])
    }

    @Test(arguments: [
        (picture("a.png", format: .png), []), (picture("a.gif", format: .gif, frames: 250), []),
        (picture("a.gif", format: .gif, frames: 251), ["error media-too-large"]),
        (picture("a.webp", format: .webp), ["error media-format"]),
        (picture("a.mp4", format: .mp4, bytes: 76_800), []),
        (picture("a.mp4", format: .mp4, bytes: 76_799), ["error media-too-small"]),
        (picture("a.doc", format: .doc), ["error title-missing"]),
        (picture("a.ppt", format: .ppt), ["error title-missing"]),
        (picture("a.jpg", width: 6000, height: 6000), []),
        (picture("a.jpg", width: 6014, height: 6012), ["error media-too-large"]),
        (picture("a.jpg", alt: nil), ["warning alt-missing"]),
    ]) func `shows only media that LinkedIn takes`(_ file: MediaFile, _ expected: [String]) {
        #expect(complaints(LinkedInText.compose(words(member, "One", media: [file]))) == expected)
    }

    @Test func `has at most 20 images`() {
        let files = (0..<21).map { picture("\($0).jpg") }
        #expect(complaints(LinkedInText.compose(words(member, "One", media: Array(files.dropLast())))) == [])
        #expect(complaints(LinkedInText.compose(words(member, "One", media: files))) == ["error media-count"])
    }

    @Test func `takes LinkedIn's own options and no others`() {
        var content = words(member, "One")
        content.options = ["visibility": written("CONNECTIONS"), "isReshareDisabledByAuthor": written("true")]
        #expect(
            LinkedInText.compose(content).steps.first?.options
                == ["visibility": "CONNECTIONS", "isReshareDisabledByAuthor": "true"])
        #expect(complaints(LinkedInText.compose(content)) == [])
        content.options["spoilerText"] = written("x")
        #expect(complaints(LinkedInText.compose(content)) == ["error not-available"])
        #expect(LinkedInText.compose(content).diagnostics.first?.message == "spoilerText is not available on LinkedIn")
        content.options = ["visibility": written("connections"), "isReshareDisabledByAuthor": written("yes")]
        #expect(complaints(LinkedInText.compose(content)) == ["error bad-value", "error bad-value"])
        var ofPage = words(page, "One")
        ofPage.options = ["visibility": written("CONNECTIONS")]
        #expect(complaints(LinkedInText.compose(ofPage)) == ["error bad-value"])
    }
}
