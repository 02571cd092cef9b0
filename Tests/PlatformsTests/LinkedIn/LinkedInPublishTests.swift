import HTTP
import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `Publishing to LinkedIn` {
    private let step = Step(index: 0, kind: .post, text: "Hello (world) #swift")

    private func draft(_ images: String...) -> LinkedInDraft {
        LinkedInDraft(
            author: "urn:li:organization:5",
            assets: images.map { LinkedInDraft.Asset(urn: $0, digest: "", state: .ready) })
    }

    private func sent(_ step: Step, _ draft: LinkedInDraft) async throws -> JSON {
        let transport = ScriptedTransport(inOrder: [.empty(201, headers: ["x-restli-id": "urn:li:share:1"])])
        _ = try await linkedIn(page, transport).publish(step, draft: draft, after: [], claim: try await claim(page.id))
        return try #require(transport.requests.first?.json)
    }

    @Test func `sends one request that is never repeated`() async throws {
        let transport = ScriptedTransport(inOrder: [.empty(201, headers: ["x-restli-id": "urn:li:share:714"])])
        let receipt = try await linkedIn(page, transport)
            .publish(step, draft: draft(), after: [], claim: try await claim(page.id))
        #expect(
            receipt
                == Receipt(
                    id: "urn:li:share:714", url: "https://www.linkedin.com/feed/update/urn:li:share:714/",
                    publishedAt: TestClock(at: "2026-09-01T09:00:00Z").now))
        let request = try #require(transport.requests.first)
        #expect(transport.requests.count == 1)
        #expect(request.method == .post && request.url == "https://api.linkedin.com/rest/posts")
        #expect(request.repetition == .forbidden)
        #expect(request.headers["Authorization"] == "Bearer secret-token")
        #expect(request.headers["LinkedIn-Version"] == "202609")
        #expect(request.headers["X-Restli-Protocol-Version"] == "2.0.0")
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(!request.headers.description.contains("secret-token"))
        let expected = #"""
            {"author":"urn:li:organization:5","commentary":"Hello \\(world\\) #swift","distribution":{"feedDistribution":"MAIN_FEED","targetEntities":[],"thirdPartyDistributionChannels":[]},"isReshareDisabledByAuthor":false,"lifecycleState":"PUBLISHED","visibility":"PUBLIC"}
            """#
        #expect(request.bodyText == expected)
    }

    @Test func `names one image, several or a link in the content`() async throws {
        var step = step
        step.media = [picture("a.jpg")]
        #expect(
            try await sent(step, draft("urn:li:image:A"))["content"]
                == ["media": ["id": "urn:li:image:A", "altText": "A red bicycle"]])
        step.media.append(picture("b.jpg", alt: nil))
        #expect(
            try await sent(step, draft("urn:li:image:A", "urn:li:image:B"))["content"]
                == [
                    "multiImage": [
                        "images": [["id": "urn:li:image:A", "altText": "A red bicycle"], ["id": "urn:li:image:B"]]
                    ]
                ])
        step.media = []
        step.link = Link(url: "https://example.com/a_b")
        step.link?.title = "A (title)"
        step.link?.description = "Why"
        #expect(
            try await sent(step, draft())["content"]
                == ["article": ["source": "https://example.com/a_b", "title": "A (title)", "description": "Why"]])
    }

    @Test func `names a video, a document, a card with its picture, a poll or another post`() async throws {
        var step = step
        var file = picture("a.mp4", format: .mp4)
        file.reference.title = "A talk"
        step.media = [file]
        #expect(
            try await sent(step, draft("urn:li:video:V"))["content"]
                == ["media": ["id": "urn:li:video:V", "title": "A talk"]])
        step.media[0].info.format = .pdf
        #expect(
            try await sent(step, draft("urn:li:document:D"))["content"]
                == ["media": ["id": "urn:li:document:D", "title": "A talk"]])
        step.media = []
        step.link = Link(url: "https://example.com")
        step.link?.title = "A"
        step.link?.image = picture("a.jpg")
        #expect(
            try await sent(step, draft("urn:li:image:A"))["content"]
                == ["article": ["source": "https://example.com", "title": "A", "thumbnail": "urn:li:image:A"]])
        step.link = nil
        step.options = [
            "poll.question": "Which (one)?", "poll.options": "A, or B\nC", "poll.duration": "SEVEN_DAYS",
            "feedDistribution": "NONE",
        ]
        let poll = try await sent(step, draft())
        #expect(
            poll["content"]
                == [
                    "poll": [
                        "question": "Which (one)?", "options": [["text": "A, or B"], ["text": "C"]],
                        "settings": ["duration": "SEVEN_DAYS"],
                    ]
                ])
        #expect(poll["distribution"]?["feedDistribution"] == "NONE")
        step.options = ["reshareContext.parent": "urn:li:share:7"]
        let shared = try await sent(step, draft())
        #expect(shared["content"] == nil && shared["reshareContext"] == ["parent": "urn:li:share:7"])
    }

    @Test func `sends the options`() async throws {
        var step = step
        step.options = ["visibility": "LOGGED_IN", "isReshareDisabledByAuthor": "true"]
        let body = try await sent(step, draft())
        #expect(body["visibility"] == "LOGGED_IN" && body["isReshareDisabledByAuthor"] == true)
    }

    @Test func `knows the older header of the id`() async throws {
        let transport = ScriptedTransport(inOrder: [.empty(201, headers: ["X-LinkedIn-Id": "urn:li:ugcPost:9"])])
        let receipt = try await linkedIn(page, transport)
            .publish(step, draft: draft(), after: [], claim: try await claim(page.id))
        #expect(receipt.id == "urn:li:ugcPost:9")
    }

    @Test(arguments: try ErrorRow.all("linkedin/errors"))
    func `knows what an answer without success means`(_ row: ErrorRow) async throws {
        let publishing = linkedIn(page, ScriptedTransport(inOrder: [row.answer]))
        let claim = try await claim(page.id)
        var refused: PlatformFailure?
        do { _ = try await publishing.publish(step, draft: draft(), after: [], claim: claim) } catch { refused = error }
        try row.check(refused, "publishing")
        #expect(refused?.keepsDraft == (refused?.code == "linkedin.media-not-ready"))

        let looking = linkedIn(page, ScriptedTransport(inOrder: [row.answer]))
        var step = step
        step.media = [picture("a.jpg")]
        let kept = LinkedInDraft(
            author: "urn:li:organization:5",
            assets: [.init(urn: "urn:li:image:A", digest: "sha256:a.jpg", state: .uploaded)], waits: 1)
        let failure = await failure { () async throws(PlatformFailure) in
            try await looking.prepare(step, after: [], resuming: kept)
        }
        // A status that may not be read is no failure: the post is tried without it.
        if row.row["status"] == 403 { #expect(failure == nil) } else { try row.check(failure, "repeatable") }
    }

    @Test func `does not know what a lost or empty answer means`() async throws {
        for answer: Result<Response, TransportError> in [.lost, .empty(201), .empty(200)] {
            let failure = try await refusal(answer)
            #expect(failure?.kind == .ambiguous)
        }
        #expect(try await refusal(.neverSent)?.kind == .retryable)
    }

    private func refusal(_ answer: Result<Response, TransportError>) async throws -> PlatformFailure? {
        let claim = try await claim(page.id)
        do {
            _ = try await linkedIn(page, ScriptedTransport(inOrder: [answer]))
                .publish(step, draft: draft(), after: [], claim: claim)
            return nil
        } catch {
            return error
        }
    }

    @Test func `sends nothing without a token`() async throws {
        let transport = ScriptedTransport([])
        let platform = LinkedInPlatform(session(account: page, credentials: [:], transport: transport))
        let claim = try await claim(page.id)
        var refused: PlatformFailure?
        do { _ = try await platform.publish(step, draft: draft(), after: [], claim: claim) } catch { refused = error }
        #expect(refused?.kind == .auth && refused?.scope == .account)
        #expect(refused?.hint?.contains("SOCIALS_ACCOUNT_LINKEDIN_PAGE_ACCESS_TOKEN") == true)
        #expect(transport.requests.isEmpty)
    }
}
