import HTTP
import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `The older API of LinkedIn` {
    private let media = TestMedia(files: ["a.jpg": [1, 2, 3], "a.mp4": [4]])
    private var old: Account {
        var account = page
        account.api = .legacy
        return account
    }

    private func registered(_ headers: String = "{}") -> Result<Response, TransportError> {
        .json(
            #"{"value":{"asset":"urn:li:digitalmediaAsset:A","uploadMechanism":{"#
                + #""com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest":{"headers":\#(headers),"#
                + #""uploadUrl":"https://api.linkedin.com/mediaUpload/A"}}}}"#)
    }

    @Test(arguments: [(MediaInfo.Format.jpeg, "a.jpg", "image", true), (.mp4, "a.mp4", "video", false)])
    func `registers, uploads and waits`(
        _ format: MediaInfo.Format, _ path: String, _ recipe: String, _ withToken: Bool
    ) async throws {
        let transport = ScriptedTransport([
            .on(.post, "/v2/assets?action=registerUpload", registered(#"{"media-type-family":"STILLIMAGE"}"#)),
            .on(.put, "mediaUpload/A", .empty(201)),
            .on(.get, "/v2/assets/A", .json(#"{"recipes":[{"status":"PROCESSING"}]}"#)),
            .on(.get, "/v2/assets/A", .json(#"{"recipes":[{"status":"AVAILABLE"}]}"#)),
        ])
        let platform = linkedIn(old, transport, media: media)
        let step = Step(index: 0, kind: .post, text: "One", media: [picture(path, format: format)])
        guard case .notYet(let draft, _) = try await platform.prepare(step, after: [], resuming: nil),
            case .ready(let ready) = try await platform.prepare(step, after: [], resuming: draft)
        else { return #expect(Bool(false), "not waited, or not ready") }
        #expect(ready.assets.map(\.urn) == ["urn:li:digitalmediaAsset:A"])
        let requests = transport.requests
        #expect(requests.allSatisfy { $0.headers["LinkedIn-Version"] == nil })
        #expect(
            requests[0].json?["registerUploadRequest"]?["recipes"]
                == [JSON("urn:li:digitalmediaRecipe:feedshare-\(recipe)")])
        #expect(requests[1].headers["media-type-family"] == "STILLIMAGE")
        #expect((requests[1].headers["Authorization"] != nil) == withToken)
    }

    @Test func `gives up media that it could not process, and waits once where it may not look`() async throws {
        let step = Step(index: 0, kind: .post, text: "One", media: [picture("a.jpg")])
        let draft = LinkedInDraft(
            author: "urn:li:organization:5",
            assets: [.init(urn: "urn:li:digitalmediaAsset:A", digest: "sha256:a.jpg", state: .uploaded)])
        let broken = ScriptedTransport(inOrder: [.json(#"{"recipes":[{"status":"CLIENT_ERROR"}]}"#)])
        let failure = await failure { () async throws(PlatformFailure) in
            try await linkedIn(old, broken).prepare(step, after: [], resuming: draft)
        }
        #expect(failure?.code == "linkedin.media-failed")
        let closed = ScriptedTransport(inOrder: [.json(#"{"code":"ACCESS_DENIED"}"#, status: 403)])
        guard case .notYet(let waited, _) = try await linkedIn(old, closed).prepare(step, after: [], resuming: draft)
        else { return #expect(Bool(false), "no wait") }
        #expect(waited.waits == 1)
    }

    @Test func `posts plain words, and tells the id in its body`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"id":"urn:li:share:9"}"#, status: 201)])
        var step = Step(index: 0, kind: .post, text: "Hello (world) #a_b", media: [picture("a.jpg")])
        step.media[0].reference.title = "Bike"
        step.options = ["visibility": "CONNECTIONS"]
        let draft = LinkedInDraft(
            author: "urn:li:person:A", assets: [.init(urn: "urn:li:digitalmediaAsset:A", digest: "", state: .ready)])
        let receipt = try await linkedIn(old, transport)
            .publish(step, draft: draft, after: [], claim: try await claim(old.id))
        #expect(receipt.id == "urn:li:share:9")
        let request = try #require(transport.requests.first)
        #expect(request.url == "https://api.linkedin.com/v2/ugcPosts" && request.repetition == .forbidden)
        #expect(request.headers["X-Restli-Protocol-Version"] == "2.0.0" && request.headers["LinkedIn-Version"] == nil)
        #expect(
            request.json
                == [
                    "author": "urn:li:person:A", "lifecycleState": "PUBLISHED",
                    "specificContent": [
                        "com.linkedin.ugc.ShareContent": [
                            "shareCommentary": ["text": "Hello (world) #a_b"], "shareMediaCategory": "IMAGE",
                            "media": [
                                [
                                    "status": "READY", "media": "urn:li:digitalmediaAsset:A", "title": ["text": "Bike"],
                                    "description": ["text": "A red bicycle"],
                                ]
                            ],
                        ]
                    ],
                    "visibility": ["com.linkedin.ugc.MemberNetworkVisibility": "CONNECTIONS"],
                ])
    }

    @Test func `counts plain characters, and shows a mention as its name`() {
        #expect(complaints(LinkedInText.compose(words(old, String(repeating: "(", count: 3000)))) == [])
        #expect(
            complaints(LinkedInText.compose(words(old, String(repeating: "(", count: 3001)))) == ["error text-too-long"]
        )
        let composition = LinkedInText.compose(words(old, "With @[Acme](urn:li:organization:1)"))
        #expect(composition.steps.map(\.text) == ["With Acme"])
        #expect(complaints(composition) == ["warning not-available"])
    }
}

@Suite struct `A version of LinkedIn's API` {
    @Test(arguments: [
        ("202508", "2026-08-17T00:00:00Z"), ("202609", "2027-09-17T00:00:00Z"), ("202701", "2028-01-17T00:00:00Z"),
        ("2026", nil), ("202613", nil), ("soon", nil), ("-20260", nil),
    ]) func `ends on a day that is known`(_ name: String, _ end: String?) {
        #expect(LinkedInVersion.end(of: name)?.rfc3339 == end)
    }

    @Test func `is that of the rules unless the account names one`() async throws {
        #expect(LinkedInRules.versions.contains { $0.name == LinkedInRules.version })
        for version in LinkedInRules.versions { #expect(LinkedInVersion.endByMonth(version.name) == version.end) }
        var account = page
        account.version = "202611"
        #expect(account.linkedInVersion == "202611")
        let transport = ScriptedTransport(inOrder: [
            .json(#"{"code":"NONEXISTENT_VERSION","message":"no"}"#, status: 426)
        ])
        var refused: PlatformFailure?
        let claim = try await claim(account.id)
        do {
            _ = try await linkedIn(account, transport).publish(
                Step(index: 0, kind: .post, text: "One"), draft: LinkedInDraft(author: "urn:li:organization:5"),
                after: [], claim: claim)
        } catch { refused = error }
        #expect(transport.requests.first?.headers["LinkedIn-Version"] == "202611")
        #expect(refused?.kind == .config && refused?.scope == .network)
        #expect(refused?.hint == "linkedin/page names a version that LinkedIn does not know; take version: out")
        account.api = .legacy
        #expect(account.linkedInVersion == nil)
    }
}
