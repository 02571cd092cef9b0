import Testing

@testable import Sandbox

private struct ErrorRows: Decodable {
    let rows: [Subcode]
}

private func film(_ client: Client, _ more: [(String, String)] = [("media_type", "REELS")]) async -> Reply {
    await client.container([("video_url", "https://media.example.com/a.mp4")] + more)
}

@Suite struct `A film on Instagram` {
    @Test(
        arguments: [
            (SmallVideo(), nil), (SmallVideo(brand: "qt  "), nil), (SmallVideo(codec: "hvc1"), nil),
            (SmallVideo(seconds: 900), nil), (SmallVideo(width: 1920, height: 1080), nil),
            (SmallVideo(framesPerSecond: 23), nil), (SmallVideo(channels: 0), nil),
            (SmallVideo(seconds: 2.9), "shorter than 3"), (SmallVideo(seconds: 901), "longer than 15 minutes"),
            (SmallVideo(framesPerSecond: 61), "frames per second"),
            (SmallVideo(framesPerSecond: 22), "frames per second"),
            (SmallVideo(width: 1922, height: 1080), "columns"), (SmallVideo(width: 1280, height: 100), "aspect ratio"),
            (SmallVideo(codec: "mp4v"), "H.264"), (SmallVideo(profile: 110), "H.264"),
            (SmallVideo(channels: 6), "sound"), (SmallVideo(isFastStart: false), "before the data"),
            (SmallVideo(isEdited: true), "edit list"), (SmallVideo(seconds: 3, count: 10 << 20), "Mbps"),
        ] as [(SmallVideo, String?)])
    func `shows in its state which rule it breaks`(_ video: SmallVideo, _ sentence: String?) async throws {
        let studio = try await Studio(["a.mp4": video.bytes])
        let reply = await film(studio.client)
        #expect(reply.status == 200)
        let id = reply.json["id"]?.string ?? ""
        #expect(await studio.client.status(id) == "IN_PROGRESS")
        let node = await studio.client.instagram("GET", "/\(id)?fields=status_code,status").json
        #expect(node["status_code"]?.string == (sentence == nil ? "FINISHED" : "ERROR"))
        if let sentence {
            #expect(node["status"]?.string?.contains("2207026") == true)
            #expect(node["status"]?.string?.contains(sentence) == true)
        }
    }

    @Test func `in a story is at most a minute long`() async throws {
        let studio = try await Studio(["a.mp4": SmallVideo(seconds: 61).bytes])
        for (more, state) in [([("media_type", "STORIES")], "ERROR"), ([("media_type", "REELS")], "FINISHED")] {
            let id = await film(studio.client, more).json["id"]?.string ?? ""
            _ = await studio.client.status(id)
            #expect(await studio.client.status(id) == state)
        }
    }

    @Test(arguments: [("5000", 200), ("5001", 400), ("-1", 400)])
    func `has its thumbnail within its length`(_ offset: String, _ status: Int) async throws {
        let studio = try await Studio()
        let reply = await film(studio.client, [("media_type", "REELS"), ("thumb_offset", offset)])
        #expect(reply.status == status)
        if offset == "5001" { #expect(reply.json["error"]?["error_subcode"]?.integer == 2_207_057) }
    }

    @Test(arguments: [("a.jpg", nil), ("a.png", 2_207_005), ("missing.jpg", 2_207_052)] as [(String, Int?)])
    func `may have a cover that is a JPEG`(_ name: String, _ subcode: Int?) async throws {
        let studio = try await Studio()
        let cover = ("cover_url", "https://media.example.com/\(name)")
        let reply = await film(studio.client, [("media_type", "REELS"), cover, ("share_to_feed", "false")])
        #expect(reply.json["error"]?["error_subcode"]?.integer == subcode)
    }

    @Test func `in a carousel must be finished first`() async throws {
        let studio = try await Studio()
        let picture = await studio.ready([("is_carousel_item", "true")])
        let moving = await film(studio.client, [("media_type", "VIDEO"), ("is_carousel_item", "true")])
        let child = moving.json["id"]?.string ?? ""
        let parent = [("media_type", "CAROUSEL"), ("children", "\(picture),\(child)")]
        #expect(await studio.client.container(parent).json["error"]?["code"]?.integer == 9007)
        #expect(await studio.client.status(child) == "IN_PROGRESS")
        #expect(await studio.client.container(parent).status == 200)
    }
}

@Suite struct `A film without an address` {
    private let token = "sandbox-instagram-acme"

