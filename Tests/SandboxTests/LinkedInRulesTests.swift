import Testing

@testable import Sandbox

@Suite struct `A poll on LinkedIn` {
    private func poll(_ question: Int, _ option: Int, _ count: Int, _ duration: Value?) -> Value {
        let options = (0..<count).map {
            Value.object(["text": .string("\($0)" + String(repeating: "a", count: option - 1))])
        }
        var fields: [String: Value] = [
            "question": .string(String(repeating: "q", count: question)), "options": .array(options),
        ]
        fields["settings"] = duration.map { ["duration": $0] }
        return ["poll": .object(fields)]
    }

    @Test(
        arguments: [
            (140, 30, 2, "ONE_DAY", 201), (140, 30, 4, "FOURTEEN_DAYS", 201), (141, 30, 2, "ONE_DAY", 400),
            (140, 31, 2, "ONE_DAY", 400), (9, 9, 1, "ONE_DAY", 400), (9, 9, 5, "ONE_DAY", 400),
            (9, 9, 2, "TWO_DAYS", 400), (9, 9, 2, nil, 400),
        ] as [(Int, Int, Int, Value?, Int)])
    func `has 2 to 4 options and a duration`(
        _ question: Int, _ option: Int, _ count: Int, _ duration: Value?, _ status: Int
    ) async throws {
        let client = try await Client()
        let reply = await client.share("Which?", content: poll(question, option, count, duration))
        #expect(reply.status == status)
        if status == 201 { #expect(reply.header("x-restli-id")?.hasPrefix("urn:li:ugcPost:") == true) }
    }

    @Test func `ends when it says`() async throws {
        let client = try await Client()
        _ = await client.share("Which?", content: poll(9, 9, 2, "THREE_DAYS"))
        #expect(await client.posts.first?["poll"]?["endsAt"]?.string == "2026-12-04T09:00:00Z")
    }
}

@Suite struct `Sharing again on LinkedIn` {
    private func reshare(_ client: Client, _ parent: String, _ words: String = "Look") async -> Reply {
        var fields = Client.post(words).object ?? [:]
        fields["reshareContext"] = ["parent": .string(parent)]
        return await client.linkedIn("POST", "/rest/posts", .object(fields))
    }

    @Test func `names the first post, with or without words`() async throws {
        let client = try await Client()
        let first = await client.share("First").header("x-restli-id") ?? "-"
        #expect(await reshare(client, first).status == 201)
        #expect(await reshare(client, first, "").status == 201)
        #expect(await client.posts.last?["quoted"]?.string == first)
        #expect(await reshare(client, "urn:li:share:5").json["code"]?.string == "INVALID_URN_ID")
    }

    @Test func `is refused for posts that are closed or not public`() async throws {
        let client = try await Client()
        for (key, value) in [("isReshareDisabledByAuthor", true), ("visibility", "CONNECTIONS")] as [(String, Value)] {
            var fields = Client.post("First \(key)").object ?? [:]
            fields[key] = value
            let first = await client.linkedIn("POST", "/rest/posts", .object(fields)).header("x-restli-id") ?? "-"
            #expect(await reshare(client, first, key).status == 400)
        }
    }
}

@Suite struct `Who sees a post on LinkedIn` {
    private static let token = "sandbox-linkedin-acme+org"

    @Test(
        arguments: [
            ("PUBLIC", Client.member, 201), ("CONNECTIONS", Client.member, 201), ("LOGGED_IN", Client.member, 201),
            ("CONTAINER", Client.member, 400), ("EVERYONE", Client.member, 400), ("PUBLIC", Client.organization, 201),
            ("CONNECTIONS", Client.organization, 400),
        ])
    func `is one of the documented words`(_ visibility: String, _ author: String, _ status: Int) async throws {
        let client = try await Client()
        var fields = Client.post("Hello", author: author).object ?? [:]
        fields["visibility"] = .string(visibility)
        #expect(await client.linkedIn("POST", "/rest/posts", .object(fields), token: Self.token).status == status)
    }

