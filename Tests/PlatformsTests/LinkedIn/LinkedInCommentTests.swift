import HTTP
import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `The first comment on LinkedIn` {
    private let start = TestClock(at: "2026-09-01T09:00:00Z").now
    private let step = Step(index: 1, kind: .comment, text: "Read (more) #here")
    private let post = Receipt(
        id: "urn:li:share:714", url: "https://www.linkedin.com/feed/update/urn:li:share:714/",
        publishedAt: Instant(seconds: 0))

    private func publish(_ answer: Result<Response, TransportError>, _ account: Account = page) async throws -> (
        Result<Receipt, PlatformFailure>, [Request]
    ) {
        let transport = ScriptedTransport(inOrder: [answer])
        let claim = try await claim(account.id, step: 1)
        let draft = LinkedInDraft(author: "urn:li:organization:5")
        do throws(PlatformFailure) {
            let receipt = try await linkedIn(account, transport)
                .publish(step, draft: draft, after: [post], claim: claim)
            return (.success(receipt), transport.requests)
        } catch {
            return (.failure(error), transport.requests)
        }
    }

    @Test func `is plain text below the post, sent once`() async throws {
        let (result, requests) = try await publish(.json(#"{"id":"77"}"#, status: 201))
        #expect(try result.get().id == "77" && (try result.get().url) == post.url)
        let request = try #require(requests.first)
        #expect(requests.count == 1 && request.repetition == .forbidden)
        #expect(request.url == "https://api.linkedin.com/rest/socialActions/urn%3Ali%3Ashare%3A714/comments")
        #expect(
            request.json
                == [
                    "actor": "urn:li:organization:5", "object": "urn:li:share:714",
                    "message": ["text": "Read (more) #here"],
                ])
        let urn = "urn:li:comment:(urn:li:activity:1,2)"
        #expect(try await publish(.empty(201, headers: ["x-restli-id": urn])).0.get().id == urn)
    }

    @Test func `that is forbidden stops nothing else`() async throws {
        let (result, _) = try await publish(.json(#"{"code":"ACCESS_DENIED","message":"no"}"#, status: 403))
        guard case .failure(let failure) = result else { return #expect(Bool(false), "published") }
        #expect(failure.kind == .permanent && failure.scope == .delivery)
        #expect(failure.code == "linkedin.comment-forbidden" && failure.status == 403)
        #expect(failure.hint?.contains("w_organization_social_feed") == true)
    }

    @Test func `comes later when the post is not indexed, and is unclear when its answer is lost`() async throws {
        guard case .failure(let early) = try await publish(.json(#"{"code":"NOT_FOUND"}"#, status: 404)).0,
            case .failure(let lost) = try await publish(.lost).0,
            case .failure(let empty) = try await publish(.empty(201)).0
        else { return #expect(Bool(false), "published") }
        #expect(early.kind == .retryable && early.code == "linkedin.not-indexed")
        #expect(lost.kind == .ambiguous && empty.kind == .ambiguous)
    }

    @Test func `needs nothing to be prepared`() async throws {
        let prepared = try await linkedIn(page, ScriptedTransport([])).prepare(step, after: [post], resuming: nil)
        guard case .ready(let draft) = prepared else { return #expect(Bool(false), "not ready") }
        #expect(draft == LinkedInDraft(author: "urn:li:organization:5"))
    }

    private func comment(
        _ id: String, _ text: String = "Read (more) #here", by actor: String = "urn:li:organization:5",
        at seconds: Int64 = 1
    ) -> JSON {
        [
            "id": JSON(id), "actor": JSON(actor), "message": ["text": JSON(text)],
            "created": ["time": JSON((start + .seconds(seconds)).milliseconds)],
        ]
    }

    private func find(_ comments: [JSON]) async throws -> Finding {
        let body = JSON.object(["elements": .array(comments)]).compact()
        let transport = ScriptedTransport(inOrder: [.json(String(decoding: body, as: UTF8.self))])
        return try await linkedIn(page, transport).find(step, draft: nil, after: [post], since: start)
    }

    @Test func `is found by its author and words`() async throws {
        let found = try await find([comment("1", by: "urn:li:person:X"), comment("2", "other"), comment("3")])
        #expect(
            found
                == .published(
                    Receipt(id: "3", url: post.url, publishedAt: start + .seconds(1), found: .recovered)))
        #expect(try await find([comment("1", by: "urn:li:person:X"), comment("2", at: -121)]) == .absent)
        #expect(try await find([comment("1"), comment("2")]) == .unclear)
        #expect(try await find((0..<100).map { comment("\($0)", "other") }) == .unclear)
    }

    @Test func `cannot be looked for without the right to read`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"code":"ACCESS_DENIED"}"#, status: 403)])
        #expect(try await linkedIn(page, transport).find(step, draft: nil, after: [post], since: start) == .unclear)
    }

    @Test func `is a step of its own with its name alone for a mention`() {
        var content = words(page, "One")
        content.firstComment = written("Thanks @[Acme (EU)](urn:li:organization:1)!")
        let composition = LinkedInText.compose(content)
        #expect(composition.steps.map(\.kind) == [.post, .comment])
        #expect(composition.steps.last?.text == "Thanks Acme (EU)!")
        #expect(complaints(composition) == ["warning not-available"])
    }
}
