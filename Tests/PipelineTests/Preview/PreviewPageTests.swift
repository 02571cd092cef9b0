import Foundation
import Posts
import Testing

@testable import Pipeline

@Suite struct `The page of a preview` {
    private static let hostile = [
        "<script>alert(1)</script>", "</style></p><img src=x onerror=alert(1)>", "\" onmouseover=\"alert(1)",
        "'><svg/onload=alert(1)>", "&lt;b&gt; &amp; &#x3C;", "]]><!--", "\u{202E}txet\u{0}\u{1B}[2J",
    ]

    private let place = Diagnostic.Place(path: "posts/a.md", line: 3)

    private func file(_ path: String, _ format: MediaInfo.Format, alt: String?) -> MediaFile {
        var info = MediaInfo(format: format, width: 400, height: 400, byteCount: 12_345)
        if info.isVideo { info.duration = .seconds(65) }
        var reference = MediaReference(path: path, alt: alt, place: place)
        reference.title = alt
        return MediaFile(reference: reference, info: info, digest: "sha256:0")
    }

    /// A delivery in which a person's words stand wherever words can stand.
    private func delivery(_ words: String, on network: Network) -> Preview.Delivery {
        var link = Link(url: "https://example.com/\(words)")
        (link.title, link.description) = (words, words)
        let media = [
            file(words, .jpeg, alt: words), file("b.mp4", .mp4, alt: words), file("c.pdf", .pdf, alt: words),
        ]
        let options = ["poll.options": "\(words)\nNo", "poll.question": words, "poll.duration": words, "kind": words]
        let step = Step(index: 0, kind: .post, text: words, media: media, link: link, options: options)
        return Preview.Delivery(
            account: Account(id: AccountID(network, "acme")), schedule: .at(Instant(seconds: 1_796_115_600)),
            parts: [Preview.Part(step: step, length: .init(used: 300, limit: 280))],
            firstComment: Preview.Part(step: Step(index: 1, kind: .comment, text: words), length: nil),
            problems: [Diagnostic(.error, .textTooLong, at: place, words, hint: words)])
    }

    private func page(_ words: String, on networks: [Network] = Network.allCases) -> String {
        let deliveries = networks.map { delivery(words, on: $0) }
        return [
            Preview(post: words, title: words, isDraft: true, problems: deliveries[0].problems, deliveries: deliveries)
        ].page(root: "/nowhere")
    }

    /// The names of the elements, and of the attributes in them, in order.
    private func tags(_ page: String) -> [String] {
        page.matches(of: /<([!\/a-zA-Z][^\s>]*)([^>]*)>/).map { match in
            let attributes = match.2.matches(of: /([a-zA-Z:-]+)="[^"]*"/).map { String($0.1) }
            return ([String(match.1)] + attributes).joined(separator: " ")
        }
    }

    @Test(arguments: hostile)
    func `holds hostile words as words`(words: String) {
        let (page, harmless) = (page(words), page("harmless"))
        #expect(tags(page) == tags(harmless))
        #expect(!page.contains("<script") && !page.contains("<img src=x"))
        #expect(!page.unicodeScalars.contains("\u{0}") && !page.unicodeScalars.contains("\u{1B}"))
    }

    @Test func `needs nothing but itself`() {
        let page = page("Hello")
        #expect(page.contains("default-src 'none'; img-src data:; style-src 'unsafe-inline'"))
        for address in page.matches(of: /(?:src|href)="([^"]*)"/) { #expect(address.1.hasPrefix("data:")) }
        #expect(!page.contains("url(") && !page.contains("@import"))
    }

    @Test func `says how much of the length is used, and marks what is too long`() {
        let page = page("Hello", on: [.x])
        #expect(page.contains("aria-label=\"300 of 280 characters\"><i style=\"width:100%\">"))
        #expect(page.contains("class=\"meter over\""))
    }

    @Test func `draws polls, cards, videos, documents and the first comment`() {
        let page = page("Hello", on: [.linkedin])
        for piece in [
            "<div class=\"poll\"><strong>Hello</strong><ul><li>Hello</li><li>No</li></ul>",
            "<div class=\"link\"><div><strong>Hello</strong>", ">1:05</span>", "<figure class=\"document\">",
            "aria-label=\"first comment\"",
        ] {
            #expect(page.contains(piece), "\(piece)")
        }
    }

    @Test(arguments: [
        (["poll.durationMinutes": "1440"], "1 day"), (["poll.durationMinutes": "120"], "2 hours"),
        (["poll.durationMinutes": "90"], "90 minutes"), (["poll.duration": "THREE_DAYS"], "three days"),
    ])
    func `tells how long a poll runs`(options: [String: String], time: String) {
        let step = Step(index: 0, kind: .post, text: "?", options: options)
        #expect(Preview.Part(step: step, length: nil).pollTime == time)
    }

    @Test func `marks what the network links`() {
        let words = "See https://example.com with @jane #now"
        #expect(page(words, on: [.x]).contains("See <a>https://example.com</a> with <a>@jane</a> <a>#now</a>"))
        #expect(page(words, on: [.instagram]).contains("See https://example.com with <a>@jane</a> <a>#now</a>"))
        #expect(page("By @[Jane](urn:li:person:7).", on: [.linkedin]).contains("By <a>Jane</a>."))
    }

    @Test func `holds pictures up to a size, and names the others`() throws {
        let root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "preview-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try Data("GIF89a".utf8).write(to: root.appending(path: "a.gif"))
        var pictures = PreviewPictures(root: root.path)
        var small = file("a.gif", .gif, alt: "Red & round")
        small.info.byteCount = 6
        #expect(
            pictures.image(of: small)?.source == "<img src=\"data:image/gif;base64,R0lGODlh\" alt=\"Red &amp; round\">")
        var large = file("b.gif", .gif, alt: nil)
        large.info.byteCount = 5 << 20
        #expect(pictures.image(of: large) == nil)
        #expect(pictures.image(of: file("../a.gif", .gif, alt: nil)) == nil)
        #expect(pictures.image(of: file("a.heic", .heic, alt: nil)) == nil)
    }
}

@Suite struct `A preview in Markdown and for a terminal` {
    private func preview(_ words: String) -> Preview {
        let step = Step(index: 0, kind: .post, text: words)
        let delivery = Preview.Delivery(
            account: Account(id: AccountID(.x, "acme")), schedule: nil,
            parts: [Preview.Part(step: step, length: .init(used: 5, limit: 280))], firstComment: nil, problems: [])
        return Preview(post: "posts/a.md", title: words, isDraft: false, problems: [], deliveries: [delivery])
    }

    @Test func `is the same every time`() {
        #expect(
            preview("Hello").markdown == """
                ## ` Hello ` · ` posts/a.md `

                ### ` x/acme ` · unscheduled

                *5 of 280 characters*

                ```text
                Hello
                ```

                """)
        #expect(
            preview("Hello").text == """
                posts/a.md  “Hello”

                  x/acme  unscheduled
                    5 of 280 characters
                    │ Hello

                """)
    }

    @Test func `lets no words out of their fence`() {
        let markdown = preview("a\n````\n@everybody <img src=x> ```` b").markdown
        #expect(markdown.contains("`````text\na\n````\n@everybody <img src=x> ```` b\n`````"))
        #expect(markdown.hasPrefix("## ````` a ```` @everybody <img src=x> ```` b ````` · "))
    }

    @Test func `moves no cursor`() {
        let text = preview("a\u{1B}[2J\u{202E}b\rc").text
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
    }
}
