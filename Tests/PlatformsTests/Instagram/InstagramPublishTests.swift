import HTTP
import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `Publishing to Instagram` {
    private let step = Step(index: 0, kind: .post, text: "One", media: [picture("a.jpg")])

    private func published(
        _ transport: ScriptedTransport, container: String? = "5", account: Account = shop
    ) async throws -> Result<Receipt, PlatformFailure> {
        let claim = try await claim(shop.id)
        do {
            return .success(
                try await instagram(transport, account: account).publish(
                    step, draft: InstagramDraft(of: step, container: container), after: [], claim: claim))
        } catch {
            return .failure(error)
        }
    }

    @Test func `sends one request that is never repeated`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"id":"18000000000000009"}"#)])
        let receipt = try await published(transport).get()
        #expect(
            receipt
                == Receipt(id: "18000000000000009", url: nil, publishedAt: TestClock(at: "2026-09-01T09:00:00Z").now))
        let request = try #require(transport.requests.first)
        #expect(transport.requests.count == 1)
        #expect(request.method == .post && request.url == "https://graph.facebook.com/v25.0/1784/media_publish")
        #expect(request.bodyText == "creation_id=5")
        #expect(request.repetition == .forbidden)
        #expect(request.headers["Authorization"] == "Bearer secret-token")
    }

    @Test func `keeps ids that are written as numbers`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"id":18000000000000009999}"#)])
        #expect(try await published(transport).get().id == "18000000000000009999")
    }

    @Test(arguments: try ErrorRow.all("instagram/errors"))
    func `knows what an answer without success means`(_ row: ErrorRow) async throws {
        guard case .failure(let failure) = try await published(ScriptedTransport(inOrder: [row.answer]))
        else { return #expect(Bool(false), "published") }
        try row.check(failure, "publishing")
    }

    @Test func `does not know what a lost answer means`() async throws {
        guard case .failure(let lost) = try await published(ScriptedTransport(inOrder: [.lost]))
        else { return #expect(Bool(false), "published") }
        #expect(lost.kind == .ambiguous)
        guard case .failure(let unsent) = try await published(ScriptedTransport(inOrder: [.neverSent]))
        else { return #expect(Bool(false), "published") }
        #expect(unsent.kind == .retryable)
    }

    @Test func `sends nothing before there is a container`() async throws {
        guard case .failure(let failure) = try await published(ScriptedTransport([]), container: nil)
        else { return #expect(Bool(false), "published") }
        #expect(failure.kind == .retryable)
    }

    @Test func `asks for the address of a post afterwards`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"permalink":"https://www.instagram.com/p/abc/"}"#)])
        let receipt = Receipt(id: "18", url: nil, publishedAt: Instant(seconds: 0))
        #expect(try await instagram(transport).link(to: receipt) == "https://www.instagram.com/p/abc/")
        #expect(transport.requests.map(\.url) == ["https://graph.facebook.com/v25.0/18?fields=permalink"])
        let unknown = Receipt(id: "container:5", url: nil, publishedAt: Instant(seconds: 0))
        #expect(try await instagram(ScriptedTransport([])).link(to: unknown) == nil)
    }
}

@Suite struct `Who posts on Instagram` {
    @Test func `is named in the account, which a Facebook login needs`() async throws {
        #expect(try await instagram(ScriptedTransport([])).actor() == "1784")
        let account = instagramAccount("shop", login: .facebook, userID: nil)
        let failure = await failure { () async throws(PlatformFailure) in
            try await instagram(ScriptedTransport([]), account: account).actor()
        }
        #expect(failure?.kind == .config && failure?.scope == .account)
        #expect(failure?.message.contains("userId") == true)
    }

    @Test func `is asked once with an Instagram login`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"user_id":"1784","id":"9"}"#)])
        let platform = instagram(transport, account: instagramAccount("shop", login: .instagram, userID: nil))
        #expect(try await platform.actor() == "1784")
        #expect(try await platform.actor() == "1784")
        #expect(transport.requests.map(\.url) == ["https://graph.instagram.com/v25.0/me?fields=user_id"])
    }
}

@Suite struct `Instagram's error codes` {
    /// What each action of the tables is to us.
    private let meanings: [String: Set<MetaGraphMeaning>] = [
        "retry_new_container": [.newContainer, .server], "new_container": [.newContainer],
        "retry_same_container": [.notReady], "permanent_request": [.refused], "permanent_media": [.media],
        "account_blocked": [.blocked], "quota": [.quota], "hosting": [.mediaHost],
        "retry_ambiguous": [.server], "permission": [.permission], "not_found": [.notFound], "reauth": [.token],
        "user_action": [.token], "duplicate": [.duplicate], "rate_limit": [.rateLimited],
        "rate_limit_app": [.rateLimited], "rate_limit_user": [.rateLimited], "rate_limit_page": [.rateLimited],
        "rate_limit_buc": [.rateLimited],
    ]

    @Test(arguments: ["instagram/error-subcodes", "instagram/graph-error-codes"])
    func `mean what the tables say`(_ table: String) throws {
        for row in try clientTable(table) {
            let body = JSON.object(["error": ["code": row["code"] ?? .null, "error_subcode": row["subcode"] ?? .null]])
            let error = MetaGraphError(Response(status: 400, headers: [:], body: body.compact()))
            let action = try #require(row["action"]?.string)
            let expected = try #require(meanings[action], "\(action)")
            #expect(expected.contains(error.meaning(status: 400, subcodes: InstagramRules.subcodes)), "\(row)")
        }
    }
}
