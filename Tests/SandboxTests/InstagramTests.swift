import Testing

@testable import Sandbox

struct Subcode: Decodable, Sendable, Hashable {
    let code: Int
    let subcode: Int?
}

private struct SubcodeTable: Decodable { let rows: [Subcode] }
private struct VersionTable: Decodable {
    struct Row: Decodable, Sendable { let version: String }
    let versions: [Row]
}

/// Every test has a world of its own, whose networks can fetch from `media.example.com`.
struct Studio {
    let folder: MediaFolder
    let client: Client

    private static let files: [String: [UInt8]] = [
        "a.jpg": SmallPictures.jpeg(1080, 1080), "tall.jpg": SmallPictures.jpeg(1080, 1350),
        "too-tall.jpg": SmallPictures.jpeg(1080, 1351), "wide.jpg": SmallPictures.jpeg(1910, 1000),
        "too-wide.jpg": SmallPictures.jpeg(1911, 1000), "a.png": SmallPictures.png(100, 100),
        "cut.jpg": Array(SmallPictures.jpeg(1080, 1080).dropLast(2000)), "no.jpg": [1, 2, 3],
        "a.mp4": SmallVideo(width: 1080, height: 1920).bytes,
    ]

    init(_ more: [String: [UInt8]] = [:]) async throws {
        folder = try MediaFolder(Self.files.merging(more) { $1 })
        client = try await Client(static: ["media.example.com": folder.path])
    }

    func container(_ name: String = "a.jpg", _ more: [(String, String)] = []) async -> Reply {
        await client.container([("image_url", "https://media.example.com/\(name)")] + more)
    }

    func ready(_ more: [(String, String)] = [("caption", "Hello")]) async -> String {
        await container("a.jpg", more).json["id"]?.string ?? ""
    }
}

@Suite struct `A post on Instagram` {
    @Test func `is a container first, then published, then found`() async throws {
        let studio = try await Studio()
        let id = await studio.ready([("caption", "Hello #swift"), ("alt_text", "A red bicycle")])
        #expect(await studio.client.posts.isEmpty)
        #expect(await studio.client.status(id) == "FINISHED")
        let published = await studio.client.publish(id)
        #expect(published.status == 200)
        let media = published.json["id"]?.string ?? ""
        #expect(await studio.client.status(id) == "PUBLISHED")
        let node = await studio.client.instagram("GET", "/\(media)?fields=id,permalink,timestamp,media_product_type")
        #expect(node.json["permalink"]?.string?.hasPrefix("https://www.instagram.com/p/") == true)
        #expect(node.json["timestamp"]?.string == "2026-12-01T09:00:00+0000")
        #expect(node.json["media_product_type"]?.string == "FEED")
        let list = await studio.client.instagram(
            "GET", "/\(Client.user)/media?fields=id,caption&limit=25&since=1796115480")
        #expect(list.json["data"]?.array == [["id": .string(media), "caption": "Hello #swift"]])
        let shown = try #require(await studio.client.posts.first)
        #expect(shown["media"] == [["alt": "A red bicycle", "width": 1080, "height": 1080, "kind": "photo"]])
        #expect(shown["url"] == node.json["permalink"])
    }

    @Test func `is made once, however often it is published`() async throws {
        let studio = try await Studio()
        let id = await studio.ready()
        #expect(await studio.client.publish(id).status == 200)
        #expect(await studio.client.publish(id).status == 400)
        #expect(await studio.client.posts.count == 1)
    }

    @Test func `counts against the quota that can be read`() async throws {
        let studio = try await Studio()
        await studio.client.control("POST", "quota", ["instagram": 1])
        let first = await studio.ready()
        let second = await studio.ready()
        #expect(await studio.client.publish(first).status == 200)
        let refused = await studio.client.publish(second)
        #expect(refused.json["error"]?["code"]?.integer == 9)
        #expect(refused.json["error"]?["error_subcode"]?.integer == 2_207_042)
        let path = "/\(Client.user)/content_publishing_limit?fields=quota_usage,config"
        let row = await studio.client.instagram("GET", path).json["data"]?.array?.first
        #expect(row?["quota_usage"]?.integer == 1)
        #expect(row?["config"]?["quota_total"]?.integer == 1)
    }