    private func begin(_ client: Client, host: String = "graph.facebook.com") async -> Reply {
        await client.instagram(
            "POST", "/\(Client.user)/media", [("media_type", "REELS"), ("upload_type", "resumable"), ("caption", "a")],
            host: host)
    }

    private func send(
        _ client: Client, _ uri: String, _ bytes: [UInt8], offset: Int, size: Int, scheme: String = "OAuth"
    ) async -> Reply {
        await client.send(
            "POST", uri,
            [("Authorization", "\(scheme) \(token)"), ("offset", "\(offset)"), ("file_size", "\(size)")], body: bytes)
    }

    @Test func `is sent at once, processed and published`() async throws {
        let client = try await Client()
        let reply = await begin(client)
        let id = reply.json["id"]?.string ?? ""
        let uri = reply.json["uri"]?.string ?? ""
        #expect(uri == "https://rupload.facebook.com/ig-api-upload/v25.0/\(id)")
        let bytes = SmallVideo().bytes
        #expect(await client.publish(id).json["error"]?["code"]?.integer == 9007)
        #expect(await client.status(id) == "IN_PROGRESS")
        #expect(await send(client, uri, bytes, offset: 0, size: bytes.count, scheme: "Bearer").status == 401)
        let sent = await send(client, uri, bytes, offset: 0, size: bytes.count)
        #expect(sent.json["success"]?.bool == true)
        #expect(await client.status(id) == "IN_PROGRESS")
        #expect(await client.status(id) == "FINISHED")
        #expect(await client.publish(id).status == 200)
        #expect(await client.posts.first?["media"]?.array?.first?["seconds"]?.integer == 5)
        #expect(
            await send(client, uri, bytes, offset: 0, size: bytes.count).json["debug_info"]?["retriable"]?.bool == false
        )
    }

    @Test func `goes on where it stopped`() async throws {
        let client = try await Client()
        let reply = await begin(client)
        let id = reply.json["id"]?.string ?? ""
        let uri = reply.json["uri"]?.string ?? ""
        let bytes = SmallVideo(count: 5000).bytes
        let half = await send(client, uri, Array(bytes[..<2000]), offset: 0, size: 5000)
        #expect(half.json["debug_info"]?["type"]?.string == "PartialRequestError")
        #expect(half.json["debug_info"]?["retriable"]?.bool == true)
        let node = await client.instagram("GET", "/\(id)?fields=status_code,video_status").json
        #expect(node["video_status"]?["uploading_phase"]?["bytes_transferred"]?.integer == 2000)
        let wrong = await send(client, uri, Array(bytes[1000...]), offset: 1000, size: 5000)
        #expect(wrong.json["debug_info"]?["type"]?.string == "OffsetInvalidError")
        #expect(await send(client, uri, Array(bytes[2000...]), offset: 2000, size: 5000).json["success"]?.bool == true)
        _ = await client.status(id)
        #expect(await client.status(id) == "FINISHED")
    }

    @Test func `may be fetched from an address after all`() async throws {
        let studio = try await Studio()
        let uri = await begin(studio.client).json["uri"]?.string ?? ""
        func fetch(_ name: String) async -> Reply {
            await studio.client.send(
                "POST", uri,
                [("Authorization", "OAuth \(token)"), ("file_url", "https://media.example.com/\(name)")])
        }
        #expect(await fetch("missing.mp4").json["debug_info"]?["retriable"]?.bool == true)
        #expect(await fetch("a.mp4").json["success"]?.bool == true)
    }

    @Test func `needs Facebook Login, and a container of one's own`() async throws {
        let client = try await Client()
        #expect(await begin(client, host: "graph.instagram.com").json["error"]?["code"]?.integer == 100)
        let uri = await begin(client).json["uri"]?.string ?? ""
        let other = await client.send(
            "POST", uri, [("Authorization", "OAuth sandbox-instagram-other"), ("offset", "0"), ("file_size", "1")],
            body: [0])
        #expect(other.status == 404)
        #expect(await send(client, uri, [0], offset: 0, size: (300 << 20) + 1).status == 400)
        await client.setClock("2026-12-02T09:00:00Z")
        #expect(await send(client, uri, [0], offset: 0, size: 1).status == 404)
    }
}