    @Test func `is told of mentions that are whole`() async throws {
        let client = try await Client()
        _ = await client.share("With @[Acme](urn:li:organization:2414183) and @[Jane Doe](urn:li:person:AbC) today")
        let post = await client.posts.first
        #expect(post?["text"]?.string == "With Acme and Jane Doe today")
        #expect(post?["mentions"] == ["urn:li:organization:2414183", "urn:li:person:AbC"])
        _ = await client.share("With @[Acme](urn:li:group:5) today")
        #expect(await client.posts.last?["text"]?.string == "With ")
    }
}

@Suite struct `A comment on LinkedIn` {
    @Test func `needs a right of its own for each kind of actor`() async throws {
        let client = try await Client()
        let urn = await client.share("Post").header("x-restli-id") ?? "-"
        let path = "/rest/socialActions/\(PercentCoding.encode(urn))/comments"
        func comment(_ actor: String, _ token: String, _ text: String = "First") async -> Reply {
            let body: Value = [
                "actor": .string(actor), "object": .string(urn), "message": ["text": .string(text)],
            ]
            return await client.linkedIn("POST", path, body, token: token)
        }
        #expect(await comment(Client.member, "sandbox-linkedin-acme").json["code"]?.string == "ACCESS_DENIED")
        #expect(await comment(Client.member, "sandbox-linkedin-other+feed").status == 403)
        #expect(await comment(Client.organization, "sandbox-linkedin-acme+feed").status == 403)
        #expect(await comment(Client.organization, "sandbox-linkedin-acme+org+feed").status == 201)
        let first = await comment(Client.member, "sandbox-linkedin-acme+feed", String(repeating: "a", count: 1250))
        #expect(first.status == 201)
        #expect(first.header("x-restli-id") == first.json["id"]?.string)
        #expect(
            await comment(Client.member, "sandbox-linkedin-acme+feed", String(repeating: "a", count: 1251)).status
                == 400)
    }

    /// A page's post, the path of its comments, and a comment that the page wrote.
    private func commented(_ client: Client) async -> (path: String, comment: Reply) {
        let token = "sandbox-linkedin-acme+org+feed"
        let urn =
            await client.share("From the page", author: Client.organization, token: token).header("x-restli-id") ?? "-"
        let path = "/rest/socialActions/\(PercentCoding.encode(urn))/comments"
        let body: Value = [
            "actor": .string(Client.organization), "object": .string(urn), "message": ["text": "First (comment)"],
        ]
        return (path, await client.linkedIn("POST", path, body, token: token))
    }

    @Test func `is read by who may read for the page, and says who wrote what and when`() async throws {
        let client = try await Client()
        let (path, comment) = await commented(client)
        let reply = await client.linkedIn("GET", "\(path)?count=100", token: "sandbox-linkedin-acme+org+feed")
        #expect(reply.status == 200)
        let read = reply.json["elements"]?.array ?? []
        #expect(read.count == 1)
        #expect(read.first?["id"] == comment.json["id"])
        #expect(read.first?["commentUrn"] == comment.json["$URN"])
        #expect(read.first?["object"]?.string?.hasPrefix("urn:li:activity:") == true)
        #expect(read.first?["actor"]?.string == Client.organization)
        #expect(read.first?["message"]?["text"]?.string == "First (comment)")
        #expect(read.first?["created"]?["time"]?.integer == 1_796_115_600_000)
        #expect(reply.json["paging"]?["total"]?.integer == 1)
    }

    @Test(arguments: ["acme", "acme+feed", "acme+org", "acme+org+feed!expired", ""])
    func `is not read without the right to`(_ token: String) async throws {
        let client = try await Client()
        let (path, _) = await commented(client)
        let reply = await client.linkedIn("GET", path, token: "sandbox-linkedin-\(token)")
        #expect(reply.status == (token.hasPrefix("acme") && !token.hasSuffix("!expired") ? 403 : 401))
        #expect(reply.json["elements"] == nil)
    }

    @Test func `below a member's post is not read by anybody`() async throws {
        let client = try await Client()
        let urn = await client.share("Post").header("x-restli-id") ?? "-"
        let path = "/rest/socialActions/\(PercentCoding.encode(urn))/comments"
        #expect(await client.linkedIn("GET", path, token: "sandbox-linkedin-acme+org+feed").status == 403)
    }

    @Test func `is read by the rules of the wire`() async throws {
        let client = try await Client()
        let (path, _) = await commented(client)
        func status(
            _ path: String, version: String? = "202609", protocol: String? = "2.0.0", method: String? = nil
        ) async -> Int {
            await client.linkedIn(
                "GET", path, token: "sandbox-linkedin-acme+org+feed", version: version, protocol: `protocol`,
                restliMethod: method
            ).status
        }
        #expect(await status(path, method: "GET_ALL") == 200)
        #expect(await status(path, method: "FINDER") == 400)
        #expect(await status(path, version: nil) == 400)
        #expect(await status(path, version: "202508") == 426)
        #expect(await status(path, protocol: nil) == 400)
        #expect(await status("\(path)?count=0") == 400)
        #expect(await status("\(path)?count=101") == 400)
        #expect(await status("\(path)?q=author") == 403)
        #expect(await status("/rest/socialActions/urn:li:share:1/comments") == 400)
        #expect(await status("/rest/socialActions/urn%3Ali%3Ashare%3A1/comments") == 404)
    }

