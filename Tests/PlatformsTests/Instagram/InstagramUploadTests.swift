import HTTP
import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `A video for Instagram with Facebook login` {
    private let start = TestClock(at: "2026-09-01T09:00:00Z").now
    private let bytes = (0..<100).map { UInt8($0) }
    private var reel: Step {
        Step(index: 0, kind: .post, text: "Look", media: [video("a.mp4", bytes: 100, thumbnail: picture("c.jpg"))])
    }

    private func platform(_ transport: ScriptedTransport) -> InstagramPlatform {
        InstagramPlatform(
            session(
                account: shop, credentials: ["ACCESS_TOKEN": "secret-token"], transport: transport,
                media: TestMedia(files: ["a.mp4": bytes])))
    }

    private func prepared(
        _ transport: ScriptedTransport, _ draft: InstagramDraft? = nil, _ step: Step? = nil
    ) async throws(PlatformFailure) -> (draft: InstagramDraft, lookAgain: Instant?) {
        switch try await platform(transport).prepare(step ?? reel, after: [], resuming: draft) {
        case .ready(let draft): (draft, nil)
        case .notYet(let draft, let again): (draft, again)
        }
    }

    private var awaiting: InstagramDraft {
        var draft = InstagramDraft(of: reel, container: "5")
        (draft.awaited, draft.failedUploads, draft.looks) = ([0], 1, 1)
        return draft
    }

    @Test func `is sent in one streamed request, then waited for`() async throws {
        let transport = answering([
            .json(#"{"id":"5","uri":"https://evil.example/"}"#), .json(#"{"success":true}"#), container("IN_PROGRESS"),
        ])
        let (draft, again) = try await prepared(transport)
        #expect(draft.awaited.isEmpty && draft.container == "5")
        #expect(again == start + .seconds(3))
        let requests = transport.asked
        #expect(
            requests[0].bodyText
                == "upload_type=resumable&media_type=REELS&cover_url=https%3A%2F%2Fmedia.example.com%2Fc.jpg"
                + "&share_to_feed=true&caption=Look")
        // The token goes to the documented host, whatever the answer says.
        #expect(requests[1].url == "https://rupload.facebook.com/ig-api-upload/v25.0/5")
        #expect(requests[1].headers["Authorization"] == "OAuth secret-token")
        #expect(requests[1].headers["offset"] == "0" && requests[1].headers["file_size"] == "100")
        guard case .streamed(let body) = requests[1].payload else { Issue.record("held in memory"); return }
        #expect(body.bytes(in: 0..<100) == bytes)
    }

    @Test(
        arguments: [
            .lost, .neverSent, .json("", status: 502), .json(#"{"success":false}"#),
            .json(#"{"debug_info":{"retriable":true,"type":"PartialRequestError","message":"more"}}"#, status: 400),
        ] as [Result<Response, TransportError>])
    func `goes on where it stopped, in a later run if need be`(_ answer: Result<Response, TransportError>) async throws
    {
        let first = answering([.json(#"{"id":"5"}"#), answer])
        let (draft, again) = try await prepared(first)
        #expect(draft.awaited == [0] && draft.failedUploads == 1 && again == start + .seconds(3))
        let kept = try #require(InstagramDraft(json: draft.json))
        let second = answering([
            .json(#"{"status_code":"IN_PROGRESS","video_status":{"uploading_phase":{"bytes_transferred":40}}}"#),
            .json(#"{"success":true}"#), container("FINISHED"),
        ])
        #expect(try await prepared(second, kept).lookAgain == nil)
        #expect(second.asked[0].url.hasSuffix("/5?fields=status_code%2Cvideo_status"))
        #expect(second.asked[1].headers["offset"] == "40" && second.asked[1].headers["file_size"] == "100")
        guard case .streamed(let body) = second.asked[1].payload else { Issue.record("held in memory"); return }
        #expect(body.count == 60 && body.bytes(in: 10..<12) == [50, 51])
    }

    @Test func `is not sent again when only the answer was lost`() async throws {
        let transport = answering([
            .json(#"{"video_status":{"uploading_phase":{"status":"complete"}}}"#), container("FINISHED"),
        ])
        #expect(try await prepared(transport, awaiting).lookAgain == nil)
        #expect(transport.asked.allSatisfy { $0.method == .get })
    }

    @Test func `gets a new container when Instagram has dropped the old one`() async throws {
        for gone in [container("EXPIRED"), .json(#"{"error":{"code":100,"error_subcode":33}}"#, status: 400)] {
            let transport = answering([
                gone, .json(#"{"id":"6"}"#), .json(#"{"success":true}"#), container("FINISHED"),
            ])
            let draft = try await prepared(transport, awaiting).draft
            #expect(draft.container == "6" && draft.renewals == 1)
        }
    }

    @Test(
        arguments: [
            (
                debug("ProcessingFailedError", retriable: false), PlatformFailure.Kind.permanent,
                "instagram.media-refused"
            ),
            (debug("NotAuthorizedError", retriable: false, status: 401), .auth, "instagram.token-invalid"),
            (.json(#"{"error":{"code":190,"error_subcode":463}}"#, status: 400), .auth, "instagram.token-invalid"),
            (.json("", status: 413), .permanent, "instagram.refused"),
        ] as [(Result<Response, TransportError>, PlatformFailure.Kind, String)])
    func `fails at once when sending it again cannot help`(
        _ answer: Result<Response, TransportError>, _ kind: PlatformFailure.Kind, _ code: String
    ) async throws {
        let failure = await failure { () async throws(PlatformFailure) in
            try await prepared(answering([.json(#"{"id":"5"}"#), answer]))
        }
        #expect(failure?.kind == kind && failure?.code == code)
        #expect(failure?.message.contains("secret-token") == false)
    }

    @Test func `is a failed attempt after four broken uploads`() async throws {
        var draft: InstagramDraft? = awaiting
        draft?.failedUploads = 3
        let failure = await failure { () async throws(PlatformFailure) in
            try await prepared(answering([.json(#"{"video_status":{}}"#), .lost]), draft)
        }
        #expect(failure?.kind == .retryable && failure?.code == "instagram.no-answer")
    }

    @Test func `in a carousel is sent before the carousel is made`() async throws {
        let step = Step(
            index: 0, kind: .post, text: "Both", media: [picture("b.jpg"), video("a.mp4", bytes: 100)],
            options: [
                "isAiGenerated": "true", "userTags.1.username": "ann", "userTags.1.x": "0.5", "userTags.1.y": "1.0",
            ])
        let transport = ScriptedTransport([
            .on(.get, "content_publishing_limit", quota(0, of: 50)),
            .init(matches: { $0.bodyText.contains("image_url") }, answer: .json(#"{"id":"11"}"#)),
            .init(matches: { $0.bodyText.contains("resumable") }, answer: .json(#"{"id":"12"}"#)),
            .on(.post, "ig-api-upload/v25.0/12", .json(#"{"success":true}"#)),
            .on(.get, "/11?", container("FINISHED")), .on(.get, "/12?", container("FINISHED")),
            .on(.post, "/1784/media", .json(#"{"id":"20"}"#)), .on(.get, "/20?", container("FINISHED")),
        ])
        #expect(try await prepared(transport, nil, step).draft.container == "20")
        let bodies = transport.requests.filter { $0.body != nil }.map(\.bodyText)
        #expect(
            bodies.sorted() == [
                "image_url=https%3A%2F%2Fmedia.example.com%2Fb.jpg&alt_text=A%20red%20bicycle&is_carousel_item=true"
                    + "&user_tags=%5B%7B%22username%22%3A%22ann%22%2C%22x%22%3A0.5%2C%22y%22%3A1.0%7D%5D",
                "media_type=CAROUSEL&children=11%2C12&caption=Both&is_ai_generated=true",
                "upload_type=resumable&media_type=VIDEO&is_carousel_item=true",
            ])
    }
}

private func debug(_ type: String, retriable: Bool, status: Int = 400) -> Result<Response, TransportError> {
    .json(#"{"debug_info":{"retriable":\#(retriable),"type":"\#(type)","message":"no secret-token"}}"#, status: status)
}

@Suite struct `A container's form` {
    private func form(_ file: MediaFile, _ options: [String: String] = [:], cover: String? = nil) -> [String] {
        let step = Step(index: 0, kind: .post, text: "Words", media: [file], options: options)
        return InstagramForm.file(file, at: 0, of: step, from: .url("u"), cover: cover)
            .compactMap { name, value in value.map { "\(name)=\($0)" } }
    }

    @Test func `of a reel holds what reels have`() {
        let options = [
            "shareToFeed": "false", "thumbOffset": "1500", "audioName": "Song", "locationId": "7",
            "trialParams.graduationStrategy": "MANUAL", "userTags.1.username": "@ann", "collaborators": "bob",
        ]
        let expected = [
            "video_url=u", "media_type=REELS", "thumb_offset=1500", "share_to_feed=false", "audio_name=Song",
            #"trial_params={"graduation_strategy":"MANUAL"}"#, #"user_tags=[{"username":"ann"}]"#, "caption=Words",
            #"collaborators=["bob"]"#, "location_id=7",
        ]
        #expect(form(video("a.mp4"), options) == expected)
        let covered = form(video("a.mp4"), options, cover: "c")
        #expect(covered.contains("cover_url=c") && !covered.contains("thumb_offset=1500"))
    }

    @Test func `of a story has no caption and no alt text`() {
        let tag = ["kind": "story", "userTags.1.username": "ann", "isAiGenerated": "true"]
        let expected = ["media_type=STORIES", #"user_tags=[{"username":"ann"}]"#, "is_ai_generated=true"]
        #expect(form(picture("a.jpg"), tag) == ["image_url=u"] + expected)
        #expect(form(video("a.mp4"), tag) == ["video_url=u"] + expected)
    }

    @Test func `of an edited post is another`() {
        let step = Step(index: 0, kind: .post, text: "Words", media: [picture("a.jpg")])
        var others = [step, step, step, step]
        others[0].text = "Word"
        others[1].options = ["locationId": "7"]
        others[2].media = [picture("a.jpg", alt: "other")]
        others[3].media = [video("a.mp4", thumbnail: picture("c.jpg"))]
        #expect(Set((others + [step]).map(InstagramForm.digest)).count == 5)
    }
}