@Suite struct `The errors of Instagram` {
    @Test func `are those of its table`() throws {
        let rows = try Tables.load("instagram/error-subcodes.json", as: ErrorRows.self).rows
        let ours = GraphErrorTable.rows.map { Subcode(code: $0.code, subcode: $0.subcode) }
        #expect(Set(ours) == Set(rows))
        #expect(ours.count == rows.count)
    }

    @Test(arguments: GraphErrorTable.rows.map(\.subcode))
    func `can all be played`(_ subcode: Int) async throws {
        let studio = try await Studio()
        await studio.client.fault(["operation": "container", "fault": "graph-error", "subcode": .integer(subcode)])
        let error = await studio.container().json["error"]
        #expect(error?["error_subcode"]?.integer == subcode)
        #expect(error?["code"]?.integer == GraphErrorTable.rows.first { $0.subcode == subcode }?.code)
        #expect(await studio.client.posts.isEmpty)
    }

    @Test func `are no faults that do not exist`() async throws {
        let client = try await Client()
        #expect(await client.control("POST", "faults", ["fault": "graph-error", "subcode": 5]).status == 400)
        #expect(await client.control("POST", "faults", ["fault": "graph-error"]).status == 400)
    }

    @Test(
        arguments: [
            ([("media_type", "ALBUM")], 2_207_023), ([("user_tags", tags(21))], 2_207_040),
            ([("product_tags", "[{\"product_id\":\"1\"}]")], 2_207_036),
            ([("product_tags", "[{\"product_id\":\"a\",\"x\":0,\"y\":0}]")], 2_207_037),
        ] as [([(String, String)], Int)])
    func `of parameters are of code 100`(_ more: [(String, String)], _ subcode: Int) async throws {
        let studio = try await Studio()
        let error = await studio.container("a.jpg", more).json["error"]
        #expect(error?["code"]?.integer == 100)
        #expect(error?["error_subcode"]?.integer == subcode)
    }

    @Test func `of placed products are not for films`() async throws {
        let studio = try await Studio()
        let tag = ("product_tags", "[{\"product_id\":\"1\",\"x\":0.5,\"y\":0.5}]")
        let error = await film(studio.client, [("media_type", "REELS"), tag]).json["error"]
        #expect(error?["error_subcode"]?.integer == 2_207_035)
    }

    private static func tags(_ count: Int) -> String {
        "[" + (0..<count).map { "{\"username\":\"u\($0)\",\"x\":0.5,\"y\":0.5}" }.joined(separator: ",") + "]"
    }
}

@Suite struct `What a container carries` {
    private static let tag = #"[{"username":"jane","x":0.5,"y":0.5}]"#
    private static let bare = #"[{"username":"jane"}]"#

