import HTTP
import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `Images on their way to LinkedIn` {
    private let media = TestMedia(files: ["a.jpg": [1, 2, 3], "b.png": [4]])
    private let start = TestClock(at: "2026-09-01T09:00:00Z").now

    private func step(_ files: MediaFile...) -> Step { Step(index: 0, kind: .post, text: "One", media: files) }

    private func opened(_ urn: String, url: String = "https://www.linkedin.com/dms-uploads/A") -> Result<
        Response, TransportError
    > { .json(#"{"value":{"uploadUrl":"\#(url)","image":"\#(urn)"}}"#) }

    @Test func `need nothing when there are none`() async throws {
        let prepared = try await linkedIn(page, ScriptedTransport([])).prepare(step(), after: [], resuming: nil)
        guard case .ready(let draft) = prepared else { return #expect(Bool(false), "not ready") }
        #expect(draft == LinkedInDraft(author: "urn:li:organization:5"))
    }

    @Test func `are opened, uploaded with the token, and looked at until they are available`() async throws {
        let transport = ScriptedTransport([
            .on(.post, "/images?action=initializeUpload", opened("urn:li:image:A")),
            .on(.put, "dms-uploads/A", .empty(201)),
            .on(.get, "/images/", .json(#"{"status":"PROCESSING"}"#)),
            .on(.get, "/images/", .json(#"{"status":"WAITING_UPLOAD"}"#)),
            .on(.get, "/images/", .json(#"{"status":"AVAILABLE"}"#)),
        ])
        let platform = linkedIn(page, transport, media: media)
        let step = step(picture("a.jpg"))
        guard case .notYet(let first, let again) = try await platform.prepare(step, after: [], resuming: nil)
        else { return #expect(Bool(false), "no wait") }
        #expect(again == start + .seconds(2))
        let kept = try #require(LinkedInDraft(json: first.json))
        #expect(kept == first)
        guard case .notYet(let second, let later) = try await platform.prepare(step, after: [], resuming: kept)
        else { return #expect(Bool(false), "no wait") }
        #expect(later == start + .seconds(4))
        guard case .ready(let draft) = try await platform.prepare(step, after: [], resuming: second)
        else { return #expect(Bool(false), "not ready") }
        #expect(draft.assets.map(\.urn) == ["urn:li:image:A"])

        let requests = transport.requests
        #expect(requests.map(\.method) == [.post, .put, .get, .get, .get])
        #expect(requests[0].bodyText == #"{"initializeUploadRequest":{"owner":"urn:li:organization:5"}}"#)
        #expect(requests[1].body == [1, 2, 3])
        #expect(requests[1].headers["Content-Type"] == "image/jpeg")
        #expect(requests[1].headers["Authorization"] == "Bearer secret-token")
        #expect(requests[2].url == "https://api.linkedin.com/rest/images/urn%3Ali%3Aimage%3AA")
        #expect(requests.allSatisfy { $0.repetition == .allowed })
    }

    @Test func `are waited for once when the token may not look`() async throws {
        let transport = ScriptedTransport([
            .on(.get, "/v2/userinfo", .json(#"{"sub":"AbC"}"#)),
            .on(.post, "initializeUpload", opened("urn:li:image:A")), .on(.put, "dms-uploads", .empty(201)),
        ])
        let platform = linkedIn(member, transport, media: media)
        let step = step(picture("a.jpg"))
        guard case .notYet(let draft, let again) = try await platform.prepare(step, after: [], resuming: nil)
        else { return #expect(Bool(false), "no wait") }
        #expect(again == start + .seconds(5))
        #expect(draft.author == "urn:li:person:AbC")
        guard case .ready = try await platform.prepare(step, after: [], resuming: draft)
        else { return #expect(Bool(false), "not ready") }
    }

    @Test func `keep their order`() async throws {
        let transport = ScriptedTransport([
            .on(.post, "initializeUpload", opened("urn:li:image:A", url: "https://www.linkedin.com/dms-uploads/1")),
            .on(.post, "initializeUpload", opened("urn:li:image:B", url: "https://www.linkedin.com/dms-uploads/2")),
            .on(.put, "dms-uploads/", .empty(201), always: true),
            .on(.get, "/images/", .json(#"{"status":"AVAILABLE"}"#), always: true),
        ])
        let step = step(picture("a.jpg"), picture("b.png", format: .png))
        guard
            case .ready(let draft) = try await linkedIn(page, transport, media: media)
                .prepare(step, after: [], resuming: nil)
        else { return #expect(Bool(false), "not ready") }
        #expect(draft.assets.map(\.digest) == ["sha256:a.jpg", "sha256:b.png"])
        // Whichever was opened first, each image has the bytes of its own upload URL.
        for (image, bytes) in zip(draft.assets, [[1, 2, 3], [4]] as [[UInt8]]) {
            let url = "https://www.linkedin.com/dms-uploads/\(image.urn == "urn:li:image:A" ? 1 : 2)"
            #expect(transport.requests.first { $0.url == url }?.body == bytes)
        }
    }

    @Test func `are uploaded anew when the media or the author changed`() async throws {
        let old = LinkedInDraft(
            author: "urn:li:organization:5",
            assets: [.init(urn: "urn:li:image:OLD", digest: "sha256:other", state: .uploaded)], waits: 3)
        let transport = ScriptedTransport([
            .on(.post, "initializeUpload", opened("urn:li:image:A")), .on(.put, "dms-uploads", .empty(201)),
            .on(.get, "/images/", .json(#"{"status":"AVAILABLE"}"#)),
        ])
        guard
            case .ready(let draft) = try await linkedIn(page, transport, media: media)
                .prepare(step(picture("a.jpg")), after: [], resuming: old)
        else { return #expect(Bool(false), "not ready") }
        #expect(draft.assets.map(\.urn) == ["urn:li:image:A"])
    }

    @Test func `are given up when LinkedIn cannot process them`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"status":"PROCESSING_FAILED"}"#)])
        let draft = LinkedInDraft(
            author: "urn:li:organization:5",
            assets: [.init(urn: "urn:li:image:A", digest: "sha256:a.jpg", state: .uploaded)])
        let failure = await failure { () async throws(PlatformFailure) in
            try await linkedIn(page, transport).prepare(step(picture("a.jpg")), after: [], resuming: draft)
        }
        #expect(failure?.kind == .permanent && failure?.code == "linkedin.media-failed")
    }

    @Test(arguments: [
        "https://example.com/dms-uploads/A", "http://www.linkedin.com/A", "https://linkedin.com.example.com/A",
        "https://evillinkedin.com/A", "https://www.linkedin.com@example.com/A", "https://www.linkedin.com:8443/A",
        "https://example.com\\\\.linkedin.com/A", "",
    ]) func `never go to another host`(_ url: String) async throws {
        let transport = ScriptedTransport(inOrder: [opened("urn:li:image:A", url: url)])
        let failure = await failure { () async throws(PlatformFailure) in
            try await linkedIn(page, transport, media: media).prepare(step(picture("a.jpg")), after: [], resuming: nil)
        }
        #expect(failure?.code == "linkedin.upload-host")
        #expect(transport.requests.count == 1)
    }
}
