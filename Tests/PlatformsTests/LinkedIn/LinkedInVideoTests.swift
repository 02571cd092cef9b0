import HTTP
import JSON
import Posts
import Synchronization
import Testing

@testable import Platforms

@Suite struct `A video on its way to LinkedIn` {
    private static let part = 4 << 20
    private static let first =
        #"{"uploadUrl":"https://www.linkedin.com/dms-uploads/1","firstByte":0,"lastByte":4194303}"#
    private static let second =
        #"{"uploadUrl":"https://www.linkedin.com/dms-uploads/2","firstByte":4194304,"lastByte":4194308}"#
    private let start = TestClock(at: "2026-09-01T09:00:00Z").now
    private let media = TestMedia(files: [
        "a.mp4": [UInt8](repeating: 7, count: Self.part) + [1, 2, 3, 4, 5], "a.srt": Array("1\n".utf8), "a.jpg": [9],
    ])

    private var video: MediaFile {
        var file = picture("a.mp4", alt: nil, format: .mp4, bytes: Self.part + 5)
        file.captions = picture("a.srt", format: .subRip)
        file.thumbnail = picture("a.jpg")
        return file
    }

    private var step: Step { Step(index: 0, kind: .post, text: "One", media: [video]) }

    private func opened(_ urn: String = "urn:li:video:V", _ instructions: [String] = [first, second]) -> Result<
        Response, TransportError
    > {
        .json(
            #"{"value":{"video":"\#(urn)","uploadToken":"T","uploadInstructions":[\#(instructions.joined(separator: ","))],"#
                + #""captionsUploadUrl":"https://www.linkedin.com/dms-uploads/C","#
                + #""thumbnailUploadUrl":"https://www.linkedin.com/dms-uploads/P"}}"#)
    }

    private static func tag(_ tag: String) -> Result<Response, TransportError> { .empty(200, headers: ["etag": tag]) }

    @Test func `goes in parts without the token, with its captions and thumbnail, and is waited for`() async throws {
        let transport = ScriptedTransport([
            .on(.post, "videos?action=initializeUpload", opened()),
            .on(.put, "uploads/1", Self.tag("\"e1\"")),
            .on(.put, "uploads/2", Self.tag("/ambry-videoei/signedId/x.bin")),
            .on(.put, "uploads/C", .empty(201)), .on(.put, "uploads/P", .empty(201)),
            .on(.post, "videos?action=finalizeUpload", .empty(200)),
            .on(.get, "/videos/", .json(#"{"status":"PROCESSING"}"#)),
            .on(.get, "/videos/", .json(#"{"status":"AVAILABLE"}"#)),
        ])
        let platform = linkedIn(page, transport, media: media)
        guard case .notYet(let draft, let again) = try await platform.prepare(step, after: [], resuming: nil)
        else { return #expect(Bool(false), "no wait") }
        #expect(again == start + .seconds(2))
        // A later run knows the draft only.
        let later = linkedIn(page, transport, media: media)
        let kept = try #require(LinkedInDraft(json: draft.json))
        guard case .ready(let ready) = try await later.prepare(step, after: [], resuming: kept)
        else { return #expect(Bool(false), "not ready") }
        #expect(ready.assets.map(\.urn) == ["urn:li:video:V"])
        #expect(!String(decoding: draft.json.compact(), as: UTF8.self).contains("dms-uploads"))

        let requests = transport.requests
        #expect(
            requests[0].json
                == [
                    "initializeUploadRequest": [
                        "owner": "urn:li:organization:5", "fileSizeBytes": 4_194_309, "uploadCaptions": true,
                        "uploadThumbnail": true,
                    ]
                ])
        let puts = requests.filter { $0.method == .put }
        #expect(puts.allSatisfy { $0.headers["Authorization"] == nil && $0.headers["LinkedIn-Version"] == nil })
        #expect(puts.first { $0.url.hasSuffix("/1") }?.body?.count == Self.part)
        let last = try #require(puts.first { $0.url.hasSuffix("/2") })
        #expect(last.body == [1, 2, 3, 4, 5] && last.headers["Content-Type"] == "application/octet-stream")
        let captions = try #require(puts.first { $0.url.hasSuffix("/C") })
        #expect(captions.headers["Content-Type"]?.hasPrefix("multipart/form-data; boundary=") == true)
        #expect(captions.bodyText.contains(#""format":"SRT""#) && captions.bodyText.contains("\r\n\r\n1\n\r\n--"))
        let thumbnail = try #require(puts.first { $0.url.hasSuffix("/P") })
        #expect(thumbnail.body == [9] && thumbnail.headers["media-type-family"] == "STILLIMAGE")
        #expect(
            requests.first { $0.url.hasSuffix("finalizeUpload") }?.json
                == [
                    "finalizeUploadRequest": [
                        "video": "urn:li:video:V", "uploadToken": "T",
                        "uploadedPartIds": ["e1", "/ambry-videoei/signedId/x.bin"],
                    ]
                ])
        #expect(requests.last?.url == "https://api.linkedin.com/rest/videos/urn%3Ali%3Avideo%3AV")
    }

    @Test func `goes on at the part that failed`() async throws {
        let transport = ScriptedTransport([
            .on(.post, "initializeUpload", opened()), .on(.put, "uploads/1", Self.tag("e1")),
            .on(.put, "uploads/2", .empty(503)), .on(.put, "uploads/2", Self.tag("e2")),
            .on(.put, "uploads/", .empty(201), always: true), .on(.post, "finalizeUpload", .empty(200)),
            .on(.get, "/videos/", .json(#"{"status":"AVAILABLE"}"#)),
        ])
        let platform = linkedIn(page, transport, media: media)
        guard case .notYet(let draft, _) = try await platform.prepare(step, after: [], resuming: nil)
        else { return #expect(Bool(false), "no pause") }
        #expect(draft.assets.map(\.parts) == [["e1", ""]] && draft.assets.map(\.state) == [.missing])
        guard
            case .ready = try await platform.prepare(
                step, after: [], resuming: try #require(LinkedInDraft(json: draft.json)))
        else { return #expect(Bool(false), "not ready") }
        #expect(transport.requests.count { $0.url.hasSuffix("/1") } == 1)
        #expect(transport.requests.count { $0.url.hasSuffix("initializeUpload") } == 1)
    }

    @Test func `begins anew in a run that has lost its upload URLs, or when they ran out`() async throws {
        let cut = LinkedInDraft(
            author: "urn:li:organization:5",
            assets: [.init(urn: "urn:li:video:OLD", digest: video.wholeDigest, parts: ["e1", ""])])
        let transport = ScriptedTransport([
            .on(.post, "initializeUpload", opened("urn:li:video:A")),
            .on(.put, "uploads/1", .json(#"{"code":"EXPIRED_UPLOAD_URL"}"#, status: 400)),
            .on(.put, "uploads/2", Self.tag("e")),
            .on(.post, "initializeUpload", opened("urn:li:video:B")), .on(.put, "uploads/1", Self.tag("e1")),
            .on(.put, "uploads/2", Self.tag("e2")), .on(.put, "uploads/", .empty(201), always: true),
            .on(.post, "finalizeUpload", .empty(200)), .on(.get, "/videos/", .json(#"{"status":"AVAILABLE"}"#)),
        ])
        let platform = linkedIn(page, transport, media: media)
        guard case .notYet(let draft, _) = try await platform.prepare(step, after: [], resuming: cut)
        else { return #expect(Bool(false), "no pause") }
        #expect(draft.assets.map(\.urn) == [nil] && draft.assets.map(\.parts) == [[]])
        guard case .ready(let ready) = try await platform.prepare(step, after: [], resuming: draft)
        else { return #expect(Bool(false), "not ready") }
        #expect(ready.assets.map(\.urn) == ["urn:li:video:B"])
    }

    @Test func `does not go round for ever`() async throws {
        let transport = ScriptedTransport([
            .on(.post, "initializeUpload", opened()), .on(.put, "uploads/", .empty(503), always: true),
        ])
        let platform = linkedIn(page, transport, media: media)
        guard case .notYet(let draft, _) = try await platform.prepare(step, after: [], resuming: nil)
        else { return #expect(Bool(false), "no pause") }
        let failure = await failure { () async throws(PlatformFailure) in
            try await platform.prepare(step, after: [], resuming: draft)
        }
        #expect(failure?.kind == .retryable)
    }

    @Test(arguments: [
        [], [first], [second], [second, first], [first, first, second],
        [first, second.replacing("4194308", with: "4194309")], [first.replacing("4194303", with: "-1"), second],
        [first, #"{"uploadUrl":1}"#],
    ]) func `is not put into parts that are not the file`(_ instructions: [String]) async throws {
        let transport = ScriptedTransport(inOrder: [opened("urn:li:video:V", instructions)])
        let failure = await failure { () async throws(PlatformFailure) in
            try await linkedIn(page, transport, media: media).prepare(step, after: [], resuming: nil)
        }
        #expect(failure?.code == "linkedin.unreadable" && failure?.kind == .retryable)
        #expect(transport.requests.count == 1)
    }

    @Test func `never goes to another host`() async throws {
        let transport = ScriptedTransport([
            .on(
                .post, "initializeUpload",
                opened(
                    "urn:li:video:V",
                    [
                        Self.first.replacing("www.linkedin.com", with: "example.com"), Self.second,
                    ])), .on(.put, "uploads/2", Self.tag("e2")),
        ])
        let failure = await failure { () async throws(PlatformFailure) in
            try await linkedIn(page, transport, media: media).prepare(step, after: [], resuming: nil)
        }
        #expect(failure?.code == "linkedin.upload-host")
    }

    @Test func `is looked at by members too, who wait once where they may not`() async throws {
        let uploaded = LinkedInDraft(
            author: "urn:li:person:AbC",
            assets: [.init(urn: "urn:li:video:V", digest: video.wholeDigest, state: .uploaded)])
        let transport = ScriptedTransport([
            .on(.get, "/v2/userinfo", .json(#"{"sub":"AbC"}"#)),
            .on(.get, "/videos/", .json(#"{"code":"ACCESS_DENIED"}"#, status: 403), always: true),
        ])
        let platform = linkedIn(member, transport, media: media)
        guard case .notYet(let draft, let again) = try await platform.prepare(step, after: [], resuming: uploaded)
        else { return #expect(Bool(false), "no wait") }
        #expect(again == start + .minutes(2))
        guard case .ready = try await platform.prepare(step, after: [], resuming: draft)
        else { return #expect(Bool(false), "not ready") }
    }

    @Test func `that failed says why`() async throws {
        let transport = ScriptedTransport(inOrder: [
            .json(#"{"status":"PROCESSING_FAILED","processingFailureReason":"shorter than 3 seconds"}"#)
        ])
        let uploaded = LinkedInDraft(
            author: "urn:li:organization:5",
            assets: [.init(urn: "urn:li:video:V", digest: video.wholeDigest, state: .uploaded)])
        let failure = await failure { () async throws(PlatformFailure) in
            try await linkedIn(page, transport, media: media).prepare(step, after: [], resuming: uploaded)
        }
        #expect(failure?.kind == .permanent && failure?.code == "linkedin.media-failed")
        #expect(failure?.message == "LinkedIn could not process a.mp4: shorter than 3 seconds")
    }

    @Test func `of 300 MB is read a few parts at a time`() async throws {
        let size = 300 << 20
        let file = picture("long.mp4", alt: nil, format: .mp4, bytes: size)
        let reads = Reads()
        let wire = PartsWire(size: size, reads: reads)
        let platform = LinkedInPlatform(
            session(
                account: page, credentials: linkedInCredentials, transport: wire,
                media: Endless(size: size, reads: reads)))
        guard
            case .ready = try await platform.prepare(
                Step(index: 0, kind: .post, text: "", media: [file]), after: [], resuming: nil)
        else { return #expect(Bool(false), "not ready") }
        #expect(reads.total == size && reads.most <= 2 * Self.part)
    }
}

/// How many bytes were handed out, and how many of them were not sent yet.
private final class Reads: Sendable {
    private let state = Mutex((total: 0, open: 0, most: 0))

    var total: Int { state.withLock { $0.total } }
    var most: Int { state.withLock { $0.most } }

    func read(_ count: Int) {
        state.withLock { state in
            state.total += count
            state.open += count
            state.most = max(state.most, state.open)
        }
    }

    func sent(_ count: Int) { state.withLock { $0.open -= count } }
}

private struct Endless: MediaSource, OpenMedia {
    let size: Int
    let reads: Reads

    var byteCount: Int { size }
    var contentType: String { "video/mp4" }
    func bytes(in range: Range<Int>) throws(PlatformFailure) -> [UInt8] {
        reads.read(range.count)
        return [UInt8](repeating: 0, count: range.count)
    }
    func open(_ file: MediaFile) async throws(PlatformFailure) -> any OpenMedia { self }
    func publicURL(of file: MediaFile) async throws(PlatformFailure) -> String { "" }
}

/// LinkedIn, as far as uploading one video goes.
private struct PartsWire: Transport {
    let size: Int
    let reads: Reads

    func send(_ request: Request) async throws(TransportError) -> Response {
        if request.method == .put {
            reads.sent(request.body?.count ?? 0)
            return Response(status: 200, headers: ["ETag": "e"], body: [])
        }
        guard request.url.hasSuffix("initializeUpload") else {
            return Response(status: 200, headers: [:], body: Array(#"{"status":"AVAILABLE"}"#.utf8))
        }
        let parts = stride(from: 0, to: size, by: 4 << 20).map { first -> JSON in
            [
                "uploadUrl": JSON("https://www.linkedin.com/dms-uploads/\(first)"), "firstByte": JSON(first),
                "lastByte": JSON(min(size, first + 4 << 20) - 1),
            ]
        }
        let answer: JSON = ["value": ["video": "urn:li:video:V", "uploadInstructions": .array(parts)]]
        return Response(status: 200, headers: [:], body: answer.compact())
    }
}
