import Testing

@testable import Sandbox

@Suite struct `A post on X` {
    @Test func `is created with 201 and found again`() async throws {
        let client = try await Client()
        let reply = await client.x("POST", "/2/tweets", ["text": "Hello <world> & https://example.com/launch"])
        #expect(reply.status == 201)
        let id = try #require(reply.json["data"]?["id"]?.string)
        #expect(reply.header("location") == "https://api.x.com/2/tweets/\(id)")
        let text = try #require(reply.json["data"]?["text"]?.string)
        #expect(text.hasPrefix("Hello &lt;world&gt; &amp; https://t.co/"))

        let user = SandboxCredentials.xUserID("acme")
        let list = await client.x("GET", "/2/users/\(user)/tweets?max_results=10&tweet.fields=created_at,entities")
        let found = try #require(list.json["data"]?.array?.first)
        #expect(found["id"]?.string == id)
        #expect(found["created_at"]?.string == "2026-12-01T09:00:00.000Z")
        #expect(found["entities"]?["urls"]?.array?.first?["expanded_url"]?.string == "https://example.com/launch")
        #expect(list.json["meta"]?["result_count"]?.integer == 1)
        #expect(await client.posts.map { $0["text"]?.string } == ["Hello <world> & https://example.com/launch"])
    }

    @Test(
        arguments: [
            (["text": "x", "colour": "red"], 400), ([:], 400), (["text": ""], 400), (["text": 7], 400),
            (["text": "x", "reply_settings": "everyone"], 400), (["text": "x", "media": ["media_ids": ["1"]]], 400),
            (["text": "x", "media": ["media_ids": []]], 400), (["text": "a\u{FFFE}"], 400),
            (["text": "x", "poll": ["options": ["a"], "duration_minutes": 60]], 400),
            (["text": "x", "poll": ["options": ["a", "b"], "duration_minutes": 4]], 400),
            (["text": "x", "reply": [:]], 400), (["text": "x", "reply": ["in_reply_to_tweet_id": "5"]], 403),
            (["text": "x", "quote_tweet_id": "5"], 403), (["text": "$AAA and $BBB"], 403),
        ] as [(Value, Int)])
    func `is refused when it breaks a rule`(_ body: Value, _ status: Int) async throws {
        let client = try await Client()
        #expect(await client.x("POST", "/2/tweets", body).status == status)
        #expect(await client.posts.isEmpty)
    }

    @Test func `may be 280 long, not 281, unless the account has Premium`() async throws {
        let client = try await Client()
        let text = String(repeating: "a", count: 280)
        #expect(await client.x("POST", "/2/tweets", ["text": .string(text)]).status == 201)
        let tooLong = await client.x("POST", "/2/tweets", ["text": .string(text + "b")])
        #expect(tooLong.status == 403)
        #expect(tooLong.json["errors"]?.array?.first?["code"]?.integer == 186)
        let long = await client.x("POST", "/2/tweets", ["text": .string(text + "b")], mark: "+premium")
        #expect(long.status == 201)
        let id = long.json["data"]?["id"]?.string ?? ""
        let read = await client.x("GET", "/2/tweets/\(id)?tweet.fields=note_tweet")
        #expect(read.json["data"]?["note_tweet"]?["text"]?.string == text + "b")
    }

    @Test func `is refused as a duplicate for the same account only`() async throws {
        let client = try await Client()
        let body: Value = ["text": "Same words"]
        #expect(await client.x("POST", "/2/tweets", body).status == 201)
        let again = await client.x("POST", "/2/tweets", body)
        #expect(again.status == 403)
        #expect(again.json["detail"]?.string?.contains("duplicate content") == true)
        #expect(await client.x("POST", "/2/tweets", body, account: "other").status == 201)
        #expect(await client.posts.count == 2)
    }

