import Posts
import Testing

@testable import Platforms

@Suite struct `A post for Instagram` {
    private static let square = picture("a.jpg")

    @Test func `joins its parts, tags and link by blank lines`() {
        var content = words(shop, "One #Swift", "Two", media: [Self.square])
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
        #expect(complaints(InstagramText.compose(words(shop, text, media: [Self.square]))) == expected)
    }

    @Test func `has alt texts that fit`() {
        for (count, expected) in [(1000, []), (1001, ["error alt-too-long"]), (0, ["warning alt-missing"])] {
            let file = picture("a.jpg", alt: String(repeating: "a", count: count))
            #expect(complaints(InstagramText.compose(words(shop, "One", media: [file]))) == expected)
        }
    }

    @Test(arguments: [
        (picture("a.png", format: .png), ["error media-format"]),
        (picture("a.pdf", format: .pdf), ["error media-format"]),
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
        let files = [
            Self.square, picture("b.jpg", width: 1350, height: 1080), picture("c.jpg", width: 500, height: 500),
        ]
        let composition = InstagramText.compose(words(shop, "One", media: files))
        #expect(complaints(composition) == ["warning media-shape"])
        #expect(composition.diagnostics.first?.message.contains("b.jpg") == true)
    }

    @Test(arguments: [
        ("kind", "feed", []), ("kind", "reel", ["error media-format"]), ("kind", "story", ["warning not-shown"]),
        ("kind", "carousel", ["error media-count"]), ("kind", "post", ["error bad-value"]),
        ("collaborators", "@ann, bob.b", []), ("collaborators", #"["ann","bob"]"#, []),
        ("collaborators", "a,b,c,d", ["error bad-value"]), ("collaborators", "a-b", ["error bad-value"]),
        ("locationId", "1067", []), ("locationId", "Berlin", ["error bad-value"]),
        ("isAiGenerated", "true", []), ("shareToFeed", "true", ["error bad-value"]),
        ("thumbOffset", "1", ["error bad-value"]), ("audioName", "Song", ["error bad-value"]),
        ("trialParams.graduationStrategy", "MANUAL", ["error bad-value"]), ("colour", "red", ["error not-available"]),
    ]) func `takes Instagram's own options and no others`(_ key: String, _ value: String, _ expected: [String]) {
        var content = words(shop, "One", media: [Self.square])
        content.options = [key: written(value)]
        #expect(complaints(InstagramText.compose(content)) == expected)
    }

    @Test(arguments: [
        (video("a.mp4"), []), (video("a.mov", .quicktime), []), (video("a.mp4", audio: nil), []),
        (video("a.mp4", seconds: nil, video: nil), []), (video("a.mp4", video: "hvc1"), []),
        (video("a.mp4", video: "vp09"), ["error media-format"]),
        (video("a.mp4", audio: "ac-3"), ["error media-format"]),
        (video("a.mp4", seconds: 3), []), (video("a.mp4", seconds: 2.9), ["error media-too-large"]),
        (video("a.mp4", seconds: 900), []), (video("a.mp4", seconds: 900.1), ["error media-too-large"]),
        (video("a.mp4", bytes: 300 << 20, seconds: 600), []),
        (video("a.mp4", bytes: 300 << 20 + 1, seconds: 600), ["error media-too-large"]),
        (video("a.mp4", bytes: 31_250_000, seconds: 10), []),
        (video("a.mp4", bytes: 31_300_000, seconds: 10), ["error media-too-large"]),
        (video("a.mp4", width: 1920, height: 1080), []),
        (video("a.mp4", width: 1921, height: 1080), ["error media-shape"]),
        (video("a.mp4", width: 1910, height: 190), ["error media-shape"]),
        (video("a.mp4", thumbnail: picture("c.jpg")), []),
        (video("a.mp4", thumbnail: picture("c.png", format: .png)), ["error media-format"]),
        (video("a.mp4", thumbnail: picture("c.jpg", bytes: 8 << 20 + 1)), ["error media-too-large"]),
    ]) func `is a reel of a video that Instagram takes`(_ file: MediaFile, _ expected: [String]) {
        let composition = InstagramText.compose(words(shop, "One", media: [file]))
        #expect(complaints(composition) == expected)
        #expect(composition.steps.first.map { InstagramKind(of: $0) } == .reel)
    }

    @Test(arguments: [
        ([picture("a.jpg", width: 400, height: 4000)], []), ([picture("a.jpg", alt: nil)], []),
        ([picture("a.png", format: .png)], ["error media-format"]),
        ([picture("a.jpg"), picture("b.jpg")], ["error media-count"]),
        ([video("a.mp4", bytes: 100 << 20, seconds: 60)], []),
        ([video("a.mp4", seconds: 60.1)], ["error media-too-large"]),
        ([video("a.mp4", bytes: 100 << 20 + 1, seconds: 60)], ["error media-too-large"]),
    ]) func `is a story of one picture or video, without words`(_ files: [MediaFile], _ expected: [String]) {
        var content = words(shop, media: files)
        content.options = ["kind": written("story")]
        let composition = InstagramText.compose(content)
        #expect(complaints(composition) == expected)
        #expect(composition.steps.map(\.text) == [""])
        #expect(composition.steps.first.map { InstagramKind(of: $0) } == .story)
        content.firstComment = written("First")
        #expect(complaints(InstagramText.compose(content)).contains("error bad-value"))
    }

    @Test(
        arguments: [
            ([square], ["username": "ann", "x": "0.5", "y": "1.0"], []),
            ([square], ["username": "ann"], ["error bad-value"]),
            ([square], ["username": "a-b", "x": "0", "y": "0"], ["error bad-value"]),
            ([square], ["username": "ann", "x": "0", "y": "0", "media": "2"], ["error bad-value"]),
            ([square, video("b.mp4", width: 1080, height: 1080)], ["username": "ann", "x": "0", "y": "0"], []),
            (
                [square, video("b.mp4", width: 1080, height: 1080)],
                ["username": "ann", "x": "0", "y": "0", "media": "2"],
                ["error bad-value"]
            ),
            ([video("a.mp4")], ["username": "@ann"], []),
            ([video("a.mp4")], ["username": "ann", "x": "0", "y": "0"], ["error bad-value"]),
        ] as [([MediaFile], [String: String], [String])])
    func `tags people where its kind allows it`(_ media: [MediaFile], _ tag: [String: String], _ expected: [String]) {
        var content = words(shop, "One", media: media)
        for (field, value) in tag { content.options["userTags.1.\(field)"] = written(value) }
        #expect(complaints(InstagramText.compose(content)) == expected)
    }

    @Test func `tags at most 20 people in a picture`() {
        for (count, expected) in [(20, []), (21, ["error bad-value"])] {
            var content = words(shop, "One", media: [Self.square])
            for number in 1...count {
                for (field, value) in [("username", "u\(number)"), ("x", "0.1"), ("y", "0.1")] {
                    content.options["userTags.\(number).\(field)"] = written(value)
                }
            }
            #expect(complaints(InstagramText.compose(content)) == expected)
        }
    }

    @Test func `has its thumbnail within its length, and one of cover and offset`() {
        var content = words(shop, "One", media: [video("a.mp4", seconds: 10)])
        for (offset, expected) in [("10000", []), ("10001", ["error bad-value"])] {
            content.options = ["thumbOffset": written(offset)]
            #expect(complaints(InstagramText.compose(content)) == expected)
        }
        content = words(shop, "One", media: [video("a.mp4", thumbnail: picture("c.jpg"))])
        content.options = ["thumbOffset": written("1")]
        #expect(complaints(InstagramText.compose(content)) == ["warning bad-value"])
    }

    @Test func `says of a single video in the feed that it is a reel`() {
        var content = words(shop, "One", media: [video("a.mp4")])
        content.options = ["kind": written("feed")]
        #expect(complaints(InstagramText.compose(content)) == ["warning bad-value"])
        content.options = ["kind": written("reel")]
        #expect(complaints(InstagramText.compose(content)) == [])
    }

    @Test(arguments: [
        ("a", 2200, []), ("a", 2201, ["error text-too-long"]), ("#a ", 31, ["error too-many-hashtags"]),
        ("@a ", 21, ["error too-many-mentions"]),
    ]) func `has a first comment as its last step`(_ unit: String, _ count: Int, _ expected: [String]) {
        var content = words(shop, "One", media: [Self.square])
        content.firstComment = written(String(repeating: unit, count: count))
        let composition = InstagramText.compose(content)
        #expect(complaints(composition) == expected)
        #expect(composition.steps.map(\.kind) == [.post, .comment])
        #expect(composition.steps.last?.index == 1 && composition.steps.last?.text == content.firstComment?.value)
    }

    @Test func `sends names without at signs, and no kind`() {
        var content = words(shop, "One", media: [Self.square, Self.square])
        content.options = [
            "collaborators": written("@ann bob"), "kind": written("carousel"), "locationId": written("7"),
        ]
        let composition = InstagramText.compose(content)
        #expect(composition.steps.first?.options == ["collaborators": "ann,bob", "locationId": "7"])
        #expect(composition.diagnostics.isEmpty)
    }
}