    @Test func `of several pictures needs 2 to 10 finished children`() async throws {
        let studio = try await Studio()
        var children: [String] = []
        for _ in 0..<11 { children.append(await studio.ready([("is_carousel_item", "true"), ("alt_text", "x")])) }
        func carousel(_ count: Int) async -> Reply {
            await studio.client.container([
                ("media_type", "CAROUSEL"), ("caption", "Many"),
                ("children", children.prefix(count).joined(separator: ",")),
            ])
        }
        #expect(await carousel(1).json["error"]?["error_subcode"]?.integer == 2_207_028)
        #expect(await carousel(11).json["error"]?["error_subcode"]?.integer == 2_207_028)
        #expect(await studio.client.publish(children[0]).status == 400)
        let parent = await carousel(10).json["id"]?.string ?? ""
        let media = await studio.client.publish(parent).json["id"]?.string ?? ""
        let node = await studio.client.instagram("GET", "/\(media)?fields=media_type,children{media_url}")
        #expect(node.json["media_type"]?.string == "CAROUSEL_ALBUM")
        #expect(node.json["children"]?["data"]?.array?.count == 10)
    }

    @Test func `can be a reel or a story`() async throws {
        let studio = try await Studio()
        let video = ("video_url", "https://media.example.com/a.mp4")
        let reel = await studio.client.container([video, ("media_type", "REELS"), ("caption", "Moving")]).json["id"]?
            .string
        #expect(await studio.client.publish(reel ?? "").json["error"]?["error_subcode"]?.integer == 2_207_027)
        #expect(await studio.client.status(reel ?? "") == "IN_PROGRESS")
        #expect(await studio.client.status(reel ?? "") == "FINISHED")
        let media = await studio.client.publish(reel ?? "").json["id"]?.string ?? ""
        let node = await studio.client.instagram("GET", "/\(media)?fields=media_type,media_product_type")
        #expect(node.json["media_type"]?.string == "VIDEO")
        #expect(node.json["media_product_type"]?.string == "REELS")
        let story = await studio.container("too-tall.jpg", [("media_type", "STORIES")]).json["id"]?.string
        #expect(await studio.client.publish(story ?? "").status == 200)
        #expect(await studio.client.instagram("GET", "/\(Client.user)/media").json["data"]?.array?.count == 1)
    }

    @Test func `is deleted with Facebook Login only`() async throws {
        let studio = try await Studio()
        let media = await studio.client.publish(await studio.ready()).json["id"]?.string ?? ""
        #expect(await studio.client.instagram("DELETE", "/\(media)").status == 400)
        #expect(
            await studio.client.instagram("DELETE", "/\(media)", host: "graph.facebook.com").json["success"]?.bool
                == true)
        #expect(await studio.client.posts.isEmpty)
    }

    @Test func `gets a first comment`() async throws {
        let studio = try await Studio()
        let media = await studio.client.publish(await studio.ready()).json["id"]?.string ?? ""
        #expect(await studio.client.instagram("POST", "/\(media)/comments", [("message", "#tags")]).status == 200)
        #expect(await studio.client.posts.last?["replyTo"]?.string == media)
    }
}