    @Test func `can be answered by its author, and its thread is found`() async throws {
        let client = try await Client()
        let first = await client.x("POST", "/2/tweets", ["text": "1/2"]).json["data"]?["id"]?.string ?? ""
        let reply: Value = ["text": "2/2", "reply": ["in_reply_to_tweet_id": .string(first)]]
        #expect(await client.x("POST", "/2/tweets", reply).status == 201)
        let other: Value = ["text": "me too", "reply": ["in_reply_to_tweet_id": .string(first)]]
        #expect(await client.x("POST", "/2/tweets", other, account: "other").status == 403)
        let user = SandboxCredentials.xUserID("acme")
        let fields = "referenced_tweets,conversation_id"
        let list = await client.x(
            "GET", "/2/users/\(user)/tweets?since_id=\(first)&max_results=5&tweet.fields=\(fields)")
        let found = list.json["data"]?.array ?? []
        #expect(found.map { $0["referenced_tweets"]?.array?.first?["id"]?.string } == [first])
        #expect(found.first?["conversation_id"]?.string == first)
        let renamed = await client.x(
            "GET", "/2/tweets?ids=\(found.first?["id"]?.string ?? "")&post.fields=referenced_posts")
        #expect(renamed.json["data"]?.array?.first?["referenced_posts"]?.array?.count == 1)
    }

    @Test func `is deleted by its author`() async throws {
        let client = try await Client()
        let id = await client.x("POST", "/2/tweets", ["text": "Gone soon"]).json["data"]?["id"]?.string ?? ""
        #expect(await client.x("DELETE", "/2/tweets/\(id)", account: "other").status == 403)
        #expect(await client.x("DELETE", "/2/tweets/\(id)").json["data"]?["deleted"]?.bool == true)
        #expect(await client.x("DELETE", "/2/tweets/\(id)").status == 404)
        let read = await client.x("GET", "/2/tweets?ids=\(id)")
        #expect(read.status == 200)
        #expect(read.json["errors"]?.array?.first?["resource_id"]?.string == id)
    }

    @Test func `counts against the limit that the headers tell`() async throws {
        let client = try await Client()
        let first = await client.x("POST", "/2/tweets", ["text": "0"])
        #expect(first.header("x-rate-limit-remaining") == "99")
        #expect(first.header("x-rate-limit-reset") == String(1_796_115_600 + 900))
        #expect(first.header("x-app-limit-24hour-remaining") == "9999")
        for number in 1..<100 { _ = await client.x("POST", "/2/tweets", ["text": .string("\(number)")]) }
        let refused = await client.x("POST", "/2/tweets", ["text": "100"])
        #expect(refused.status == 429)
        #expect(refused.header("x-rate-limit-remaining") == "0")
        await client.setClock("2026-12-01T09:15:00Z")
        #expect(await client.x("POST", "/2/tweets", ["text": "100"]).status == 201)
    }

    @Test func `appears page by page, newest first`() async throws {
        let client = try await Client()
        for number in 1...7 { _ = await client.x("POST", "/2/tweets", ["text": .string("\(number)")]) }
        let path = "/2/users/\(SandboxCredentials.xUserID("acme"))/tweets?max_results=5"
        let first = await client.x("GET", path)
        #expect(first.json["data"]?.array?.compactMap { $0["text"]?.string } == ["7", "6", "5", "4", "3"])
        let token = first.json["meta"]?["next_token"]?.string ?? ""
        let second = await client.x("GET", "\(path)&pagination_token=\(token)")
        #expect(second.json["data"]?.array?.compactMap { $0["text"]?.string } == ["2", "1"])
        #expect(second.json["meta"]?["next_token"] == nil)
    }

    @Test(arguments: [
        "max_results=4", "max_results=101", "tweet.fields=colour", "colour=red", "since_id=x", "exclude=mine",
    ])
    func `is not found with a wrong parameter`(_ query: String) async throws {
        let client = try await Client()
        #expect(await client.x("GET", "/2/users/\(SandboxCredentials.xUserID("acme"))/tweets?\(query)").status == 400)
    }
}

@Suite struct `A caller of X` {
    private let body: Value = ["text": "Hello"]

