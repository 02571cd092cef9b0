import HTTPServer
import Testing

@testable import Sandbox

private struct RestLiTable: Decodable {
    struct Case: Decodable, Sendable { let query: String }
    let cases: [Case]
}

@Suite struct `A post on LinkedIn` {
    private static let organizationToken = "sandbox-linkedin-acme+org"

    @Test func `is created with 201, its id in a header, and no body`() async throws {
        let client = try await Client()
        let reply = await client.share("Hello \\(world\\) #swift")
        #expect(reply.status == 201)
        #expect(reply.answer.body.isEmpty)
        #expect(reply.header("x-restli-id")?.hasPrefix("urn:li:share:") == true)
        #expect(await client.posts.first?["text"]?.string == "Hello (world) #swift")
    }

    @Test func `is silently cut at an unescaped bracket`() async throws {
        let client = try await Client()
        #expect(await client.share("Hello (world)").status == 201)
        #expect(await client.posts.first?["text"]?.string == "Hello ")
    }

    @Test func `needs its headers`() async throws {
        let client = try await Client()
        let body = Client.post("Hello")
        #expect(await client.linkedIn("POST", "/rest/posts", body, version: nil).status == 400)
        let retired = await client.linkedIn("POST", "/rest/posts", body, version: "202508")
        #expect(retired.status == 426)
        #expect(retired.json["code"]?.string == "NONEXISTENT_VERSION")
        #expect(await client.linkedIn("POST", "/rest/posts", body, protocol: nil).status == 400)
        #expect(await client.linkedIn("POST", "/rest/posts", body, protocol: "1.0.0").status == 400)
        #expect(await client.linkedIn("POST", "/rest/posts", body, restliMethod: "FINDER").status == 400)
        #expect(await client.posts.isEmpty)
    }

    @Test(
        arguments: [
            ("colour", "red", 403), ("lifecycleState", "DRAFT", 400), ("visibility", "EVERYONE", 400),
            ("author", "urn:li:person:stranger", 403), ("author", "urn:li:organization:5", 403),
            ("author", "urn:li:share:5", 400),
            ("commentary", .string(String(repeating: "a", count: 3001)), 400), ("commentary", .null, 400),
            ("distribution", .null, 400), ("content", [:], 400),
            ("content", ["media": ["id": "urn:li:image:none"]], 400),
            ("content", ["article": ["source": "https://example.com"]], 400),
            ("content", ["article": ["source": "https://e.org", "title": "t"], "media": ["id": "x"]], 400),
        ] as [(String, Value, Int)])
    func `is refused when a field is wrong`(_ key: String, _ value: Value, _ status: Int) async throws {
        let client = try await Client()
        var fields = Client.post("Hello").object ?? [:]
        fields[key] = value
        #expect(await client.linkedIn("POST", "/rest/posts", .object(fields)).status == status)
        #expect(await client.posts.isEmpty)
    }

    @Test func `counts visible characters, not backslashes`() async throws {
        let client = try await Client()
        #expect(await client.share(String(repeating: "\\(", count: 3000)).status == 201)
        let refused = await client.share(String(repeating: "\\(", count: 3001))
        #expect(refused.json["code"]?.string == "FIELD_LENGTH_TOO_LONG")
    }

    @Test func `is a duplicate for ten minutes, and the answer names the first`() async throws {
        let client = try await Client()
        let urn = await client.share("Same words").header("x-restli-id") ?? "-"
        await client.setClock("2026-12-01T09:09:59Z")
        let again = await client.share("Same words")
        #expect(again.status == 422)
        #expect(again.json["message"]?.string?.hasSuffix("Content is a duplicate of \(urn)") == true)
        #expect(again.json["errorDetails"]?["inputErrors"]?.array?.first?["code"]?.string == "DUPLICATE_POST")
        let other = "urn:li:person:\(SandboxCredentials.linkedInPersonID("other"))"
        #expect(await client.share("Same words", author: other, token: "sandbox-linkedin-other").status == 201)
        await client.setClock("2026-12-01T09:10:00Z")
        #expect(await client.share("Same words").status == 201)
    }

