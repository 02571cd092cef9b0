import HTTP
import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `A GIF or video for X` {
    private let video = XFixtures.video(bytes: (2 << 20) + 2)
    private let bytes = [UInt8](repeating: 1, count: 2 << 20) + [2, 3]
    private let begun = Result<Response, TransportError>.json(
        #"{"data":{"id":"11","media_key":"13_11","expires_after_secs":86400}}"#, status: 202)
    private let ready = Result<Response, TransportError>.json(#"{"data":{"id":"11"}}"#)

    /// Goes on until it is ready, or the script tells to wait; the drafts go through JSON as they do between runs.
    private func prepare(
        _ file: MediaFile, _ transport: ScriptedTransport, resuming draft: XDraft? = nil,
        files: [String: [UInt8]]? = nil, account: Account = XFixtures.account,
        clock: TestClock = TestClock(XFixtures.now)
    ) async throws(PlatformFailure) -> (draft: XDraft, lookAgain: Instant?) {
        let platform = XFixtures.platform(
            transport, media: files ?? [file.path: bytes], clock: clock, account: account)
        let step = Step(index: 0, kind: .post, text: "Hi", media: [file])
        var kept = draft
        while true {
            switch try await platform.prepare(step, after: [], resuming: kept) {
            case .ready(let draft): return (draft, nil)
            case .notYet(let draft, let look):
                #expect(XDraft(json: draft.json) == draft)
                guard look <= clock.now else { return (draft, look) }
                kept = draft
            }
        }
    }

    private func paths(_ transport: ScriptedTransport) -> [String] {
        transport.requests.map { $0.url.replacing("https://api.x.com/2/media/", with: "") }
    }

    @Test func `tells its id before the first piece is sent`() async throws {
        let transport = ScriptedTransport(inOrder: [begun])
        let step = Step(index: 0, kind: .post, text: "Hi", media: [video])
        let prepared = try await XFixtures.platform(transport, media: ["a.mp4": bytes])
            .prepare(step, after: [], resuming: nil)
        guard case .notYet(let draft, let look) = prepared else {
            Issue.record("it says it is ready")
            return
        }
        #expect(look == XFixtures.now)
        #expect(draft.media.map(\.id) == ["11"])
        #expect(draft.media[0].stage == .sending(next: 0, piece: 1 << 20))
        #expect(draft.media[0].expires == XFixtures.now + .hours(24) - .minutes(10))
        #expect(
            transport.requests[0].json
                == ["media_type": "video/mp4", "total_bytes": 2_097_154, "media_category": "tweet_video"])
    }

    @Test func `goes up in pieces of 1 MiB, and is waited for`() async throws {
        let working = #"{"data":{"id":"11","processing_info":{"state":"pending","check_after_secs":5}}}"#
        let transport = ScriptedTransport([
            .on(.post, "/initialize", begun), .on(.post, "/append", .empty(204), always: true),
            .on(.post, "/finalize", .json(working)),
        ])
        let (draft, look) = try await prepare(video, transport)
        #expect(look == XFixtures.now + .seconds(5))
        #expect(draft.media[0].stage == .processing(since: XFixtures.now))
        #expect(
            paths(transport) == [
                "upload/initialize", "upload/11/append", "upload/11/append", "upload/11/append", "upload/11/finalize",
            ])
        let pieces = transport.requests.filter { $0.url.hasSuffix("/append") }.map(\.bodyText)
        for index in 0..<3 {
            #expect(pieces.contains { $0.contains("name=\"segment_index\"\r\n\r\n\(index)\r\n") })
        }
        #expect(pieces.contains { $0.contains("\r\n\r\n\u{2}\u{3}\r\n") })

        let later = ScriptedTransport(inOrder: [
            .json(#"{"data":{"id":"11","processing_info":{"state":"succeeded"}}}"#)
        ])
        let end = try await prepare(video, later, resuming: draft, files: [:])
        #expect(end.lookAgain == nil)
        #expect(end.draft.media[0].stage == .ready)
        #expect(paths(later) == ["upload?command=STATUS&media_id=11"])
    }

    @Test func `sends a piece again that was lost, and no other`() async throws {
        let transport = ScriptedTransport([
            .on(.post, "/initialize", begun), .on(.post, "/append", .lost), .on(.post, "/append", .empty(503)),
            .on(.post, "/append", .empty(200), always: true), .on(.post, "/finalize", ready),
        ])
        let clock = TestClock(XFixtures.now)
        #expect(try await prepare(video, transport, clock: clock).lookAgain == nil)
        #expect(paths(transport).count { $0.hasSuffix("/append") } == 5)
        #expect(clock.now > XFixtures.now)
    }

    @Test func `goes on in a later run from the piece that failed`() async throws {
        let isSecond = { @Sendable (request: Request) in request.bodyText.contains("segment_index\"\r\n\r\n1\r\n") }
        let transport = ScriptedTransport([
            .on(.post, "/initialize", begun),
            .init(matches: { $0.url.hasSuffix("/append") && isSecond($0) }, answer: .empty(503), always: true),
            .on(.post, "/append", .empty(200), always: true),
        ])
        let (draft, look) = try await prepare(video, transport)
        #expect(draft.media[0].stage == .sending(next: 1, piece: 1 << 20))
        #expect(look != nil)
        let later = ScriptedTransport([
            .on(.post, "/append", .empty(200), always: true), .on(.post, "/finalize", ready),
        ])
        #expect(try await prepare(video, later, resuming: draft).lookAgain == nil)
        #expect(paths(later) == ["upload/11/append", "upload/11/append", "upload/11/finalize"])
    }

    @Test func `is kept through trouble only so many times`() async throws {
        var draft: XDraft?
        for _ in 1..<XMediaRules.mostTroubles {
            let transport = ScriptedTransport([
                .on(.post, "/initialize", begun), .on(.post, "/append", .empty(503), always: true),
            ])
            let (kept, look) = try await prepare(video, transport, resuming: draft)
            #expect(look != nil)
            draft = kept
        }
        let transport = ScriptedTransport([.on(.post, "/append", .empty(503), always: true)])
        let failure = await failure { () async throws(PlatformFailure) in
            try await prepare(video, transport, resuming: draft)
        }
        #expect(failure?.kind == .retryable)
    }

    @Test func `waits for the end of a rate limit without losing what was sent`() async throws {
        let limit = Result<Response, TransportError>.json("{}", status: 429, headers: ["Retry-After": "600"])
        let transport = ScriptedTransport([
            .on(.post, "/initialize", begun), .on(.post, "/append", limit, always: true),
        ])
        let (draft, look) = try await prepare(video, transport)
        #expect(draft.media.map(\.id) == ["11"])
        #expect(look == XFixtures.now + .seconds(600))
    }

    @Test(arguments: [402, 401, 403]) func `stops at once where a person has to act`(_ status: Int) async throws {
        let transport = ScriptedTransport([
            .on(.post, "/initialize", begun), .on(.post, "/append", .empty(status), always: true),
        ])
        let failure = await failure { () async throws(PlatformFailure) in try await prepare(video, transport) }
        #expect(failure?.kind == (status == 402 ? .account : .auth))
        #expect(failure?.scope == (status == 402 ? .network : .account))
    }

    @Test func `is begun anew once if X has forgotten it`() async throws {
        let kept = XDraft(media: [
            XFixtures.upload("9", digest: video.digest, .sending(next: 1, piece: 1 << 20))
        ])
        let gone = Result<Response, TransportError>.json(
            #"{"detail":"Could not find media with id: [9]."}"#, status: 400)
        let transport = ScriptedTransport([
            .on(.post, "/9/append", gone, always: true), .on(.post, "/initialize", begun),
            .on(.post, "/11/append", .empty(200), always: true), .on(.post, "/finalize", ready),
        ])
        #expect(try await prepare(video, transport, resuming: kept).draft.media.map(\.id) == ["11"])

        let refusing = ScriptedTransport([
            .on(.post, "/initialize", begun, always: true), .on(.post, "/append", gone, always: true),
        ])
        let failure = await failure { () async throws(PlatformFailure) in try await prepare(video, refusing) }
        #expect(failure?.kind == .permanent)
        #expect(paths(refusing).count { $0.hasSuffix("initialize") } == 2)
    }

    @Test func `tells how far it came when sending takes long`() async throws {
        let clock = TestClock(XFixtures.now)
        let long = XFixtures.video(bytes: 9 << 20)
        let transport = SlowTransport(clock: clock, pause: .seconds(61))
        let platform = XPlatform(
            session(
                account: XFixtures.account, credentials: XFixtures.oauth1, transport: transport, clock: clock,
                media: TestMedia(files: ["a.mp4": [UInt8](repeating: 0, count: 9 << 20)])))
        let step = Step(index: 0, kind: .post, text: "Hi", media: [long])
        var (draft, stages) = (XDraft?.none, [XDraft.Stage]())
        preparing: while true {
            switch try await platform.prepare(step, after: [], resuming: draft) {
            case .ready(let made):
                stages += made.media.map(\.stage)
                break preparing
            case .notYet(let made, let look):
                #expect(look <= clock.now)
                stages += made.media.map(\.stage)
                draft = made
            }
        }
        let piece = 1 << 20
        #expect(
            stages == [
                .sending(next: 0, piece: piece), .sending(next: 3, piece: piece), .sending(next: 6, piece: piece),
                .ready,
            ])
    }

    /// Takes its time for each piece, and answers as if all were well.
    private struct SlowTransport: Transport {
        let clock: TestClock
        let pause: Duration

        func send(_ request: Request) async throws(TransportError) -> Response {
            if request.url.hasSuffix("/append") { await clock.sleep(until: clock.now + pause) }
            return Response(status: 200, headers: [:], body: Array(#"{"data":{"id":"11"}}"#.utf8))
        }
    }

    @Test(
        arguments: [
            #"{"state":"failed","error":{"code":1,"name":"InvalidMedia","message":"Too many frames"}}"#,
            #"{"state":"in_progress","error":{"name":"InvalidMedia"}}"#, #"{"state":"failed"}"#,
        ])
    func `may be refused at the end`(_ info: String) async throws {
        let transport = ScriptedTransport([
            .on(.post, "/initialize", begun), .on(.post, "/append", .empty(204), always: true),
            .on(.post, "/finalize", .json(#"{"data":{"id":"11","processing_info":\#(info)}}"#)),
        ])
        let failure = await failure { () async throws(PlatformFailure) in try await prepare(video, transport) }
        #expect(failure?.kind == .permanent)
        #expect(failure?.code == "x.media-refused")
    }

    @Test func `goes up in smaller pieces if those are too large`() async throws {
        let again = Result<Response, TransportError>.json(#"{"data":{"id":"12"}}"#)
        let transport = ScriptedTransport([
            .on(.post, "/initialize", begun), .on(.post, "/11/append", .empty(413), always: true),
            .on(.post, "/initialize", again), .on(.post, "/12/append", .empty(204), always: true),
            .on(.post, "/12/finalize", again),
        ])
        #expect(try await prepare(video, transport).draft.media.map(\.id) == ["12"])
        #expect(paths(transport).count { $0 == "upload/12/append" } == 5)

        let never = ScriptedTransport([
            .on(.post, "/initialize", begun, always: true), .on(.post, "/append", .empty(413), always: true),
        ])
        let failure = await failure { () async throws(PlatformFailure) in try await prepare(video, never) }
        #expect(failure?.code == "x.media-too-large")
        #expect(paths(never).count { $0 == "upload/initialize" } == 5)
    }

    @Test(arguments: [(Int.max, Duration.minutes(10)), (Int.min, .seconds(1)), (-1, .seconds(1))])
    func `with numbers beyond belief does no harm`(_ number: Int, _ wait: Duration) async throws {
        let info = #"{"state":"pending","check_after_secs":\#(number)}"#
        let answer = #"{"data":{"id":"11","expires_after_secs":86400,"processing_info":\#(info)}}"#
        let end = #"{"data":{"id":"11","expires_after_secs":\#(number),"processing_info":\#(info)}}"#
        let transport = ScriptedTransport([
            .on(.post, "/initialize", .json(answer)), .on(.post, "/append", .empty(204), always: true),
            .on(.post, "/finalize", .json(end)),
        ])
        #expect(try await prepare(video, transport).lookAgain == XFixtures.now + wait)
    }

    @Test func `that takes too long is given up`() async throws {
        let media = XFixtures.upload("11", digest: video.digest, .processing(since: XFixtures.now - .minutes(10)))
        let working = #"{"data":{"id":"11","processing_info":{"state":"in_progress"}}}"#
        let failure = await failure { () async throws(PlatformFailure) in
            try await prepare(video, ScriptedTransport(inOrder: [.json(working)]), resuming: XDraft(media: [media]))
        }
        #expect(failure?.code == "x.media-slow")
        #expect(failure?.kind == .retryable)
    }

    @Test func `has the category that goes with it`() async throws {
        let files: [(MediaFile, Account, String)] = [
            (XFixtures.file("a.gif", format: .gif, frames: 2), XFixtures.account, "tweet_gif"),
            (XFixtures.video("a.mov", format: .quicktime), XFixtures.account, "tweet_video"),
            (XFixtures.video(duration: .seconds(600)), XFixtures.premium, "amplify_video"),
            (XFixtures.video(), XFixtures.premium, "tweet_video"),
        ]
        for (file, account, category) in files {
            let transport = ScriptedTransport([
                .on(.post, "/initialize", begun), .on(.post, "/append", .empty(204), always: true),
                .on(.post, "/finalize", ready), .on(.post, "/metadata", .json("{}")),
            ])
            _ = try await prepare(file, transport, account: account)
            #expect(transport.requests[0].json?["media_category"]?.string == category)
            #expect(paths(transport).contains("metadata") == (file.alt != nil))
        }
    }

    @Test func `gets its subtitles, in their language, and its preview`() async throws {
        var film = video
        film.captions = XFixtures.captions("film.en-GB.srt")
        film.thumbnail = XFixtures.file("cover.jpg")
        let transport = ScriptedTransport([
            .on(.post, "/initialize", begun), .on(.post, "/append", .empty(204), always: true),
            .on(.post, "/finalize", ready), .on(.post, "/media/upload", .json(#"{"data":{"id":"21"}}"#)),
            .on(.post, "/media/subtitles", .json("{}")), .on(.post, "/media/upload", .json(#"{"data":{"id":"22"}}"#)),
        ])
        let files: [String: [UInt8]] = ["a.mp4": bytes, "film.en-GB.srt": [0x31], "cover.jpg": [0xFF]]
        let draft = try await prepare(film, transport, files: files).draft
        #expect(draft.media.map(\.preview) == ["22"])
        let requests = transport.requests.suffix(3)
        #expect(requests.first?.bodyText.contains("media_category\"\r\n\r\nsubtitles\r\n") == true)
        #expect(
            requests.dropFirst().first?.json == [
                "id": "11", "media_category": "TweetVideo",
                "subtitles": ["id": "21", "language_code": "EN", "display_name": "English"],
            ])
        #expect(requests.last?.bodyText.contains("media_category\"\r\n\r\ntweet_image\r\n") == true)
    }

    @Test func `that changed meanwhile is not waited for`() async throws {
        let kept = XDraft(media: [XFixtures.upload("9", digest: video.digest, .sending(next: 1, piece: 1 << 20))])
        let failure = await failure { () async throws(PlatformFailure) in
            try await prepare(video, ScriptedTransport([]), resuming: kept, files: [:])
        }
        #expect(failure?.code == "test.no-media")
    }
}
