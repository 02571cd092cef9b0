import Testing

@testable import Sandbox

@Suite struct `A kind of post on X` {
    @Test func `is a poll, which is read back while it is open`() async throws {
        let client = try await Client()
        let poll: Value = ["options": ["Red", "Blue"], "duration_minutes": 60]
        let id =
            await client.x("POST", "/2/tweets", ["text": "Which?", "poll": poll]).json["data"]?["id"]?.string ?? ""
        func read() async -> Value? {
            await client.x(
                "GET", "/2/tweets/\(id)?expansions=attachments.poll_ids&poll.fields=voting_status,end_datetime",
                mark: ""
            ).json["includes"]?["polls"]?.array?.first
        }
        #expect(await read()?["voting_status"]?.string == "open")
        #expect(await read()?["end_datetime"]?.string == "2026-12-01T10:00:00.000Z")
        #expect(await read()?["options"]?.array?.map { $0["label"]?.string } == ["Red", "Blue"])
        await client.setClock("2026-12-01T10:00:00Z")
        #expect(await read()?["voting_status"]?.string == "closed")
        #expect(await client.posts.first?["poll"]?["options"] == ["Red", "Blue"])
    }

    @Test(
        arguments: [
            ["text": "a", "poll": ["options": ["a", "b", "c", "d", "e"], "duration_minutes": 5]],
            ["text": "a", "poll": ["options": ["a", ""], "duration_minutes": 5]],
            ["text": "a", "poll": ["options": ["a", "12345678901234567890123456"], "duration_minutes": 5]],
            ["text": "a", "poll": ["options": ["a", "b"], "duration_minutes": 10_081]],
            ["text": "a", "poll": ["options": ["a", "b"]]], ["text": "a", "made_with_ai": "yes"],
            ["text": "a", "poll": ["options": ["a", "b"], "duration_minutes": 5], "quote_tweet_id": "1"],
            ["text": "a", "card_uri": "card://1", "direct_message_deep_link": "https://x.com"],
            ["text": "a", "share_with_followers": true], ["text": "a", "community_id": "home"],
            ["text": "a", "geo": [:]], ["text": "a", "reply_settings": "none"],
            ["poll": ["options": ["a", "b"], "duration_minutes": 5]], ["text": "a", "media": ["title": "b"]],
            ["text": "a", "edit_options": ["previous_post_id": 5]],
        ] as [Value])
    func `is refused with 400 when its body deviates`(_ body: Value) async throws {
        let client = try await Client()
        let reply = await client.x("POST", "/2/tweets", body)
        #expect(reply.status == 400)
        #expect(reply.json["title"]?.string == "Invalid Request")
        #expect(await client.posts.isEmpty)
    }

    @Test func `carries labels, reply settings and a community`() async throws {
        let client = try await Client()
        let body: Value = [
            "text": "a", "made_with_ai": true, "paid_partnership": true, "reply_settings": "mentionedUsers",
            "community_id": "146", "share_with_followers": true,
        ]
        let id = await client.x("POST", "/2/tweets", body).json["data"]?["id"]?.string ?? ""
        let labels = await client.posts.first?["labels"]
        #expect(
            labels == [
                "made with AI", "paid partnership", "replies: mentionedUsers", "community 146", "shared with followers",
            ])
        let fields = "reply_settings,community_id,paid_partnership"
        let read = await client.x("GET", "/2/tweets/\(id)?post.fields=\(fields)", mark: "").json["data"]
        #expect(read?["community_id"]?.string == "146")
        #expect(read?["paid_partnership"]?.bool == true)
        #expect(read?["reply_settings"]?.string == "mentionedUsers")
    }

    @Test func `is a quote for those who may`() async throws {
        let client = try await Client()
        let id = await client.x("POST", "/2/tweets", ["text": "a"]).json["data"]?["id"] ?? .null
        let quote: Value = ["text": "b", "quote_tweet_id": id]
        #expect(await client.x("POST", "/2/tweets", quote, account: "other").status == 403)
        let made = await client.x("POST", "/2/tweets", quote, account: "other", mark: "+enterprise")
        #expect(made.status == 201)
        #expect(await client.posts.last?["quoted"] == id)
        let media: Value = ["media_ids": [.string(await client.uploaded(SmallPictures.jpeg(8, 8)))]]
        let both: Value = ["text": "c", "quote_tweet_id": id, "media": media]
        #expect(await client.x("POST", "/2/tweets", both, mark: "+enterprise").status == 400)
        let read = await client.x(
            "GET", "/2/tweets/\(made.json["data"]?["id"]?.string ?? "")?tweet.fields=referenced_tweets", mark: "")
        #expect(read.json["data"]?["referenced_tweets"] == [["type": "quoted", "id": id]])
    }

    @Test func `is a part of a thread with media of its own`() async throws {
        let client = try await Client()
        var parent: Value?
        for number in 1...3 {
            let picture = Value.string(await client.uploaded(SmallPictures.jpeg(8, 8 + number)))
            var body: [String: Value] = ["text": .string("\(number)"), "media": ["media_ids": [picture]]]
            body["reply"] = parent.map { ["in_reply_to_tweet_id": $0] }
            let reply = await client.x("POST", "/2/tweets", .object(body))
            #expect(reply.status == 201)
            parent = reply.json["data"]?["id"]
        }
        #expect(await client.posts.map { $0["media"]?.array?.first?["height"]?.integer } == [9, 10, 11])
    }
}
