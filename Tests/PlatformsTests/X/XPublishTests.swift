import HTTP
import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `Publishing on X` {
    private let step = Step(index: 0, kind: .post, text: "Hello <world> & “all”")
    private let done = #"{"data":{"id":"1880028106020515840","text":"Hello"}}"#

    private func publish(
        _ step: Step, _ transport: ScriptedTransport, draft: XDraft = XDraft(), after earlier: [Receipt] = [],
        credentials: [String: String] = XFixtures.oauth1
    ) async throws -> Receipt {
        let claim = try await claim(XFixtures.account.id, step: step.index)
        return try await XFixtures.platform(transport, credentials: credentials)
            .publish(step, draft: draft, after: earlier, claim: claim)
    }

    @Test func `of words alone is one request`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(done, status: 201)])
        let platform = XFixtures.platform(transport)
        let prepared = try await platform.prepare(step, after: [], resuming: nil)
        guard case .ready(let draft) = prepared else {
            Issue.record("not ready")
            return
        }
        let receipt = try await publish(step, transport, draft: draft)
        #expect(transport.requests.count == 1)
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url == "https://api.x.com/2/tweets")
        #expect(request.json == ["text": "Hello <world> & “all”"])
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(request.repetition == .forbidden)
        #expect(request.deadline <= .seconds(90))
        #expect(receipt.id == "1880028106020515840")
        #expect(receipt.url == "https://x.com/i/web/status/1880028106020515840")
        #expect(receipt.found == .answered)
    }

    @Test func `is signed by OAuth 1.0a with a nonce of its own`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(done, status: 201)])
        _ = try await publish(step, transport)
        let request = try #require(transport.requests.first)
        let oauth = OAuth1(
            consumerKey: "consumer", consumerSecret: Secret("consumer secret"),
            token: OAuth1.Token(key: "42-token", secret: Secret("token secret")))
        let expected = oauth.authorization(
            OAuth1.Signed(method: "POST", url: "https://api.x.com/2/tweets"),
            at: OAuth1.Moment(nonce: String(repeating: "0", count: 31) + "1", timestamp: "\(XFixtures.now.seconds)"))
        #expect(request.headers["Authorization"] == expected.reveal())
        #expect(!"\(request.headers)".contains("42-token"))
    }

    @Test func `uses a bearer token without the secret of OAuth 1.0a`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(done, status: 201)])
        _ = try await publish(step, transport, credentials: ["ACCESS_TOKEN": "opaque", "CLIENT_ID": "client"])
        #expect(transport.requests[0].headers["Authorization"] == "Bearer opaque")
    }

    @Test(
        arguments: [
            ("ACCESS_TOKEN", "SOCIALS_ACCOUNT_X_ACME_ACCESS_TOKEN"),
            ("ACCESS_TOKEN_SECRET", "SOCIALS_ACCOUNT_X_ACME_ACCESS_TOKEN_SECRET"),
            ("CONSUMER_SECRET", "SOCIALS_APP_X_CONSUMER_SECRET"), ("CONSUMER_KEY", "SOCIALS_APP_X_CONSUMER_KEY"),
        ])
    func `names the variable that is not set`(_ field: String, _ variable: String) async throws {
        var credentials = XFixtures.oauth1
        credentials[field] = nil
        let platform = XFixtures.platform(ScriptedTransport([]), credentials: credentials)
        let claim = try await claim(XFixtures.account.id)
        do {
            _ = try await platform.publish(step, draft: XDraft(), after: [], claim: claim)
            Issue.record("it was published")
        } catch {
            #expect(error.kind == .auth)
            #expect(error.hint == "set \(variable)")
        }
    }

    @Test func `sends media, the parent and options under the API's names`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(done, status: 201)])
        let media = ["7", "8"].map { XFixtures.upload($0) }
        let step = Step(
            index: 1, kind: .reply, text: "",
            options: ["replySettings": "mentionedUsers", "madeWithAi": "true", "paidPartnership": "false"])
        _ = try await publish(
            step, transport, draft: XDraft(media: media), after: [XFixtures.receipt("1"), XFixtures.receipt("2")])
        #expect(
            transport.requests[0].json == [
                "media": ["media_ids": ["7", "8"]], "reply": ["in_reply_to_tweet_id": "2"],
                "reply_settings": "mentionedUsers", "made_with_ai": true,
            ])
    }

    @Test func `sends every option of the API where it belongs`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(done, status: 201)])
        var film = XFixtures.video()
        film.reference.title = "The film"
        var media = XFixtures.upload("7")
        media.preview = "8"
        let step = Step(
            index: 0, kind: .post, text: "Hi", media: [film],
            options: [
                "poll.options": "Yes, please\nNo", "poll.durationMinutes": "60", "quoteTweetId": "55",
                "communityId": "146", "shareWithFollowers": "true", "forSuperFollowersOnly": "true",
                "nullcast": "true", "placeId": "5a110d312052166f", "taggedUserIds": "1,2", "cardUri": "card://1",
                "directMessageDeepLink": "https://x.com/messages/compose?recipient_id=1",
            ])
        _ = try await publish(step, transport, draft: XDraft(media: [media]))
        #expect(
            transport.requests[0].json == [
                "text": "Hi",
                "media": [
                    "media_ids": ["7"], "tagged_user_ids": ["1", "2"], "title": "The film", "preview_media_id": "8",
                ],
                "poll": ["options": ["Yes, please", "No"], "duration_minutes": 60], "quote_tweet_id": "55",
                "community_id": "146", "share_with_followers": true, "for_super_followers_only": true,
                "nullcast": true, "geo": ["place_id": "5a110d312052166f"], "card_uri": "card://1",
                "direct_message_deep_link": "https://x.com/messages/compose?recipient_id=1",
            ])
    }

    @Test func `uploads media anew that X lost, but not those that it just took`() async throws {
        let refusal = #"{"errors":[{"message":"Your media IDs are invalid."}],"title":"Invalid Request"}"#
        for (age, kind) in [(Duration.minutes(11), PlatformFailure.Kind.retryable), (.minutes(10), .permanent)] {
            let transport = ScriptedTransport(inOrder: [.json(refusal, status: 400)])
            let media = XFixtures.upload("7", begun: XFixtures.now - age)
            let failure = await failure { () async throws(PlatformFailure) in
                try await published(transport, draft: XDraft(media: [media]))
            }
            #expect(failure?.code == "x.media-invalid")
            #expect(failure?.kind == kind)
        }
    }

    @Test func `tells which keys are wrong when a signature is refused, and how far the clock is off`() async throws {
        for (body, date, code, hint) in [
            (#"{"errors":[{"code":32,"message":"Could not authenticate you."}]}"#, "", "x.token-invalid", "four keys"),
            (
                #"{"errors":[{"code":135,"message":"Timestamp out of bounds."}]}"#, "Tue, 01 Sep 2026 08:50:00 GMT",
                "x.clock-skew", "it is 600 seconds ahead of X's"
            ),
        ] {
            let answer = Result<Response, TransportError>.json(body, status: 401, headers: ["Date": date])
            let failure = await failure { () async throws(PlatformFailure) in
                try await published(ScriptedTransport(inOrder: [answer]))
            }
            #expect(failure?.kind == .auth)
            #expect(failure?.code == code)
            #expect(failure?.hint?.contains(hint) == true)
        }
    }

    @Test func `names the variable of a token of OAuth 2.0 that ended`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"title":"Unauthorized","status":401}"#, status: 401)])
        let failure = await failure { () async throws(PlatformFailure) in
            try await published(transport, credentials: ["ACCESS_TOKEN": "opaque", "CLIENT_ID": "client"])
        }
        #expect(failure?.code == "x.token-expired")
        #expect(failure?.hint?.contains("SOCIALS_ACCOUNT_X_ACME_ACCESS_TOKEN") == true)
    }

    @Test func `takes the time from the id if that is near`() async throws {
        for (offset, expected) in [(Duration.seconds(-3), Duration.seconds(-3)), (.hours(-2), .zero)] {
            let id = XFixtures.id(XFixtures.now + offset)
            let transport = ScriptedTransport(inOrder: [.json(#"{"data":{"id":\#(id)}}"#, status: 201)])
            let receipt = try await publish(step, transport)
            #expect(receipt.id == id)
            #expect(receipt.publishedAt == XFixtures.now + expected)
        }
    }

    @Test(arguments: ["", "{", #"{"data":{}}"#, #"{"errors":[]}"#])
    func `is unclear when a success cannot be read`(_ body: String) async throws {
        let transport = ScriptedTransport(inOrder: [.json(body, status: 201)])
        let failure = await failure { () async throws(PlatformFailure) in try await published(transport) }
        #expect(failure?.kind == .ambiguous)
        #expect(failure?.code == "x.unreadable")
    }

    @Test func `is not done if it was never sent, and unclear if the answer was lost`() async throws {
        for (answer, kind) in [(Result.neverSent, PlatformFailure.Kind.retryable), (.lost, .ambiguous)] {
            let transport = ScriptedTransport(inOrder: [answer])
            let failure = await failure { () async throws(PlatformFailure) in try await published(transport) }
            #expect(failure?.kind == kind)
            #expect(transport.requests.count == 1)
        }
    }

    @Test(arguments: try ErrorRow.all("x/errors")) func `fails as the table says`(_ row: ErrorRow) async throws {
        let transport = ScriptedTransport(inOrder: [row.answer])
        let failure = await failure { () async throws(PlatformFailure) in
            try await published(transport, credentials: ["ACCESS_TOKEN": "secret-token"])
        }
        try row.check(failure, "publishing")
        #expect(transport.requests.count == 1)
    }

    @Test func `tells that the first parts are live when a reply is refused`() async throws {
        let refusal = #"{"title":"Forbidden","status":403,"detail":"You are not permitted to perform this action."}"#
        let transport = ScriptedTransport(inOrder: [.json(refusal, status: 403)])
        let failure = await failure { () async throws(PlatformFailure) in
            try await published(
                transport, step: Step(index: 1, kind: .reply, text: "Two"), after: [XFixtures.receipt("1")])
        }
        #expect(failure?.kind == .permanent)
        #expect(failure?.code == "x.reply-refused")
        #expect(failure?.hint?.contains("the parts before this one are live") == true)
    }

    /// With typed throws; without a claim nothing can be published, which is an issue of the test.
    private func published(
        _ transport: ScriptedTransport, credentials: [String: String] = XFixtures.oauth1, step: Step? = nil,
        draft: XDraft = XDraft(), after earlier: [Receipt] = []
    ) async throws(PlatformFailure) -> Receipt? {
        guard let claim = try? await claim(XFixtures.account.id) else {
            Issue.record("no claim")
            return nil
        }
        return try await XFixtures.platform(transport, credentials: credentials)
            .publish(step ?? self.step, draft: draft, after: earlier, claim: claim)
    }
}

@Suite struct `The user of an X token` {
    @Test func `is in tokens of OAuth 1.0a`() async throws {
        let transport = ScriptedTransport([])
        #expect(try await XFixtures.platform(transport).actor() == "42")
        #expect(transport.requests.isEmpty)
    }

    @Test func `is asked for once with other tokens`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"data":{"id":"77","username":"acme"}}"#)])
        let platform = XFixtures.platform(transport, credentials: ["ACCESS_TOKEN": "12-opaque"])
        #expect(try await platform.actor() == "77")
        #expect(try await platform.actor() == "77")
        #expect(transport.requests.map(\.url) == ["https://api.x.com/2/users/me"])
    }
}