@Suite struct `A container` {
    @Test(arguments: [
        ("tall.jpg", nil), ("wide.jpg", nil), ("a.png", 2_207_005), ("cut.jpg", 2_207_005), ("no.jpg", 2_207_005),
        ("heavy.jpg", 2_207_004), ("too-tall.jpg", 2_207_009), ("too-wide.jpg", 2_207_009), ("missing.jpg", 2_207_052),
        ("../secret.jpg", 2_207_052),
    ])
    func `takes the pictures that the rules allow`(_ name: String, _ subcode: Int?) async throws {
        let heavy = name == "heavy.jpg" ? SmallPictures.jpeg(1080, 1080) + [UInt8](repeating: 0, count: 8 << 20) : []
        let studio = try await Studio(["heavy.jpg": heavy])
        let reply = await studio.container(name)
        #expect(reply.json["error"]?["error_subcode"]?.integer == subcode)
        #expect((reply.status == 200) == (subcode == nil))
        // Code and subcode go together as in the table.
        if let subcode, let code = reply.json["error"]?["code"]?.integer {
            let rows = try Tables.load("instagram/error-subcodes.json", as: SubcodeTable.self).rows
            #expect(rows.contains(Subcode(code: code, subcode: subcode)))
        }
    }

    @Test(arguments: [
        "https://elsewhere.example/a.jpg", "http://media.example.com/a.jpg", "https://media.example.com/ü.jpg", "a.jpg",
    ])
    func `is refused when its picture cannot be reached`(_ url: String) async throws {
        let studio = try await Studio()
        let reply = await studio.client.container([("image_url", url)])
        #expect(reply.json["error"]?["code"]?.integer == 9004)
        #expect(reply.json["error"]?["fbtrace_id"]?.string != nil)
    }

    @Test(arguments: [
        (String(repeating: "a", count: 2200), nil), (String(repeating: "a", count: 2201), 2_207_010),
        (String(repeating: "#a ", count: 30), nil), (String(repeating: "#a ", count: 31), 2_207_010),
        (String(repeating: "@a ", count: 20), nil), (String(repeating: "@a ", count: 21), 2_207_010),
    ])
    func `has a caption within the limits`(_ caption: String, _ subcode: Int?) async throws {
        let studio = try await Studio()
        let reply = await studio.container("a.jpg", [("caption", caption)])
        #expect(reply.json["error"]?["error_subcode"]?.integer == subcode)
    }

    @Test(arguments: [
        [("colour", "red")], [("media_type", "IMAGE")], [("alt_text", String(repeating: "a", count: 1001))],
        [("is_carousel_item", "true"), ("caption", "x")], [("is_carousel_item", "yes")], [("media_type", "REELS")],
        [("collaborators", "[\"a\",\"b\",\"c\",\"d\"]")], [("user_tags", "[{\"username\":\"a\"}]")],
        [("media_type", "STORIES"), ("alt_text", "x")],
    ])
    func `is refused with code 100 for a wrong parameter`(_ more: [(String, String)]) async throws {
        let studio = try await Studio()
        #expect(await studio.container("a.jpg", more).json["error"]?["code"]?.integer == 100)
    }

    @Test func `in progress cannot be published`() async throws {
        let studio = try await Studio()
        await studio.client.fault([
            "network": "instagram", "operation": "container", "fault": "slow-processing", "polls": 1,
        ])
        let id = await studio.ready()
        let early = await studio.client.publish(id)
        #expect(early.json["error"]?["code"]?.integer == 9007)
        #expect(early.json["error"]?["error_subcode"]?.integer == 2_207_027)
        #expect(await studio.client.status(id) == "IN_PROGRESS")
        #expect(await studio.client.status(id) == "FINISHED")
        #expect(await studio.client.publish(id).status == 200)
    }

    @Test func `may need time on the clock`() async throws {
        let studio = try await Studio()
        await studio.client.fault(["operation": "container", "fault": "slow-processing", "seconds": 120])
        let id = await studio.ready()
        await studio.client.setClock("2026-12-01T09:01:59Z")
        #expect(await studio.client.status(id) == "IN_PROGRESS")
        await studio.client.setClock("2026-12-01T09:02:00Z")
        #expect(await studio.client.status(id) == "FINISHED")
    }

    @Test func `that failed tells its subcode`() async throws {
        let studio = try await Studio()
        await studio.client.fault(["operation": "container", "fault": "processing-error", "subcode": 2_207_026])
        let id = await studio.ready()
        let node = await studio.client.instagram("GET", "/\(id)?fields=status_code,status")
        #expect(node.json["status_code"]?.string == "ERROR")
        #expect(node.json["status"]?.string?.contains("2207026") == true)
        #expect(await studio.client.publish(id).status == 400)
    }