    @Test func `is refused with a wrong signature, an old nonce or a skewed clock`() async throws {
        let client = try await Client()
        let url = "https://api.x.com/2/users/me"
        let time = await client.clock
        let good = Client.oauth("GET", url, token: "sandbox-x-acme", time: time, nonce: "n1")
        let wrong = Client.oauth("POST", url, token: "sandbox-x-acme", time: time, nonce: "n2")
        #expect(await client.send("GET", url, [("Authorization", good)]).status == 200)
        let again = await client.send("GET", url, [("Authorization", good)])
        #expect(again.json["errors"]?.array?.first?["code"]?.integer == 32)
        #expect(await client.send("GET", url, [("Authorization", wrong)]).status == 401)
        #expect(await client.send("GET", url).status == 401)
        let skewed = await client.x("GET", "/2/users/me", at: String((Int(time) ?? 0) + 301))
        #expect(skewed.json["errors"]?.array?.first?["code"]?.integer == 135)
        #expect(await client.x("GET", "/2/users/me", at: String((Int(time) ?? 0) + 299)).status == 200)
    }

    @Test func `signs the query and the host too`() async throws {
        let client = try await Client()
        let time = await client.clock
        let signed = Client.oauth(
            "GET", "https://api.x.com/2/tweets?ids=1,2", token: "sandbox-x-acme", time: time, nonce: "a")
        #expect(
            await client.send("GET", "https://api.x.com/2/tweets?ids=1%2C2", [("Authorization", signed)]).status == 200)
        let moved = Client.oauth(
            "GET", "https://api.twitter.com/2/users/me", token: "sandbox-x-acme", time: time, nonce: "b")
        #expect(await client.send("GET", "https://api.x.com/2/users/me", [("Authorization", moved)]).status == 401)
    }

    @Test func `with a revoked token gets 89, with a read-only one 403`() async throws {
        let client = try await Client()
        let revoked = await client.x("POST", "/2/tweets", body, mark: "!revoked")
        #expect(revoked.json["errors"]?.array?.first?["code"]?.integer == 89)
        let readonly = await client.x("POST", "/2/tweets", body, mark: "!readonly")
        #expect(readonly.status == 403)
        #expect(readonly.json["type"]?.string?.hasSuffix("oauth1-permissions") == true)
        #expect(readonly.header("x-access-level") == "read")
        #expect(await client.x("GET", "/2/users/me", mark: "!readonly").status == 200)
    }

    @Test func `may use a bearer token of a user`() async throws {
        let client = try await Client()
        let me = await client.send(
            "GET", "https://api.x.com/2/users/me?user.fields=subscription_type",
            [("Authorization", "Bearer sandbox-x-acme")])
        #expect(me.json["data"]?["username"]?.string == "acme")
        #expect(me.json["data"]?["id"]?.string == SandboxCredentials.xUserID("acme"))
        #expect(me.json["data"]?["subscription_type"]?.string == "None")
        let stranger = await client.send("GET", "https://api.x.com/2/users/me", [("Authorization", "Bearer AAAA")])
        #expect(stranger.status == 401)
    }
}

