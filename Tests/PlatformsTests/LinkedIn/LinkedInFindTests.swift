import HTTP
import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `Looking for a post on LinkedIn` {
    private let start = TestClock(at: "2026-09-01T09:00:00Z").now
    private let step = Step(index: 0, kind: .post, text: "Hello (world) #swift")

    private func post(
        _ id: String, _ commentary: String = ##"Hello \(world\) {hashtag|\#|swift}"##, at seconds: Int64 = 0,
        state: String = "PUBLISHED", image: String? = nil
    ) -> JSON {
        var post: JSON = [
            "id": JSON("urn:li:share:\(id)"), "commentary": JSON(commentary), "lifecycleState": JSON(state),
            "createdAt": JSON((start + .seconds(seconds)).milliseconds),
            "lastModifiedAt": JSON((start + .seconds(seconds)).milliseconds),
        ]
        post["content"] = image.map { ["media": ["id": JSON($0)]] }
        return post
    }

    private func find(_ posts: [JSON], draft: LinkedInDraft? = nil, of other: Step? = nil) async throws -> Finding {
        let body = JSON.object(["elements": .array(posts)]).compact()
        let transport = ScriptedTransport(inOrder: [.json(String(decoding: body, as: UTF8.self))])
        return try await linkedIn(page, transport).find(other ?? step, draft: draft, after: [], since: start)
    }

    private func found(_ id: String, at seconds: Int64 = 0) -> Finding {
        .published(
            Receipt(
                id: "urn:li:share:\(id)", url: "https://www.linkedin.com/feed/update/urn:li:share:\(id)/",
                publishedAt: start + .seconds(seconds), found: .recovered))
    }

    @Test func `asks for the author's posts`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"elements":[]}"#)])
        let finding = try await linkedIn(page, transport).find(step, draft: nil, after: [], since: start)
        #expect(finding == .absent)
        let request = try #require(transport.requests.first)
        let query = "author=urn%3Ali%3Aorganization%3A5&q=author&count=20&sortBy=LAST_MODIFIED"
        #expect(request.method == .get && request.url == "https://api.linkedin.com/rest/posts?\(query)")
        #expect(request.headers["X-RestLi-Method"] == "FINDER")
    }

    @Test func `finds the one with the same words`() async throws {
        #expect(try await find([post("1", "other"), post("2", at: 3)]) == found("2", at: 3))
        #expect(try await find([post("2", "\nHello \\(world\\) #swift ")]) == found("2"))
    }

    @Test func `takes none that is older, failed or other`() async throws {
        #expect(try await find([post("1", at: -121)]) == .absent)
        #expect(try await find([post("1", at: -120)]) == found("1", at: -120))
        #expect(try await find([post("1", state: "PUBLISH_FAILED"), post("2", state: "DRAFT")]) == .absent)
        #expect(try await find([post("1", "Hello")]) == .absent)
    }

    @Test func `tells several apart by their images, else not at all`() async throws {
        let draft = LinkedInDraft(
            author: "urn:li:organization:5", assets: [.init(urn: "urn:li:image:A", digest: "sha256:a.jpg")])
        let posts = [post("1", image: "urn:li:image:B"), post("2", image: "urn:li:image:A")]
        var step = step
        step.media = [picture("a.jpg")]
        #expect(try await find(posts, draft: draft, of: step) == found("2"))
        #expect(try await find(posts, of: step) == .unclear)
    }

    @Test func `knows each kind of content`() async throws {
        var video = step
        video.media = [picture("a.mp4", format: .mp4)]
        var pictures = step
        pictures.media = [picture("a.jpg"), picture("b.jpg")]
        var article = step
        article.link = Link(url: "https://example.com")
        var poll = step
        poll.options = ["poll.question": "Which?", "poll.options": "A\nB", "poll.duration": "ONE_DAY"]
        var shared = step
        shared.options = ["reshareContext.parent": "urn:li:share:7"]
        let contents: [(Step, JSON)] = [
            (video, ["content": ["media": ["id": "urn:li:video:V"]]]),
            (pictures, ["content": ["multiImage": ["images": [["id": "urn:li:image:1"], ["id": "urn:li:image:2"]]]]]),
            (article, ["content": ["article": ["source": "https://example.com"]]]),
            (poll, ["content": ["poll": ["question": "Which?"]]]),
            (shared, ["reshareContext": ["parent": "urn:li:share:7"]]),
        ]
        for (step, _) in contents {
            for (other, fields) in contents {
                var listed = post("1")
                for (key, value) in fields.object ?? [:] { listed[key] = value }
                #expect(try await find([listed], of: step) == (other == step ? found("1") : .absent))
            }
            // A listing without content: the words have to do, and nothing does without them.
            #expect(try await find([post("1")], of: step) == found("1"))
            var silent = step
            silent.text = ""
            #expect(try await find([post("1", "")], of: silent) == (step == shared ? found("1") : .absent))
        }
    }

    @Test func `cannot tell from a list that does not go back far enough`() async throws {
        let newer = (0..<20).map { post("\($0)", "other", at: 60) }
        #expect(try await find(newer) == .unclear)
        #expect(try await find(newer.dropLast() + [post("99", "other", at: -600)]) == .absent)
    }

    @Test func `cannot tell for members, and asks nothing`() async throws {
        let transport = ScriptedTransport([])
        #expect(try await linkedIn(member, transport).find(step, draft: nil, after: [], since: start) == .unclear)
        #expect(LinkedInPlatform.capabilities(of: member).recovery == .askPerson)
        #expect(LinkedInPlatform.capabilities(of: page).recovery == .find)
    }

    @Test func `cannot tell without the right to read`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"code":"ACCESS_DENIED"}"#, status: 403)])
        #expect(try await linkedIn(page, transport).find(step, draft: nil, after: [], since: start) == .unclear)
    }
}

@Suite struct `Who posts on LinkedIn` {
    @Test func `is the account's author, without a question`() async throws {
        #expect(try await linkedIn(page, ScriptedTransport([])).actor() == "urn:li:organization:5")
    }

    @Test func `is the token's member, asked once`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"sub":"AbC","name":"Jane"}"#)])
        let platform = linkedIn(member, transport)
        #expect(try await platform.actor() == "urn:li:person:AbC")
        #expect(try await platform.actor() == "urn:li:person:AbC")
        #expect(transport.requests.map(\.url) == ["https://api.linkedin.com/v2/userinfo"])
        #expect(transport.requests.first?.headers["LinkedIn-Version"] == nil)
    }

    @Test func `is asked the older way when the app has no OpenID Connect`() async throws {
        let transport = ScriptedTransport(inOrder: [
            .json(#"{"code":"ACCESS_DENIED"}"#, status: 403), .json(#"{"id":"XyZ"}"#),
        ])
        #expect(try await linkedIn(member, transport).actor() == "urn:li:person:XyZ")
        #expect(transport.requests.last?.url == "https://api.linkedin.com/v2/me")
    }
}
