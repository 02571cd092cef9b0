import Testing

@testable import Sandbox

@Suite struct `The credit of an app on X` {
    @Test func `pays posts, links cost more, and an empty balance is 402`() async throws {
        let client = try await Client()
        await client.control("POST", "credit", ["x": .number(0.23)])
        let link = await client.x("POST", "/2/tweets", ["text": "Read README.md"])
        #expect(link.status == 201)
        #expect(await client.x("POST", "/2/tweets", ["text": "Words"]).status == 201)
        let second = await client.x("POST", "/2/tweets", ["text": "More words"])
        #expect(second.status == 201)
        let broke = await client.x("POST", "/2/tweets", ["text": "Even more words"])
        #expect(broke.status == 402)
        #expect(broke.json["title"]?.string == "CreditsDepleted")
        #expect(broke.json["type"]?.string?.hasSuffix("/credits") == true)
        #expect(await client.x("GET", "/2/tweets/5", mark: "").status == 402)
        #expect(await client.x("POST", "/2/tweets", ["text": "Even more words"], account: "other").status == 402)
        #expect(await client.posts.count == 3)
        await client.control("POST", "credit", ["x": .null])
        #expect(await client.x("POST", "/2/tweets", ["text": "Even more words"]).status == 201)
    }

    @Test func `is not used by requests that fail`() async throws {
        let client = try await Client()
        await client.control("POST", "credit", ["x": .number(0.015)])
        #expect(await client.x("POST", "/2/tweets", ["text": ""]).status == 400)
        #expect(await client.x("POST", "/2/tweets", ["text": "Words"]).status == 201)
        await client.control("POST", "credit", ["x": .number(0.005)])
        let picture = Value.string(await client.uploaded(SmallPictures.jpeg(8, 8)))
        let alt: Value = ["id": picture, "metadata": ["alt_text": ["text": "a"]]]
        #expect(await client.x("POST", "/2/media/metadata", alt).status == 200)
        #expect(await client.x("POST", "/2/media/metadata", alt).status == 402)
    }

    @Test func `can be played empty by a fault`() async throws {
        let client = try await Client()
        await client.fault(["operation": "publish", "fault": "no-credit"])
        #expect(await client.x("POST", "/2/tweets", ["text": "Words"]).status == 402)
        #expect(await client.posts.isEmpty)
    }
}

@Suite struct `The limits of X` {
    @Test func `of a day are told and obeyed when an account has them`() async throws {
        let client = try await Client()
        await client.control("POST", "limits", ["x": ["postsPerUserDay": 2]])
        let first = await client.x("POST", "/2/tweets", ["text": "1"])
        #expect(first.header("x-user-limit-24hour-limit") == "2")
        #expect(first.header("x-user-limit-24hour-remaining") == "1")
        _ = await client.x("POST", "/2/tweets", ["text": "2"])
        let refused = await client.x("POST", "/2/tweets", ["text": "3"])
        #expect(refused.status == 429)
        #expect(refused.header("x-rate-limit-remaining") == "97")
        #expect(refused.header("x-user-limit-24hour-remaining") == "0")
        #expect(refused.header("x-user-limit-24hour-reset") == String(1_796_115_600 + 86_400))
        #expect(await client.x("POST", "/2/tweets", ["text": "3"], account: "other").status == 201)
        await client.setClock("2026-12-02T09:00:00Z")
        #expect(await client.x("POST", "/2/tweets", ["text": "3"]).status == 201)
    }

    @Test func `may be a day's while the window looks healthy`() async throws {
        let client = try await Client()
        await client.fault(["fault": "rate-limit", "bucket": "app", "seconds": 7200])
        let refused = await client.x("POST", "/2/tweets", ["text": "1"])
        #expect(refused.status == 429)
        #expect(refused.header("x-rate-limit-remaining") == "39998")
        #expect(refused.header("x-app-limit-24hour-remaining") == "0")
        #expect(refused.header("x-app-limit-24hour-reset") == String(1_796_115_600 + 7200))
    }

    @Test(arguments: [
        (XOperation.createPost, 100), (.deletePost, 50), (.posts, 5000), (.post, 900), (.timeline, 900), (.me, 75),
        (.upload, 500), (.uploadStatus, 1000), (.initialize, 1875), (.append, 1875), (.finalize, 1875),
        (.metadata, 500), (.subtitles, 100),
    ])
    func `for one user are those of the rate-limit page`(_ operation: XOperation, _ count: Int) {
        #expect(XRateLimits.perUser(operation) == count)
    }

    @Test func `count every operation for itself`() async throws {
        let client = try await Client()
        for _ in 0..<75 { _ = await client.x("GET", "/2/users/me", mark: "") }
        #expect(await client.x("GET", "/2/users/me", mark: "").status == 429)
        #expect(await client.x("POST", "/2/tweets", ["text": "1"]).status == 201)
    }
}

