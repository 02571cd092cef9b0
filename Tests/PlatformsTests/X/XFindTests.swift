import HTTP
import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `Looking for a post on X` {
    private let step = Step(index: 0, kind: .post, text: "Fish & <chips> at example.com, café")
    private let start = XFixtures.now

    /// A post as the API lists it, with the words of `step` unless told otherwise.
    private func row(
        _ number: Int64, at offset: Duration = .seconds(1),
        text: String = "Fish &amp; &lt;chips&gt; at https://t.co/abc, cafe\u{301} ", parent: String? = nil,
        media: [String] = [], renamed: Bool = false
    ) -> JSON {
        var row: JSON = [
            "id": JSON(XFixtures.id(start + offset, number)), "created_at": JSON((start + offset).rfc3339),
            "text": JSON(text + (media.isEmpty ? "" : " https://t.co/pic")),
            "entities": [
                "urls": [
                    ["url": "https://t.co/abc", "expanded_url": "http://example.com", "display_url": "example.com"],
                    ["url": "https://t.co/pic", "expanded_url": "https://x.com/a", "display_url": "pic.x.com/pic"],
                ]
            ],
        ]
        if let parent {
            row[renamed ? "referenced_posts" : "referenced_tweets"] = [["type": "replied_to", "id": JSON(parent)]]
        }
        if !media.isEmpty { row["attachments"] = ["media_keys": .array(media.map { JSON($0) })] }
        return row
    }

    private func page(_ rows: [JSON], next: String? = nil) -> Result<Response, TransportError> {
        var meta: JSON = ["result_count": JSON(rows.count)]
        meta["next_token"] = next.map { JSON($0) }
        var body: JSON = ["meta": meta]
        if !rows.isEmpty { body["data"] = .array(rows) }
        return .json(String(decoding: body.compact(), as: UTF8.self))
    }

    private func find(
        _ rows: [JSON], step: Step? = nil, draft: XDraft? = nil, after earlier: [Receipt] = []
    ) async throws -> Finding {
        try await XFixtures.platform(ScriptedTransport(inOrder: [page(rows)]))
            .find(step ?? self.step, draft: draft, after: earlier, since: start)
    }

    private func upload(_ id: String) -> XDraft {
        XDraft(media: [XFixtures.upload(id)])
    }

    @Test func `asks the user's timeline from two minutes before the request`() async throws {
        let transport = ScriptedTransport(inOrder: [page([])])
        let finding = try await XFixtures.platform(transport).find(step, draft: nil, after: [], since: start)
        #expect(finding == .absent)
        #expect(transport.requests.count == 1)
        let request = try #require(transport.requests.first)
        let id = String((start.milliseconds - 120_000 - 1_288_834_974_657) * 4_194_304)
        #expect(request.url.hasPrefix("https://api.x.com/2/users/42/tweets?since_id=\(id)&max_results=100&"))
        #expect(request.url.contains("exclude=retweets&tweet.fields=created_at%2C"))
        #expect(request.method == .get)
    }

    @Test func `finds the same words, whatever X made of them`() async throws {
        let finding = try await find([row(1, text: "Something else"), row(2)])
        let id = XFixtures.id(start + .seconds(1), 2)
        #expect(
            finding
                == .published(
                    Receipt(
                        id: id, url: "https://x.com/i/web/status/\(id)", publishedAt: start + .seconds(1),
                        found: .recovered)))
    }

    @Test func `reads the whole of a long post`() async throws {
        var long = row(1, text: "Fish…")
        long["note_post"] = ["text": "Fish &amp; &lt;chips&gt; at example.com, café"]
        #expect(try await find([long]) != .absent)
    }

    @Test func `cannot tell between several`() async throws { #expect(try await find([row(1), row(2)]) == .unclear) }

    @Test func `takes neither older posts nor those of earlier steps`() async throws {
        #expect(try await find([row(1, at: .seconds(-121))]) == .absent)
        #expect(try await find([row(1)], after: [XFixtures.receipt(XFixtures.id(start + .seconds(1), 1))]) == .absent)
    }

    @Test(arguments: [false, true]) func `wants the parent of a reply, and none for a post`(_ renamed: Bool)
        async throws
    {
        let reply = Step(index: 1, kind: .reply, text: step.text)
        let rows = [row(1), row(2, parent: "8", renamed: renamed), row(3, parent: "9", renamed: renamed)]
        let finding = try await find(rows, step: reply, after: [XFixtures.receipt("9")])
        guard case .published(let receipt) = finding else {
            Issue.record("\(finding)")
            return
        }
        #expect(receipt.id == XFixtures.id(start + .seconds(1), 3))
        #expect(try await find([row(3, parent: "9")]) == .absent)
    }

    @Test func `knows a post by the media that it uploaded`() async throws {
        let step = Step(index: 0, kind: .post, text: "Other words", media: [XFixtures.file("a.jpg")])
        let rows = [row(1, media: ["3_11"]), row(2, media: ["3_12"])]
        guard case .published(let receipt) = try await find(rows, step: step, draft: upload("12")) else {
            Issue.record("not found")
            return
        }
        #expect(receipt.id == XFixtures.id(start + .seconds(1), 2))
    }

    @Test func `leaves the links to its media out of the words`() async throws {
        let step = Step(index: 0, kind: .post, text: step.text, media: [XFixtures.file("a.jpg")])
        #expect(try await find([row(1, media: ["3_11"])], step: step) != .absent)
        #expect(try await find([row(1)], step: step) == .absent)
    }

    @Test func `cannot tell pictures without words apart unless it knows the uploads`() async throws {
        let step = Step(index: 0, kind: .post, text: "", media: [XFixtures.file("a.jpg")])
        let rows = [row(1, text: "", media: ["3_11"])]
        #expect(try await find(rows, step: step) == .unclear)
        #expect(try await find(rows, step: step, draft: upload("12")) == .absent)
        #expect(try await find(rows, step: step, draft: upload("11")) != .absent)
        #expect(try await find([], step: step) == .absent)
    }

    @Test func `turns the pages`() async throws {
        let transport = ScriptedTransport(inOrder: [page([row(1, text: "a")], next: "n1"), page([row(2)])])
        let finding = try await XFixtures.platform(transport).find(step, draft: nil, after: [], since: start)
        #expect(finding != .absent)
        #expect(transport.requests[1].url.hasSuffix("&pagination_token=n1"))
    }

    @Test func `does not say absent when there is more than it reads`() async throws {
        let transport = ScriptedTransport([.on(.get, "/tweets", page([row(1, text: "a")], next: "n"), always: true)])
        #expect(try await XFixtures.platform(transport).find(step, draft: nil, after: [], since: start) == .unclear)
        #expect(transport.requests.count == 10)
    }

    @Test func `uses the new names of fields if the old ones are refused`() async throws {
        let refusal =
            #"{"errors":[{"parameters":{"tweet.fields":["x"]},"message":"The query parameter is not known"}]}"#
        let transport = ScriptedTransport(inOrder: [.json(refusal, status: 400), page([row(1)])])
        let finding = try await XFixtures.platform(transport).find(step, draft: nil, after: [], since: start)
        #expect(finding != .absent)
        #expect(transport.requests[1].url.contains("&post.fields=created_at%2C"))
        #expect(transport.requests[1].url.hasSuffix("&expansions=attachments.media_keys%2Creferenced_posts"))
    }

    @Test func `cannot tell from an answer without posts and without their number`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"errors":[{"title":"Authorization Error"}]}"#)])
        #expect(try await XFixtures.platform(transport).find(step, draft: nil, after: [], since: start) == .unclear)
    }

    @Test func `fails where reading fails, never ambiguously`() async throws {
        let answers: [(Result<Response, TransportError>, PlatformFailure.Kind)] = [
            (.lost, .retryable), (.empty(503), .retryable), (.json("<html>"), .retryable), (.empty(402), .account),
            (.empty(401), .auth),
        ]
        for (answer, kind) in answers {
            let failure = await failure { () async throws(PlatformFailure) in
                try await XFixtures.platform(ScriptedTransport(inOrder: [answer]))
                    .find(step, draft: nil, after: [], since: start)
            }
            #expect(failure?.kind == kind)
        }
    }

    @Test(arguments: [false, true]) func `wants a poll for a poll, and none for other words`(_ hasPoll: Bool)
        async throws
    {
        var listed = row(1)
        listed["attachments"] = ["poll_ids": ["77"]]
        let step = Step(
            index: 0, kind: .post, text: step.text, options: hasPoll ? ["poll.options": "Yes\nNo"] : [:])
        #expect((try await find([listed], step: step) == .absent) != hasPoll)
        #expect((try await find([row(1)], step: step) == .absent) == hasPoll)
    }

    @Test(arguments: [false, true]) func `knows a quote by the post that it quotes`(_ renamed: Bool) async throws {
        let step = Step(index: 0, kind: .post, text: "So true", options: ["quoteTweetId": "55"])
        func quote(_ id: String) -> JSON {
            var quote = row(1, text: "So true https://t.co/quo")
            quote["entities"] = [
                "urls": [["url": "https://t.co/quo", "expanded_url": JSON("https://twitter.com/a/status/\(id)")]]
            ]
            quote[renamed ? "referenced_posts" : "referenced_tweets"] = [["type": "quoted", "id": JSON(id)]]
            return quote
        }
        #expect(try await find([quote("55")], step: step) != .absent)
        #expect(try await find([quote("56")], step: step) == .absent)
        #expect(try await find([row(1, text: "So true")], step: step) == .absent)
        // An address of a post in the words makes a quote as well.
        let linked = Step(index: 0, kind: .post, text: "So true https://twitter.com/a/status/55")
        #expect(try await find([quote("55")], step: linked) != .absent)
    }

    @Test func `does not take a long post for absent when only its beginning is told`() async throws {
        let text = String(repeating: "many words ", count: 100)
        let step = Step(index: 0, kind: .post, text: text)
        let beginning = String(text.prefix(270)) + "…"
        #expect(try await find([row(1, text: beginning)], step: step) == .unclear)
        #expect(try await find([row(1, text: "Other " + beginning)], step: step) == .absent)
        var long = row(1, text: beginning)
        long["note_tweet"] = ["text": JSON(text)]
        guard case .published = try await find([long], step: step) else {
            Issue.record("not found")
            return
        }
    }

    @Test(
        arguments: [
            (["nullcast": "true"], Finding.unclear), (["communityId": "146"], .unclear),
            (["communityId": "146", "shareWithFollowers": "true"], .absent), (["madeWithAi": "true"], .absent),
        ])
    func `believes in absence only where the timeline would show it`(
        _ options: [String: String], _ finding: Finding
    ) async throws {
        let step = Step(index: 0, kind: .post, text: "Hello", options: options)
        #expect(try await find([row(1)], step: step) == finding)
    }

    @Test func `looks for a comment below the head of a thread`() async throws {
        let comment = Step(index: 2, kind: .comment, text: step.text)
        let earlier = [XFixtures.receipt("8"), XFixtures.receipt("9")]
        #expect(try await find([row(1, parent: "9")], step: comment, after: earlier) == .absent)
        #expect(try await find([row(1, parent: "8")], step: comment, after: earlier) != .absent)
    }
}
