import HTTP
import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `Containers for Instagram` {
    private let start = TestClock(at: "2026-09-01T09:00:00Z").now
    private let one = Step(index: 0, kind: .post, text: "A & b #c", media: [picture("a.jpg")])
    private let two = Step(
        index: 0, kind: .post, text: "One", media: [picture("a.jpg"), picture("b.jpg", alt: nil)],
        options: ["collaborators": "ann,bob", "locationId": "7"])

    private func ready(
        _ transport: ScriptedTransport, _ step: Step, _ draft: InstagramDraft? = nil
    ) async throws -> InstagramDraft {
        switch try await instagram(transport).prepare(step, after: [], resuming: draft) {
        case .ready(let draft): return draft
        case .notYet(let draft, let again):
            Issue.record("not ready, but again at \(again.rfc3339)")
            return draft
        }
    }

    private func waiting(
        _ transport: ScriptedTransport, _ step: Step, _ draft: InstagramDraft? = nil
    ) async throws -> (InstagramDraft, Instant) {
        switch try await instagram(transport).prepare(step, after: [], resuming: draft) {
        case .ready(let draft):
            Issue.record("ready at once")
            return (draft, start)
        case .notYet(let draft, let again): return (draft, again)
        }
    }

    private func refusal(
        _ transport: ScriptedTransport, _ step: Step, _ draft: InstagramDraft? = nil
    ) async -> PlatformFailure? {
        await failure { () async throws(PlatformFailure) in
            try await instagram(transport).prepare(step, after: [], resuming: draft)
        }
    }

    @Test func `are one for one image`() async throws {
        let transport = answering([.json(#"{"id":"17900000000000001"}"#), container("FINISHED")])
        let draft = try await ready(transport, one)
        #expect(draft == InstagramDraft(of: one, container: "17900000000000001"))
        let requests = transport.asked
        #expect(
            requests.map(\.url) == [
                "https://graph.facebook.com/v25.0/1784/media",
                "https://graph.facebook.com/v25.0/17900000000000001?fields=status_code%2Cstatus",
            ])
        #expect(
            requests[0].bodyText
                == "image_url=https%3A%2F%2Fmedia.example.com%2Fa.jpg&alt_text=A%20red%20bicycle&caption=A%20%26%20b%20%23c"
        )
        #expect(requests[0].headers["Authorization"] == "Bearer secret-token")
        #expect(requests[0].headers["Content-Type"] == "application/x-www-form-urlencoded")
        #expect(requests.allSatisfy { $0.repetition == .allowed && !$0.url.contains("secret-token") })
    }

    @Test func `are one for each image of a carousel, and one around them`() async throws {
        let transport = ScriptedTransport([
            .on(.get, "content_publishing_limit", quota(2, of: 50), always: true),
            .init(matches: { $0.bodyText.contains("a.jpg") }, answer: .json(#"{"id":"11"}"#)),
            .init(matches: { $0.bodyText.contains("b.jpg") }, answer: .json(#"{"id":"12"}"#)),
            .on(.get, "/11?", container("FINISHED")), .on(.get, "/12?", container("FINISHED")),
            .on(.post, "/1784/media", .json(#"{"id":"20"}"#)), .on(.get, "/20?", container("FINISHED")),
        ])
        let draft = try await ready(transport, two)
        #expect(draft == InstagramDraft(of: two, container: "20", children: ["11", "12"]))
        let bodies = transport.asked.filter { $0.method == .post }.map(\.bodyText)
        #expect(
            bodies.dropLast().sorted() == [
                "image_url=https%3A%2F%2Fmedia.example.com%2Fa.jpg&alt_text=A%20red%20bicycle&is_carousel_item=true",
                "image_url=https%3A%2F%2Fmedia.example.com%2Fb.jpg&is_carousel_item=true",
            ])
        #expect(
            bodies.last
                == "media_type=CAROUSEL&children=11%2C12&caption=One"
                + "&collaborators=%5B%22ann%22%2C%22bob%22%5D&location_id=7")
    }

    @Test func `are looked at again, later each time`() async throws {
        var (draft, again) = try await waiting(
            answering([.json(#"{"id":"5"}"#), container("IN_PROGRESS")]), one)
        var pauses = [again - start]
        for _ in 0..<6 {
            let kept = try #require(InstagramDraft(json: draft.json))
            #expect(kept == draft)
            (draft, again) = try await waiting(answering([container("IN_PROGRESS")]), one, kept)
            pauses.append(again - start)
        }
        #expect(pauses == [3, 6, 12, 24, 48, 60, 60].map(Duration.seconds))
        #expect(try await ready(answering([container("FINISHED")]), one, draft).container == "5")
    }

    @Test func `of a carousel wait until all images are ready`() async throws {
        let kept = InstagramDraft(of: two, children: ["11", "12"])
        let (draft, _) = try await waiting(
            ScriptedTransport([
                .on(.get, "content_publishing_limit", quota(2, of: 50)), .on(.get, "/11?", container("FINISHED")),
                .on(.get, "/12?", container("IN_PROGRESS")),
            ]), two, kept)
        #expect(draft.container == nil && draft.children == ["11", "12"])
        let refused = ScriptedTransport([
            .on(.get, "content_publishing_limit", quota(2, of: 50), always: true),
            .on(.get, "/1", container("FINISHED"), always: true),
            .on(.post, "/media", .json(#"{"error":{"code":9007,"error_subcode":2207027}}"#, status: 400)),
        ])
        let (later, again) = try await waiting(refused, two, draft)
        #expect(later.looks == 2 && again == start + .seconds(6))
    }

    @Test(arguments: [
        container("EXPIRED"), container("ERROR", "Error: 2207003 download"), container("ERROR", "2207001"),
        container("ERROR", "something else"), .json(#"{"error":{"code":100,"error_subcode":33}}"#, status: 400),
        .json(#"{"error":{"code":24,"error_subcode":2207008}}"#, status: 400),
    ])
    func `are made anew once when they are spoilt or gone`(_ answer: Result<Response, TransportError>) async throws {
        let transport = answering([answer, .json(#"{"id":"6"}"#), container("FINISHED")])
        let draft = try await ready(transport, one, InstagramDraft(of: one, container: "5"))
        #expect(draft == InstagramDraft(of: one, container: "6", renewals: 1))
        let again = answering([answer])
        let failure = await refusal(again, one, draft)
        #expect(failure?.kind == .retryable && failure?.code == "instagram.container-failed")
    }

    @Test(arguments: [
        ("2207026", "instagram.media-refused"), ("Error: media URI 2207052", "instagram.media-host"),
        ("2207010", "instagram.refused"),
    ]) func `are given up when the file is at fault`(_ words: String, _ code: String) async throws {
        let failure = await refusal(
            answering([container("ERROR", words)]), one, InstagramDraft(of: one, container: "5"))
        #expect(failure?.kind == .permanent && failure?.code == code)
    }

    @Test func `are never published twice`() async throws {
        let failure = await refusal(
            answering([container("PUBLISHED")]), one, InstagramDraft(of: one, container: "5"))
        #expect(failure?.kind == .permanent && failure?.duplicate?.receipt?.id == "container:5")
    }

    @Test func `are not made without an image`() async throws {
        let failure = await refusal(ScriptedTransport([]), Step(index: 0, kind: .post, text: "One"))
        #expect(failure?.kind == .permanent && failure?.code == "instagram.no-media")
    }

    @Test func `of other media are not used`() async throws {
        let transport = answering([.json(#"{"id":"6"}"#), container("FINISHED")])
        let old = InstagramDraft(
            of: Step(index: 0, kind: .post, text: one.text, media: [picture("other.jpg")]), container: "5")
        #expect(try await ready(transport, one, old).container == "6")
    }

    @Test(arguments: try ErrorRow.all("instagram/errors"))
    func `fail as the table says`(_ row: ErrorRow) async throws {
        try row.check(await refusal(answering([row.answer]), one), "repeatable")
    }
}