@Suite struct `Media on X` {
    @Test func `is uploaded, described, posted and found by its key`() async throws {
        let client = try await Client()
        let reply = await client.upload(SmallPictures.jpeg(64, 48))
        #expect(reply.status == 200)
        let id = try #require(reply.json["data"]?["id"]?.string)
        let key = try #require(reply.json["data"]?["media_key"]?.string)
        #expect(key.hasSuffix("_\(id)"))
        let alt: Value = ["id": .string(id), "metadata": ["alt_text": ["text": "A red bicycle"]]]
        #expect(await client.x("POST", "/2/media/metadata", alt).status == 200)
        #expect(
            await client.x("POST", "/2/tweets", ["text": "Look", "media": ["media_ids": [.string(id)]]]).status == 201)
        let path = "/2/users/\(SandboxCredentials.xUserID("acme"))/tweets"
        let query = "?tweet.fields=attachments,entities&expansions=attachments.media_keys&media.fields=alt_text,width"
        let list = await client.x("GET", path + query)
        #expect(list.json["data"]?.array?.first?["attachments"]?["media_keys"]?.array == [.string(key)])
        #expect(list.json["includes"]?["media"]?.array?.first?["alt_text"]?.string == "A red bicycle")
        let shown = try #require(await client.posts.first)
        #expect(shown["media"] == [["alt": "A red bicycle", "width": 64, "height": 48, "kind": "photo"]])
    }

    @Test func `is refused when it cannot be decoded or is over 5 MiB`() async throws {
        let client = try await Client()
        #expect(await client.upload(Array("no picture".utf8)).status == 400)
        #expect(await client.upload(SmallPictures.jpeg(640, 480).dropLast(1000)).status == 400)
        // Bytes behind the end of a picture do no harm, but they count.
        let picture = SmallPictures.jpeg(8, 8)
        let padding = [UInt8](repeating: 0, count: 5 << 20)
        #expect(await client.upload(picture + padding.dropFirst(picture.count)).status == 200)
        #expect(await client.upload(picture + padding).status == 400)
        let (type, body) = Client.form([("media", "a.jpg", SmallPictures.jpeg(8, 8))])
        #expect(await client.x("POST", "/2/media/upload", [("Content-Type", type)], body).status == 400)
    }

    @Test func `belongs to its uploader and expires`() async throws {
        let client = try await Client()
        let id = await client.uploaded(SmallPictures.jpeg(8, 8))
        let body: Value = ["text": "Mine", "media": ["media_ids": [.string(id)]]]
        #expect(await client.x("POST", "/2/tweets", body, account: "other").status == 400)
        await client.setClock("2026-12-02T09:00:00Z")
        #expect(await client.x("POST", "/2/tweets", body).status == 400)
    }

    @Test func `takes at most four photos and an alt text of 1000`() async throws {
        let client = try await Client()
        var ids: [Value] = []
        for _ in 0..<5 { ids.append(.string(await client.uploaded(SmallPictures.jpeg(8, 8)))) }
        #expect(await client.x("POST", "/2/tweets", ["media": ["media_ids": .array(ids)]]).status == 400)
        #expect(
            await client.x("POST", "/2/tweets", ["media": ["media_ids": .array(Array(ids.prefix(4)))]]).status == 201)
        let alt = String(repeating: "a", count: 1001)
        let metadata: Value = ["id": ids[0], "metadata": ["alt_text": ["text": .string(alt)]]]
        #expect(await client.x("POST", "/2/media/metadata", metadata).status == 400)
    }

    @Test func `in chunks is put together in order`() async throws {
        let client = try await Client()
        let bytes = SmallPictures.png(300, 300)
        let begin: Value = [
            "media_type": "image/png", "total_bytes": .integer(bytes.count), "media_category": "tweet_image",
        ]
        let id = await client.x("POST", "/2/media/upload/initialize", begin).json["data"]?["id"]?.string ?? ""
        let half = bytes.count / 2
        let pieces = [(1, Array(bytes[half...])), (0, Array(bytes[..<half]))]
        for (index, piece) in pieces {
            let (type, body) = Client.form([("segment_index", nil, Array("\(index)".utf8)), ("media", "blob", piece)])
            #expect(
                await client.x("POST", "/2/media/upload/\(id)/append", [("Content-Type", type)], body).status == 200)
        }
        let end = await client.x("POST", "/2/media/upload/\(id)/finalize")
        #expect(end.status == 200)
        #expect(end.json["data"]?["size"]?.integer == bytes.count)
        #expect(end.json["data"]?["processing_info"] == nil)
    }

    @Test func `that is animated must be waited for`() async throws {
        let client = try await Client()
        let bytes = SmallPictures.gif(8, 8, frames: 2)
        let begin: Value = [
            "media_type": "image/gif", "total_bytes": .integer(bytes.count), "media_category": "tweet_gif",
        ]
        let id = await client.x("POST", "/2/media/upload/initialize", begin).json["data"]?["id"]?.string ?? ""
        let (type, body) = Client.form([("segment_index", nil, Array("0".utf8)), ("media", "blob", bytes)])
        _ = await client.x("POST", "/2/media/upload/\(id)/append", [("Content-Type", type)], body)
        let end = await client.x("POST", "/2/media/upload/\(id)/finalize")
        #expect(end.json["data"]?["processing_info"]?["state"]?.string == "pending")
        let post: Value = ["media": ["media_ids": [.string(id)]]]
        #expect(await client.x("POST", "/2/tweets", post).status == 400)
        _ = await client.x("GET", "/2/media/upload?command=STATUS&media_id=\(id)")
        let status = await client.x("GET", "/2/media/upload?command=STATUS&media_id=\(id)")
        #expect(status.json["data"]?["processing_info"]?["state"]?.string == "succeeded")
        #expect(await client.x("POST", "/2/tweets", post).status == 201)
    }
}
