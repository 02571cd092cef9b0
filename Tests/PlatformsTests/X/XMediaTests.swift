import HTTP
import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `Pictures for X` {
    private func step(_ files: MediaFile...) -> Step { Step(index: 0, kind: .post, text: "Hi", media: files) }

    private func prepare(
        _ step: Step, _ transport: ScriptedTransport, resuming draft: XDraft? = nil,
        files: [String: [UInt8]] = ["a.jpg": [1, 2, 3]], clock: TestClock = TestClock(XFixtures.now),
        credentials: [String: String] = XFixtures.oauth1
    ) async throws(PlatformFailure) -> Preparation<XDraft> {
        try await XFixtures.platform(transport, credentials: credentials, media: files, clock: clock)
            .prepare(step, after: [], resuming: draft)
    }

    private func ready(_ preparation: Preparation<XDraft>) throws -> XDraft {
        guard case .ready(let draft) = preparation else { throw Unready() }
        return draft
    }

    private func pending(_ preparation: Preparation<XDraft>) throws -> (XDraft, Instant) {
        guard case .notYet(let draft, let look) = preparation else { throw Unready() }
        return (draft, look)
    }

    private struct Unready: Error {}

    @Test func `with an alt text are two requests`() async throws {
        let transport = ScriptedTransport(inOrder: [
            .json(#"{"data":{"id":"11","media_key":"3_11","expires_after_secs":86400}}"#), .json("{}"),
        ])
        let draft = try ready(try await prepare(step(XFixtures.file("a.jpg")), transport))
        #expect(draft.media.map(\.id) == ["11"])
        #expect(draft.media[0].expires == XFixtures.now + .hours(24) - .minutes(10))
        let requests = transport.requests
        #expect(requests.map(\.url) == ["https://api.x.com/2/media/upload", "https://api.x.com/2/media/metadata"])
        let upload = requests[0].bodyText
        #expect(requests[0].headers["Content-Type"]?.hasPrefix("multipart/form-data; boundary=") == true)
        #expect(
            upload.contains("name=\"media\"; filename=\"media\"\r\nContent-Type: image/jpeg\r\n\r\n\u{1}\u{2}\u{3}\r\n")
        )
        #expect(upload.contains("name=\"media_category\"\r\n\r\ntweet_image\r\n"))
        #expect(requests[1].json == ["id": "11", "metadata": ["alt_text": ["text": "A red bicycle"]]])
    }

    @Test func `without an alt text are one`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"media_id_string":"11"}"#)])
        let draft = try ready(try await prepare(step(XFixtures.file("a.jpg", alt: nil)), transport))
        #expect(draft.media.map(\.id) == ["11"])
    }

    @Test(arguments: [#"{"data":{"id":"11"}}"#, #"{"id":"11"}"#, #"{"media_id":9007199254740993}"#])
    func `are known by any shape of answer`(_ answer: String) async throws {
        let transport = ScriptedTransport(inOrder: [.json(answer)])
        let draft = try ready(try await prepare(step(XFixtures.file("a.jpg", alt: nil)), transport))
        #expect(draft.media.map(\.id) == [answer.contains("11") ? "11" : "9007199254740993"])
    }

    @Test func `keep their order when several go up at once`() async throws {
        let files: [String: [UInt8]] = ["a.jpg": [65], "b.jpg": [66], "c.jpg": [67]]
        let rules = files.map { path, bytes in
            ScriptedTransport.Rule(
                matches: { $0.bodyText.contains("\r\n\r\n\(String(decoding: bytes, as: UTF8.self))\r\n") },
                answer: .json(#"{"data":{"id":"\#(path)"}}"#))
        }
        let transport = ScriptedTransport(rules)
        let step = step(
            XFixtures.file("a.jpg", alt: nil), XFixtures.file("b.jpg", alt: nil), XFixtures.file("c.jpg", alt: nil))
        let draft = try ready(try await prepare(step, transport, files: files))
        #expect(draft.media.map(\.id) == ["a.jpg", "b.jpg", "c.jpg"])
    }

    @Test func `are not uploaded twice, unless they changed or expired`() async throws {
        let kept = XFixtures.upload("11", expires: XFixtures.now + .seconds(1))
        let step = step(XFixtures.file("a.jpg", alt: nil))
        let none = ScriptedTransport([])
        #expect(try ready(try await prepare(step, none, resuming: XDraft(media: [kept]))).media == [kept])
        for other in [
            XFixtures.upload("11", digest: "sha256:b.jpg"), XFixtures.upload("11", expires: XFixtures.now),
        ] {
            let transport = ScriptedTransport(inOrder: [.json(#"{"data":{"id":"12"}}"#)])
            let draft = try ready(try await prepare(step, transport, resuming: XDraft(media: [other])))
            #expect(draft.media.map(\.id) == ["12"])
        }
    }

    @Test(arguments: try ErrorRow.all("x/errors")) func `fail as the table says`(_ row: ErrorRow) async throws {
        let transport = ScriptedTransport(inOrder: [row.answer])
        let failure = await failure { () async throws(PlatformFailure) in
            try await prepare(
                step(XFixtures.file("a.jpg", alt: nil)), transport, credentials: ["ACCESS_TOKEN": "secret-token"])
        }
        try row.check(failure, "repeatable")
    }

    @Test func `may be tried again after any trouble on the way`() async throws {
        for answer in [Result<Response, TransportError>.lost, .neverSent, .json("{}")] {
            let failure = await failure { () async throws(PlatformFailure) in
                try await prepare(step(XFixtures.file("a.jpg", alt: nil)), ScriptedTransport(inOrder: [answer]))
            }
            #expect(failure?.kind == .retryable)
        }
    }
}