    @Test(
        arguments: [
            ("image", [("user_tags", tag)], 200), ("image", [("user_tags", bare)], 400),
            ("image", [("user_tags", #"[{"username":"jane","x":1.5,"y":0.5}]"#)], 400),
            ("reel", [("user_tags", bare)], 200), ("reel", [("user_tags", tag)], 400),
            ("story", [("user_tags", bare)], 200), ("story", [("user_tags", tag)], 200),
            ("item", [("user_tags", tag)], 200), ("film item", [("user_tags", bare)], 400),
            ("image", [("collaborators", #"["a","b","c"]"#)], 200), ("image", [("collaborators", "a,b")], 400),
            ("story", [("collaborators", #"["a"]"#)], 400), ("item", [("collaborators", #"["a"]"#)], 400),
            ("image", [("location_id", "110843418940484")], 200), ("image", [("location_id", "Berlin")], 400),
            ("item", [("location_id", "110843418940484")], 400), ("item", [("is_ai_generated", "true")], 400),
            ("image", [("is_ai_generated", "true")], 200), ("image", [("share_to_feed", "true")], 400),
            ("image", [("thumb_offset", "1")], 400), ("reel", [("audio_name", "Song")], 200),
            ("story", [("audio_name", "Song")], 400), ("reel", [("alt_text", "a")], 400),
            ("film item", [("alt_text", "a")], 400), ("item", [("alt_text", "a")], 200),
            ("reel", [("trial_params", #"{"graduation_strategy":"MANUAL"}"#)], 200),
            ("reel", [("trial_params", #"{"graduation_strategy":"SOON"}"#)], 400),
            ("image", [("children", "1,2")], 400), ("image", [("upload_type", "resumable")], 400),
        ] as [(String, [(String, String)], Int)])
    func `depends on its kind`(_ kind: String, _ more: [(String, String)], _ status: Int) async throws {
        let studio = try await Studio()
        let fields: [String: [(String, String)]] = [
            "image": [], "reel": [("media_type", "REELS")], "story": [("media_type", "STORIES")],
            "item": [("is_carousel_item", "true")],
            "film item": [("media_type", "VIDEO"), ("is_carousel_item", "true")],
        ]
        let isFilm = kind == "reel" || kind == "film item"
        let reply =
            isFilm
            ? await film(studio.client, (fields[kind] ?? []) + more)
            : await studio.container("a.jpg", (fields[kind] ?? []) + more)
        #expect(reply.status == status)
    }

    @Test func `is shown with the post`() async throws {
        let studio = try await Studio()
        let id = await studio.ready([
            ("user_tags", Self.tag), ("collaborators", #"["joe"]"#), ("location_id", "110"),
            ("is_ai_generated", "true"),
        ])
        _ = await studio.client.publish(id)
        let post = await studio.client.posts.first
        #expect(post?["labels"] == ["with @joe", "made with AI", "at 110"])
        #expect(post?["mentions"] == ["@jane"])
        #expect(post?["kind"]?.string == "feed")
    }

    @Test func `counts towards 400 in a rolling day, children too`() async throws {
        let studio = try await Studio()
        await studio.client.control("POST", "limits", ["instagram": ["containersPerDay": 3]])
        let children = [
            await studio.ready([("is_carousel_item", "true")]), await studio.ready([("is_carousel_item", "true")]),
        ]
        let carousel = [("media_type", "CAROUSEL"), ("children", children.joined(separator: ","))]
        #expect(await studio.client.container(carousel).status == 200)
        #expect(await studio.container().json["error"]?["code"]?.integer == 9)
        await studio.client.setClock("2026-12-02T09:00:00Z")
        #expect(await studio.container().status == 200)
    }
}

@Suite struct `A permission of Instagram` {
    @Test(arguments: [
        ("graph.instagram.com", "instagram_business_basic+instagram_business_content_publish"),
        ("graph.facebook.com", "instagram_basic+instagram_content_publish"),
    ])
    func `is demanded for posts and, apart from that, for comments`(_ host: String, _ scopes: String) async throws {
        let studio = try await Studio()
        let token = "sandbox-instagram-acme+\(scopes)"
        let form = [("image_url", "https://media.example.com/a.jpg")]
        let id = await studio.client.instagram("POST", "/\(Client.user)/media", form, host: host, token: token)
        let media = await studio.client.instagram(
            "POST", "/\(Client.user)/media_publish", [("creation_id", id.json["id"]?.string ?? "")], host: host,
            token: token)
        #expect(media.status == 200)
        let comment = await studio.client.instagram(
            "POST", "/\(media.json["id"]?.string ?? "")/comments", [("message", "First")], host: host, token: token)
        #expect(comment.json["error"]?["code"]?.integer == 10)
        let other = host == "graph.facebook.com" ? "graph.instagram.com" : "graph.facebook.com"
        #expect(
            await studio.client.instagram("POST", "/\(Client.user)/media", form, host: other, token: token).status
                == 403)
    }

    @Test func `turns comments off and on`() async throws {
        let studio = try await Studio()
        let media = await studio.client.publish(await studio.ready()).json["id"]?.string ?? ""
        #expect(await studio.client.instagram("POST", "/\(media)", [("comment_enabled", "false")]).status == 200)
        #expect(await studio.client.instagram("POST", "/\(media)/comments", [("message", "a")]).status == 400)
        #expect(
            await studio.client.instagram("GET", "/\(media)?fields=is_comment_enabled").json["is_comment_enabled"]?.bool
                == false)
        #expect(await studio.client.instagram("POST", "/\(media)", [("caption", "b")]).status == 400)
    }
}