    @Test func `comes in pages and may be seen late`() async throws {
        let client = try await Client()
        await client.fault(["operation": "comment", "fault": "late-visibility", "seconds": 20])
        let (path, _) = await commented(client)
        func read(_ query: String) async -> Int? {
            await client.linkedIn("GET", "\(path)?\(query)", token: "sandbox-linkedin-acme+org+feed")
                .json["elements"]?.array?.count
        }
        #expect(await read("count=10") == 0)
        await client.setClock("2026-12-01T09:00:20Z")
        #expect(await read("count=10") == 1)
        #expect(await read("count=10&start=1") == 0)
    }

    @Test func `finds no post that is not indexed yet`() async throws {
        let client = try await Client()
        await client.fault(["operation": "publish", "fault": "late-visibility", "seconds": 20])
        let urn = await client.share("Post").header("x-restli-id") ?? "-"
        let path = "/rest/socialActions/\(PercentCoding.encode(urn))/comments"
        let body: Value = ["actor": .string(Client.member), "object": .string(urn), "message": ["text": "First"]]
        #expect(await client.linkedIn("POST", path, body, token: "sandbox-linkedin-acme+feed").status == 404)
        await client.setClock("2026-12-01T09:00:20Z")
        #expect(await client.linkedIn("POST", path, body, token: "sandbox-linkedin-acme+feed").status == 201)
    }
}

@Suite struct `A version of LinkedIn` {
    @Test func `ends on its day`() async throws {
        let client = try await Client()
        func status(_ version: String) async -> Int {
            await client.linkedIn("POST", "/rest/posts", Client.post(version), version: version).status
        }
        await client.setClock("2027-09-16T23:59:59Z")
        #expect(await status("202609") == 201)
        #expect(await status("202608") == 426)
        await client.setClock("2027-09-17T00:00:00Z")
        #expect(await status("202609") == 426)
        await client.control("POST", "versions", ["linkedin": ["202709": "2028-09-17T00:00:00Z"]])
        #expect(await status("202709") == 201)
    }

    @Test func `can be switched off for a test`() async throws {
        let client = try await Client()
        await client.control("POST", "versions", ["linkedin": ["202609": .null]])
        #expect(await client.share("Hello").status == 426)
        #expect(await client.control("POST", "versions", ["linkedin": ["soon": .null]]).status == 400)
    }
}

@Suite struct `A day of LinkedIn` {
    @Test func `has 150 calls of each kind for a member, and ends at midnight UTC`() async throws {
        let client = try await Client()
        for number in 0..<150 { #expect(await client.share("\(number)").status == 201) }
        let refused = await client.share("150")
        #expect(refused.status == 429)
        #expect(refused.json["serviceErrorCode"]?.integer == 101)
        #expect(refused.header("Retry-After") == nil)
        // Another kind of call, and another member, have their own.
        #expect(await client.image().urn.isEmpty == false)
        let other = "urn:li:person:\(SandboxCredentials.linkedInPersonID("other"))"
        #expect(await client.share("150", author: other, token: "sandbox-linkedin-other").status == 201)
        await client.setClock("2026-12-02T00:00:00Z")
        #expect(await client.share("150").status == 201)
    }

    @Test func `may be shorter`() async throws {
        let client = try await Client()
        await client.control("POST", "limits", ["linkedin": ["callsPerAppDay": 1]])
        #expect(await client.share("1").status == 201)
        #expect(await client.share("2", token: "sandbox-linkedin-other").status == 429)
        #expect(await client.control("POST", "limits", ["linkedin": ["wishes": 1]]).status == 400)
    }
}

@Suite struct `The older API of LinkedIn` {
    private func register(_ client: Client, _ recipe: String) async -> Reply {
        await client.linkedIn(
            "POST", "/v2/assets?action=registerUpload",
            [
                "registerUploadRequest": [
                    "owner": .string(Client.member),
                    "recipes": [.string("urn:li:digitalmediaRecipe:feedshare-\(recipe)")],
                    "serviceRelationships": [
                        ["relationshipType": "OWNER", "identifier": "urn:li:userGeneratedContent"]
                    ],
                ]
            ], version: nil)
    }