    @Test func `of an organization is found by author, of a member never`() async throws {
        let client = try await Client()
        let token = Self.organizationToken
        let reply = await client.share("From the page \\(v2\\)", author: Client.organization, token: token)
        let urn = reply.header("x-restli-id") ?? "-"
        let encoded = PercentCoding.encode(Client.organization)
        let path = "/rest/posts?q=author&author=\(encoded)&count=20&sortBy=LAST_MODIFIED"
        let found = await client.linkedIn("GET", path, token: token, restliMethod: "FINDER")
        #expect(found.json["elements"]?.array?.compactMap { $0["id"]?.string } == [urn])
        #expect(found.json["elements"]?.array?.first?["commentary"]?.string == "From the page \\(v2\\)")
        #expect(found.json["elements"]?.array?.first?["createdAt"]?.integer == 1_796_115_600_000)
        let single = await client.linkedIn("GET", "/rest/posts/\(PercentCoding.encode(urn))", token: token)
        #expect(single.json["id"]?.string == urn)

        let member = PercentCoding.encode(Client.member)
        #expect(await client.linkedIn("GET", "/rest/posts?q=author&author=\(member)").status == 403)
        #expect(await client.linkedIn("GET", "/rest/posts?q=author&author=\(member)", token: token).status == 403)
        #expect(await client.linkedIn("GET", "/rest/posts/\(PercentCoding.encode(urn))").status == 403)
    }

    @Test func `has numbers for organizations only`() async throws {
        let client = try await Client()
        let token = Self.organizationToken
        let reply = await client.share("From the page", author: Client.organization, token: token)
        let urn = PercentCoding.encode(reply.header("x-restli-id") ?? "-")
        let entity = PercentCoding.encode(Client.organization)
        let path =
            "/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity=\(entity)&shares=List(\(urn))"
        #expect(await client.linkedIn("GET", path, token: token).json["elements"]?.array == [])
        await client.setClock("2026-12-02T09:00:00Z")
        let element = await client.linkedIn("GET", path, token: token).json["elements"]?.array?.first
        #expect((element?["totalShareStatistics"]?["impressionCount"]?.integer ?? 0) >= 50)
        #expect(await client.linkedIn("GET", path).status == 403)
        let member =
            "/rest/memberCreatorPostAnalytics?q=entity&entity=(share:\(urn))&queryType=IMPRESSION&aggregation=TOTAL"
        #expect(await client.linkedIn("GET", member).status == 403)
    }

    @Test func `is deleted twice with success`() async throws {
        let client = try await Client()
        let urn = PercentCoding.encode(await client.share("Gone soon").header("x-restli-id") ?? "-")
        #expect(await client.linkedIn("DELETE", "/rest/posts/\(urn)", restliMethod: "DELETE").status == 204)
        #expect(await client.linkedIn("DELETE", "/rest/posts/\(urn)").status == 204)
        #expect(await client.posts.isEmpty)
    }

    @Test func `gets a comment that is plain text`() async throws {
        let client = try await Client()
        let urn = await client.share("Post").header("x-restli-id") ?? "-"
        let body: Value = [
            "actor": .string(Client.member), "object": .string(urn), "message": ["text": "First (comment)"],
        ]
        let path = "/rest/socialActions/\(PercentCoding.encode(urn))/comments"
        #expect(await client.linkedIn("POST", path, body).status == 403)
        #expect(await client.linkedIn("POST", path, body, token: "sandbox-linkedin-acme+feed").status == 201)
        #expect(await client.posts.last?["text"]?.string == "First (comment)")
        #expect(await client.posts.last?["replyTo"]?.string == urn)
    }
}

@Suite struct `Rest.li parameters` {
    @Test(arguments: try Tables.load("linkedin/restli-encoding.json", as: RestLiTable.self).cases.map(\.query))
    func `that are encoded pass`(_ query: String) async throws {
        let client = try await Client()
        // What is wrong with these calls is not their syntax.
        let reply = await client.linkedIn("GET", "/rest/posts?\(query)", token: "sandbox-linkedin-acme+org")
        #expect(reply.json["message"]?.string?.contains("Syntax exception") != true)
    }