@Suite struct `A token of OAuth 2.0 on X` {
    @Test func `has the scopes that were granted, and no others`() async throws {
        let client = try await Client()
        let token = "sandbox-x-acme+tweet.read+tweet.write+users.read"
        #expect(await client.bearer("POST", "/2/tweets", ["text": "Hello"], token: token).status == 201)
        let begin: Value = ["media_type": "video/mp4", "total_bytes": 9, "media_category": "tweet_video"]
        let refused = await client.bearer("POST", "/2/media/upload/initialize", begin, token: token)
        #expect(refused.status == 403)
        #expect(refused.json["detail"]?.string == "Forbidden")
        #expect(
            await client.bearer("POST", "/2/media/upload/initialize", begin, token: token + "+media.write").status
                == 200)
    }

    @Test func `of an app cannot post, but read`() async throws {
        let client = try await Client()
        let refused = await client.bearer("POST", "/2/tweets", ["text": "Hello"], token: "sandbox-x-acme+app")
        #expect(refused.status == 403)
        #expect(refused.json["type"]?.string?.hasSuffix("unsupported-authentication") == true)
        #expect(await client.bearer("GET", "/2/tweets?ids=5", token: "sandbox-x-acme+app").status == 200)
    }

    @Test func `is refreshed with the scopes it had`() async throws {
        let client = try await Client()
        func token(_ fields: String) async -> Value {
            await client.send(
                "POST", "https://api.x.com/2/oauth2/token", [("Content-Type", "application/x-www-form-urlencoded")],
                body: Array("client_id=sandbox-client-id&\(fields)".utf8)
            ).json
        }
        let scopes = "tweet.read%20users.read%20offline.access"
        // RFC 7636, appendix B.
        let page =
            "https://x.com/i/oauth2/authorize?response_type=code&client_id=sandbox-client-id&redirect_uri=http%3A%2F%2F127.0.0.1%2F&state=s&scope=\(scopes)&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
        let location = await client.send("POST", page, body: Array("account=acme".utf8)).header("Location") ?? ""
        let code =
            PercentCoding.pairs(location.split(separator: "?").last ?? "")?.first { $0.name == "code" }?.value ?? ""
        let first = await token(
            "grant_type=authorization_code&code=\(code)&redirect_uri=http%3A%2F%2F127.0.0.1%2F&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        )
        #expect(first["scope"]?.string == "tweet.read users.read offline.access")
        let second = await token("grant_type=refresh_token&refresh_token=\(first["refresh_token"]?.string ?? "")")
        #expect(second["scope"] == first["scope"])
        let bearer = second["access_token"]?.string ?? ""
        #expect(await client.bearer("GET", "/2/users/me", token: bearer).status == 200)
        #expect(await client.bearer("POST", "/2/tweets", ["text": "Hello"], token: bearer).status == 403)
        #expect(await client.send("GET", page.replacing("users.read", with: "users.eat")).status == 400)
    }
}

@Suite struct `The renamed fields of X` {
    private func read(_ client: Client, _ query: String) async -> Reply {
        await client.x("GET", "/2/users/\(SandboxCredentials.xUserID("acme"))/tweets?\(query)", mark: "")
    }

    @Test func `are known by one spelling when the server is told so`() async throws {
        let client = try await Client()
        await client.control("POST", "names", ["x": "before"])
        let old = await client.x("POST", "/2/tweets", ["text": "1"])
        #expect(old.json["data"]?["edit_history_tweet_ids"]?.array?.count == 1)
        #expect(await read(client, "tweet.fields=created_at,note_tweet").status == 200)
        let unknown = await read(client, "post.fields=created_at")
        #expect(unknown.status == 400)
        #expect(unknown.json["errors"]?.array?.first?["parameters"]?["post.fields"] != nil)

        await client.control("POST", "names", ["x": "after"])
        let new = await client.x("POST", "/2/tweets", ["text": "2"])
        #expect(new.json["data"]?["edit_history_post_ids"]?.array?.count == 1)
        #expect(await read(client, "tweet.fields=created_at").status == 400)
        #expect(await read(client, "post.fields=created_at,note_post").status == 200)
        #expect(await read(client, "post.fields=referenced_posts").status == 400)
        #expect(await read(client, "expansions=referenced_posts,author_id").status == 200)
    }

    @Test func `are answered as asked when both are known`() async throws {
        let client = try await Client()
        _ = await client.x("POST", "/2/tweets", ["text": "1"])
        let old = await read(client, "tweet.fields=public_metrics").json["data"]?.array?.first
        #expect(old?["public_metrics"]?["retweet_count"] != nil && old?["edit_history_tweet_ids"] != nil)
        let new = await read(client, "post.fields=public_metrics").json["data"]?.array?.first
        #expect(new?["public_metrics"]?["repost_count"] != nil && new?["edit_history_post_ids"] != nil)
        #expect(await client.control("POST", "names", ["x": "someday"]).status == 400)
    }
}