    private func post(_ text: String, _ category: String = "NONE", _ media: [Value] = []) -> Value {
        [
            "author": .string(Client.member), "lifecycleState": "PUBLISHED",
            "specificContent": [
                "com.linkedin.ugc.ShareContent": [
                    "shareCommentary": ["text": .string(text)], "shareMediaCategory": .string(category),
                    "media": .array(media),
                ]
            ],
            "visibility": ["com.linkedin.ugc.MemberNetworkVisibility": "PUBLIC"],
        ]
    }

    private func address(_ reply: Reply) -> String {
        reply.json["value"]?["uploadMechanism"]?["com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest"]?[
            "uploadUrl"]?.string ?? ""
    }

    @Test func `registers, takes and posts a picture with plain words`() async throws {
        let client = try await Client()
        let reply = await register(client, "image")
        let asset = reply.json["value"]?["asset"] ?? .null
        let item: Value = [
            "status": "READY", "media": asset, "title": ["text": "Bike"], "description": ["text": "Red"],
        ]
        let early = await client.linkedIn("POST", "/v2/ugcPosts", post("Early", "IMAGE", [item]), version: nil)
        #expect(early.json["code"]?.string == "MEDIA_ASSET_WAITING_UPLOAD")
        #expect(await client.put(SmallPictures.png(8, 8), to: address(reply), token: nil).status == 401)
        #expect(await client.put(SmallPictures.png(8, 8), to: address(reply)).status == 201)
        let id = asset.string?.split(separator: ":").last ?? ""
        let state = await client.linkedIn("GET", "/v2/assets/\(id)", version: nil).json
        #expect(state["recipes"]?.array?.first?["status"]?.string == "AVAILABLE")
        let made = await client.linkedIn(
            "POST", "/v2/ugcPosts", post("Words (plain) #a_b", "IMAGE", [item]), version: nil)
        #expect(made.status == 201)
        #expect(made.header("x-restli-id") == made.json["id"]?.string)
        #expect(await client.posts.first?["text"]?.string == "Words (plain) #a_b")
        #expect(await client.posts.first?["media"]?.array?.first?["alt"]?.string == "Red")
        let gone = PercentCoding.encode(made.json["id"]?.string ?? "")
        #expect(await client.linkedIn("DELETE", "/v2/ugcPosts/\(gone)", version: nil).status == 204)
        #expect(await client.posts.isEmpty)
    }

    @Test func `takes a video without a token`() async throws {
        let client = try await Client()
        let reply = await register(client, "video")
        let bytes = SmallVideo().bytes
        #expect(await client.put(bytes, to: address(reply)).status == 400)
        #expect(await client.put(bytes, to: address(reply), token: nil).status == 201)
        let asset = reply.json["value"]?["asset"] ?? .null
        let path = "/v2/assets/\(PercentCoding.encode(asset.string ?? ""))"
        #expect(
            await client.linkedIn("GET", path, version: nil).json["recipes"]?.array?.first?["status"]?.string
                == "PROCESSING")
        let item: Value = ["status": "READY", "media": asset]
        #expect(await client.linkedIn("POST", "/v2/ugcPosts", post("a", "VIDEO", [item]), version: nil).status == 201)
        #expect(await client.linkedIn("POST", "/v2/ugcPosts", post("b", "IMAGE", [item]), version: nil).status == 400)
    }

    @Test func `shares an article by its address, and knows duplicates`() async throws {
        let client = try await Client()
        let item: Value = ["status": "READY", "originalUrl": "https://example.com/launch"]
        let body = post("Read", "ARTICLE", [item])
        #expect(await client.linkedIn("POST", "/v2/ugcPosts", body, version: nil).status == 201)
        #expect(await client.linkedIn("POST", "/v2/ugcPosts", body, version: nil).status == 422)
        #expect(await client.posts.first?["card"]?["url"]?.string == "https://example.com/launch")
        #expect(await client.linkedIn("POST", "/v2/ugcPosts", post("a", "ARTICLE"), version: nil).status == 400)
        #expect(await client.linkedIn("POST", "/v2/ugcPosts", post(""), version: nil).status == 422)
        #expect(await client.linkedIn("POST", "/v2/ugcPosts", post("b"), version: nil, protocol: nil).status == 400)
        #expect(await client.linkedIn("GET", "/v2/ugcPosts?q=authors", version: nil).status == 403)
    }
}