    @Test(arguments: [
        "/rest/posts/urn:li:share:1", "/rest/posts?q=author&author=urn:li:organization:5",
        "/rest/posts?ids=List(urn:li:share:1)", "/rest/posts?q=author&author=a(b", "/rest/images/urn:li:image:C4E",
    ])
    func `with bare punctuation are refused`(_ path: String) async throws {
        let client = try await Client()
        let reply = await client.linkedIn("GET", path, token: "sandbox-linkedin-acme+org")
        #expect(reply.status == 400)
        #expect(reply.json["message"]?.string?.contains("Syntax exception") == true)
    }
}

@Suite struct `An image on LinkedIn` {
    private let organizationToken = "sandbox-linkedin-acme+org"

    @Test func `is registered, put, waited for and posted`() async throws {
        let client = try await Client()
        let image = await client.image(owner: Client.organization, token: organizationToken)
        #expect(image.urn.hasPrefix("urn:li:image:"))
        #expect(image.url.hasPrefix("https://www.linkedin.com/dms-uploads/"))
        let path = "/rest/images/\(PercentCoding.encode(image.urn))"
        #expect(await client.linkedIn("GET", path, token: organizationToken).json["status"]?.string == "WAITING_UPLOAD")
        let content: Value = ["media": ["id": .string(image.urn), "altText": "A red bicycle"]]
        let early = await client.share("Early", author: Client.organization, token: organizationToken, content: content)
        #expect(early.json["code"]?.string == "MEDIA_ASSET_WAITING_UPLOAD")
        #expect(await client.put(SmallPictures.png(64, 48), to: image.url, token: organizationToken).status == 201)
        #expect(await client.linkedIn("GET", path, token: organizationToken).json["status"]?.string == "AVAILABLE")
        #expect(
            await client.share("Now", author: Client.organization, token: organizationToken, content: content).status
                == 201)
        #expect(
            await client.posts.first?["media"] == [
                ["alt": "A red bicycle", "width": 64, "height": 48, "kind": "photo"]
            ])
    }

    @Test func `needs a bearer token, and members cannot ask for its state`() async throws {
        let client = try await Client()
        let image = await client.image()
        #expect(await client.put(SmallPictures.jpeg(8, 8), to: image.url, token: nil).status == 401)
        #expect(
            await client.put(SmallPictures.jpeg(8, 8), to: image.url, token: "sandbox-linkedin-other").status == 404)
        #expect(await client.put(SmallPictures.jpeg(8, 8), to: image.url).status == 201)
        #expect(await client.linkedIn("GET", "/rest/images/\(PercentCoding.encode(image.urn))").status == 403)
    }

    @Test func `that is no picture fails after the upload`() async throws {
        let client = try await Client()
        let image = await client.image()
        #expect(await client.put(Array("hello".utf8), to: image.url).status == 201)
        let reply = await client.share("Broken", content: ["media": ["id": .string(image.urn)]])
        #expect(reply.json["code"]?.string == "MEDIA_ASSET_PROCESSING_FAILED")
    }

    @Test func `belongs to its owner and has an alt text of at most 4086`() async throws {
        let client = try await Client()
        let image = await client.image()
        _ = await client.put(SmallPictures.jpeg(8, 8), to: image.url)
        let content: Value = ["media": ["id": .string(image.urn)]]
        let other = await client.share(
            "Stolen", author: Client.organization, token: organizationToken, content: content)
        #expect(other.json["code"]?.string == "INVALID_URN_ID")
        let alt = Value.string(String(repeating: "a", count: 4087))
        #expect(
            await client.share("Long", content: ["media": ["id": .string(image.urn), "altText": alt]]).status == 400)
    }

    @Test(arguments: [(1, 400), (2, 201), (20, 201), (21, 400)])
    func `comes in groups of 2 to 20`(_ count: Int, _ status: Int) async throws {
        let client = try await Client()
        var images: [Value] = []
        for _ in 0..<count {
            let image = await client.image()
            _ = await client.put(SmallPictures.jpeg(8, 8), to: image.url)
            images.append(["id": .string(image.urn), "altText": "x"])
        }
        #expect(await client.share("Many", content: ["multiImage": ["images": .array(images)]]).status == status)
    }
}

