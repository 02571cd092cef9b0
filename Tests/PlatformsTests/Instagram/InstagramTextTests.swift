import Posts
import Testing

@testable import Platforms

@Suite struct `A post for Instagram` {
    private let square = picture("a.jpg")

    @Test func `joins its parts, tags and link by blank lines`() {
        var content = words(shop, "One #Swift", "Two", media: [square])
        content.tags = [written("swift"), written("bikes")]
        content.link = Link(url: "https://example.com/a")
        let composition = InstagramText.compose(content)
        #expect(composition.steps.map(\.text) == ["One #Swift\n\nTwo\n\n#bikes\n\nhttps://example.com/a"])
        #expect(composition.diagnostics.isEmpty)
        #expect(composition.steps.first?.link == nil)
    }

    @Test(arguments: [
        ("a", 2200, []), ("a", 2201, ["error text-too-long"]), ("👍", 1101, ["error text-too-long"]),
        ("#a ", 5, []), ("#a ", 6, ["warning too-many-hashtags"]), ("#a", 30, ["warning too-many-hashtags"]),
        ("#a", 31, ["error too-many-hashtags"]), ("#1 &#39; https://x.org/#a ", 31, []),
        ("@a.b ", 20, []), ("@a ", 21, ["error too-many-mentions"]), ("me@example.com ", 21, []),
    ]) func `fits into a caption`(_ unit: String, _ count: Int, _ expected: [String]) {
        let text = String(repeating: unit, count: count)
        #expect(complaints(InstagramText.compose(words(shop, text, media: [square]))) == expected)
    }

    @Test func `has alt texts that fit`() {
        for (count, expected) in [(1000, []), (1001, ["error alt-too-long"]), (0, ["warning alt-missing"])] {
            let file = picture("a.jpg", alt: String(repeating: "a", count: count))
            #expect(complaints(InstagramText.compose(words(shop, "One", media: [file]))) == expected)
        }
    }

    @Test(arguments: [
        (picture("a.png", format: .png), ["error media-format"]),
        (picture("a.mp4", format: .mp4), ["error not-available"]),
        (picture("a.jpg", bytes: 8 << 20), []), (picture("a.jpg", bytes: 8 << 20 + 1), ["error media-too-large"]),
        (picture("a.jpg", width: 1080, height: 1350), []),
        (picture("a.jpg", width: 1079, height: 1350), ["error media-shape"]),
        (picture("a.jpg", width: 1910, height: 1000), []),
        (picture("a.jpg", width: 1911, height: 1000), ["error media-shape"]),
        (picture("a.jpg", width: 320, height: 320), []),
        (picture("a.jpg", width: 319, height: 319), ["error media-shape"]),
        (picture("a.jpg", width: 6000, height: 6000), []),
        (picture("a.jpg", alt: nil), ["warning alt-missing"]),
    ]) func `shows only media that Instagram takes`(_ file: MediaFile, _ expected: [String]) {
        #expect(complaints(InstagramText.compose(words(shop, "One", media: [file]))) == expected)
    }

    @Test func `has one to ten images`() {
        #expect(complaints(InstagramText.compose(words(shop, "One"))) == ["error media-required"])
        let files = (0..<11).map { picture("\($0).jpg") }
        #expect(complaints(InstagramText.compose(words(shop, "One", media: Array(files.dropLast())))) == [])
        #expect(complaints(InstagramText.compose(words(shop, "One", media: files))) == ["error media-count"])
    }

    @Test func `warns that a carousel is cropped to its first image`() {
        let files = [square, picture("b.jpg", width: 1350, height: 1080), picture("c.jpg", width: 500, height: 500)]
        let composition = InstagramText.compose(words(shop, "One", media: files))
        #expect(complaints(composition) == ["warning media-shape"])
        #expect(composition.diagnostics.first?.message.contains("b.jpg") == true)
    }

    @Test(arguments: [
        ("kind", "feed", []), ("kind", "reel", ["error not-available"]), ("kind", "story", ["error not-available"]),
        ("kind", "carousel", ["error media-count"]), ("kind", "post", ["error bad-value"]),
        ("collaborators", "@ann, bob.b", []), ("collaborators", #"["ann","bob"]"#, []),
        ("collaborators", "a,b,c,d", ["error bad-value"]), ("collaborators", "a-b", ["error bad-value"]),
        ("locationId", "1067", []), ("locationId", "Berlin", ["error bad-value"]),
        ("firstComment", "x", ["error not-available"]),
    ]) func `takes Instagram's own options and no others`(_ key: String, _ value: String, _ expected: [String]) {
        var content = words(shop, "One", media: [square])
        content.options = [key: written(value)]
        #expect(complaints(InstagramText.compose(content)) == expected)
    }

    @Test func `sends names without at signs, and no kind`() {
        var content = words(shop, "One", media: [square, square])
        content.options = [
            "collaborators": written("@ann bob"), "kind": written("carousel"), "locationId": written("7"),
        ]
        let composition = InstagramText.compose(content)
        #expect(composition.steps.first?.options == ["collaborators": "ann,bob", "locationId": "7"])
        #expect(composition.diagnostics.isEmpty)
    }
}