    @Test func `expires after a day, published ones never`() async throws {
        let studio = try await Studio()
        let old = await studio.ready()
        let done = await studio.ready()
        _ = await studio.client.publish(done)
        await studio.client.setClock("2026-12-02T08:59:59Z")
        #expect(await studio.client.status(old) == "FINISHED")
        await studio.client.setClock("2026-12-02T09:00:00Z")
        #expect(await studio.client.status(old) == "EXPIRED")
        #expect(await studio.client.status(done) == "PUBLISHED")
        #expect(await studio.client.publish(old).json["error"]?["error_subcode"]?.integer == 2_207_020)
    }

    @Test func `belongs to its account`() async throws {
        let studio = try await Studio()
        let id = await studio.ready()
        let other = SandboxCredentials.instagramUserID("other")
        let token = "sandbox-instagram-other"
        let stolen = await studio.client.instagram(
            "POST", "/\(other)/media_publish", [("creation_id", id)], token: token)
        #expect(stolen.status == 400)
        #expect(
            await studio.client.instagram("GET", "/\(id)?fields=status_code", token: token).json["error"]?[
                "error_subcode"]?.integer == 33)
        #expect(
            await studio.client.instagram("POST", "/\(Client.user)/media_publish", [("creation_id", id)], token: token)
                .status == 400)
    }
}

@Suite struct `A caller of the Graph API` {
    @Test func `is refused with an expired or revoked token`() async throws {
        let client = try await Client()
        let expired = await client.instagram("GET", "/me?fields=username", token: "sandbox-instagram-acme!expired")
        #expect(expired.json["error"]?["code"]?.integer == 190)
        #expect(expired.json["error"]?["error_subcode"]?.integer == 463)
        let revoked = await client.instagram("GET", "/me", token: "sandbox-instagram-acme!revoked")
        #expect(revoked.json["error"]?["error_subcode"]?.integer == 458)
        #expect(await client.instagram("GET", "/me", token: "IGQ").json["error"]?["code"]?.integer == 190)
    }

    @Test func `may name its user id in the token`() async throws {
        let client = try await Client()
        let token = SandboxCredentials.instagram(account: "acme", userID: "17841405793187218")["ACCESS_TOKEN"] ?? ""
        let me = await client.instagram("GET", "/me?fields=user_id,username", token: token)
        #expect(me.json["user_id"]?.string == "17841405793187218")
        #expect(me.json["username"]?.string == "acme")
        let node = await client.instagram(
            "GET", "/17841405793187218?fields=username", host: "graph.facebook.com", token: token)
        #expect(node.json["username"]?.string == "acme")
    }

    @Test(arguments: try Tables.load("instagram/graph-versions.json", as: VersionTable.self).versions.map(\.version))
    func `uses a version that is served`(_ version: String) async throws {
        let client = try await Client()
        let isServed = ["v22.0", "v23.0", "v24.0", "v25.0", "v26.0"].contains(version)
        #expect(await client.instagram("GET", "/me?fields=username", version: version).status == (isServed ? 200 : 400))
    }

    @Test func `learns its usage from headers`() async throws {
        let client = try await Client()
        let reply = await client.instagram("GET", "/me?fields=username")
        #expect(Value(json: Array((reply.header("X-App-Usage") ?? "").utf8))?["call_count"]?.integer == 0)
        let business = Value(json: Array((reply.header("X-Business-Use-Case-Usage") ?? "").utf8))
        #expect(business?[Client.user]?.array?.first?["type"]?.string == "instagram")
    }

    @Test func `is refused an unknown field`() async throws {
        let client = try await Client()
        #expect(await client.instagram("GET", "/me?fields=colour").json["error"]?["code"]?.integer == 100)
    }
}