@Suite struct `A video on LinkedIn` {
    @Test func `comes in parts without a token, named in order`() async throws {
        let client = try await Client()
        let bytes = SmallVideo(count: (4 << 20) + 100_000).bytes
        let begin: Value = [
            "initializeUploadRequest": [
                "owner": .string(Client.member), "fileSizeBytes": .integer(bytes.count), "uploadCaptions": false,
                "uploadThumbnail": false,
            ]
        ]
        let value = await client.linkedIn("POST", "/rest/videos?action=initializeUpload", begin).json["value"]
        let urn = value?["video"]?.string ?? ""
        let instructions = value?["uploadInstructions"]?.array ?? []
        #expect(instructions.map { $0["firstByte"]?.integer } == [0, 4 << 20])
        var tags: [Value] = []
        for instruction in instructions {
            let url = instruction["uploadUrl"]?.string ?? ""
            let part = Array(bytes[(instruction["firstByte"]?.integer ?? 0)...(instruction["lastByte"]?.integer ?? 0)])
            let type = [(name: "Content-Type", value: "application/octet-stream")]
            #expect(await client.put(part, to: url).status == 400)
            let tag = await client.send("PUT", url, type, body: part).header("ETag") ?? ""
            tags.append(.string(tag.hasPrefix("\"") ? String(tag.dropFirst().dropLast()) : tag))
        }
        func finalize(_ tags: [Value]) async -> Int {
            let body: Value = ["video": .string(urn), "uploadToken": "", "uploadedPartIds": .array(tags)]
            return await client.linkedIn("POST", "/rest/videos?action=finalizeUpload", ["finalizeUploadRequest": body])
                .status
        }
        #expect(await finalize(tags.reversed()) == 400)
        #expect(await finalize(tags) == 200)
        let content: Value = ["media": ["id": .string(urn), "title": "Moving"]]
        #expect(await client.share("Early", content: content).json["code"]?.string == "MEDIA_ASSET_WAITING_UPLOAD")
        let path = "/rest/videos/\(PercentCoding.encode(urn))"
        #expect(await client.linkedIn("GET", path).json["status"]?.string == "PROCESSING")
        #expect(await client.linkedIn("GET", path).json["status"]?.string == "AVAILABLE")
        let reply = await client.share("Now", content: content)
        #expect(reply.header("x-restli-id")?.hasPrefix("urn:li:ugcPost:") == true)
    }
}

@Suite struct `A caller of LinkedIn` {
    @Test(arguments: [
        ("!expired", "EXPIRED_ACCESS_TOKEN"), ("!revoked", "REVOKED_ACCESS_TOKEN"), ("!", "INVALID_ACCESS_TOKEN"),
    ])
    func `is refused with a dead token`(_ mark: String, _ code: String) async throws {
        let client = try await Client()
        let reply = await client.share("Hello", token: "sandbox-linkedin-acme\(mark)")
        #expect(reply.status == 401)
        #expect(reply.json["code"]?.string == code)
    }

    @Test func `learns who it is`() async throws {
        let client = try await Client()
        let info = await client.linkedIn("GET", "/v2/userinfo", version: nil, protocol: nil)
        #expect("urn:li:person:\(info.json["sub"]?.string ?? "")" == Client.member)
        let me = await client.linkedIn("GET", "/v2/me", version: nil, protocol: nil)
        #expect(me.status == 403)
        #expect(me.json["serviceErrorCode"]?.integer == 100)
        #expect(await client.linkedIn("GET", "/v2/me", token: "sandbox-linkedin-acme+org").status == 200)
    }

    @Test func `with a read-only token cannot post`() async throws {
        let client = try await Client()
        #expect(await client.share("Hello", token: "sandbox-linkedin-acme!readonly").status == 403)
    }
}
