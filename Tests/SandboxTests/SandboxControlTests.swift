import HTTPServer
import Testing

@testable import Sandbox

@Suite struct `A fault` {
    private let body: Value = ["text": "Hello"]

    @Test func `that drops before leaves no trace, one that drops after leaves the post`() async throws {
        let client = try await Client()
        await client.fault(["network": "x", "operation": "publish", "fault": "drop-before"])
        #expect(await client.x("POST", "/2/tweets", body).answer.ending == .nothing)
        #expect(await client.posts.isEmpty)
        await client.fault(["network": "x", "operation": "publish", "fault": "drop-after"])
        #expect(await client.x("POST", "/2/tweets", body).answer.ending == .nothing)
        #expect(await client.posts.count == 1)
        #expect(await client.x("POST", "/2/tweets", body).status == 403)
    }

    @Test func `that cuts an answer closes the connection`() async throws {
        let picture = SmallPictures.jpeg(64, 64)
        let folder = try MediaFolder(["a.jpg": picture])
        let client = try await Client(static: ["media.example.com": folder.path])
        let server = try await RunningServer.start(port: 0) { await client.sandbox.answer($0) }
        func get() async -> FetchResult {
            await LoopbackClient.get(authority: "127.0.0.1:\(server.port)", host: "media.example.com", target: "/a.jpg")
        }
        #expect(await get() == .file(picture))
        for kind in ["drop-before", "drop-after", "truncate"] {
            await client.fault(["network": "media", "operation": "fetch", "fault": .string(kind)])
            #expect(await get() == .unreachable)
        }
        #expect(await get() == .file(picture))
        await server.stop()
    }

    @Test func `truncates an answer after the effect`() async throws {
        let client = try await Client()
        await client.fault(["fault": "truncate", "bytes": 5])
        let reply = await client.x("POST", "/2/tweets", body)
        #expect(reply.status == 201)
        #expect(reply.answer.ending == .truncated(after: 5))
        #expect(await client.posts.count == 1)
    }

    @Test func `answers a status with headers, with or without the effect`() async throws {
        let client = try await Client()
        await client.fault([
            "network": "linkedin", "operation": "publish", "fault": "status", "status": 503,
            "headers": ["Retry-After": "7"], "body": "Busy",
        ])
        let refused = await client.share("Hello")
        #expect(refused.status == 503)
        #expect(refused.header("Retry-After") == "7")
        #expect(refused.text == "Busy")
        #expect(await client.posts.isEmpty)
        await client.fault(["network": "linkedin", "fault": "status", "status": 504, "effect": true])
        #expect(await client.share("Hello").status == 504)
        #expect(await client.posts.count == 1)
    }

    @Test func `strikes at the nth request, as often as it was told, on its network and operation`() async throws {
        let client = try await Client()
        await client.fault([
            "network": "x", "operation": "account", "nth": 2, "times": 2, "fault": "status", "status": 500,
        ])
        _ = await client.share("Another network")
        var statuses: [Int] = []
        for _ in 0..<4 { statuses.append(await client.x("GET", "/2/users/me").status) }
        #expect(statuses == [200, 500, 500, 200])
        await client.control("DELETE", "faults")
        #expect(await client.control("GET", "faults").json == [])
    }

    @Test func `makes a post invisible to look-ups for a while`() async throws {
        let client = try await Client()
        await client.fault(["operation": "publish", "fault": "late-visibility", "seconds": 30])
        let id = await client.x("POST", "/2/tweets", body).json["data"]?["id"]?.string ?? ""
        let path = "/2/users/\(SandboxCredentials.xUserID("acme"))/tweets"
        #expect(await client.x("GET", path).json["meta"]?["result_count"]?.integer == 0)
        #expect(await client.x("GET", "/2/tweets/\(id)").json["errors"] != nil)
        #expect(await client.x("POST", "/2/tweets", body).status == 403)
        await client.setClock("2026-12-01T09:00:30Z")
        #expect(await client.x("GET", path).json["meta"]?["result_count"]?.integer == 1)
    }

    @Test func `plays an expired token and a rate limit in each network's words`() async throws {
        let client = try await Client()
        await client.fault(["fault": "expired-token", "times": 3])
        #expect(await client.x("GET", "/2/users/me").json["errors"]?.array?.first?["code"]?.integer == 89)
        #expect(await client.share("Hello").json["code"]?.string == "EXPIRED_ACCESS_TOKEN")
        #expect(await client.instagram("GET", "/me").json["error"]?["code"]?.integer == 190)
        await client.fault(["fault": "rate-limit", "times": 3, "seconds": 60])
        let limited = await client.x("GET", "/2/users/me")
        #expect(limited.status == 429)
        #expect(limited.header("x-rate-limit-reset") == String(1_796_115_660))
        #expect(await client.share("Hello").status == 429)
        #expect(await client.instagram("GET", "/me").json["error"]?["code"]?.integer == 4)
    }

    @Test(
        arguments: [
            [:], ["fault": "earthquake"], ["fault": "delay", "network": "myspace"], ["fault": "delay", "colour": 1],
            ["fault": "delay", "nth": 0],
        ] as [Value])
    func `must be one that exists`(_ fault: Value) async throws {
        let client = try await Client()
        #expect(await client.control("POST", "faults", fault).status == 400)
    }
}

@Suite struct `The sandbox` {
    @Test func `logs requests without secrets`() async throws {
        let client = try await Client()
        _ = await client.x("POST", "/2/tweets", ["text": "Hello"])
        _ = await client.send(
            "GET", "https://graph.instagram.com/v25.0/me?access_token=sandbox-instagram-acme&fields=username")
        let log = await client.control("GET", "log").json.array ?? []
        #expect(log.map { $0["operation"]?.string } == ["publish", "account"])
        #expect(log.map { $0["status"]?.integer } == [201, 200])
        #expect(log[1]["path"]?.string == "/v25.0/me?access_token=•••&fields=username")
        #expect(!String(decoding: Value.array(log).json, as: UTF8.self).contains("sandbox-instagram-acme"))
    }

    @Test func `shows its timelines with everything escaped`() async throws {
        let client = try await Client()
        _ = await client.x("POST", "/2/tweets", ["text": "<script>alert(\"1\")</script>"])
        let page = await client.send("GET", "https://localhost/")
        #expect(page.header("Content-Type")?.hasPrefix("text/html") == true)
        #expect(page.text.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"))
        #expect(!page.text.contains("<script>"))
    }

    @Test func `answers for HOST.localhost and refuses strangers`() async throws {
        let client = try await Client()
        let me = await client.send(
            "GET", "https://api.x.com.localhost:8080/2/users/me", [("Authorization", "Bearer sandbox-x-acme")])
        #expect(me.status == 200)
        #expect(await client.send("GET", "https://example.org/").status == 502)
    }

    @Test func `serves its media hosts with ranges`() async throws {
        let folder = try MediaFolder(["a.jpg": SmallPictures.jpeg(8, 8)])
        let client = try await Client(static: ["media.example.com": folder.path])
        let first = await client.send("GET", "https://media.example.com/a.jpg", [("Range", "bytes=0-0")])
        #expect(first.status == 206)
        #expect(first.answer.body == [0xFF])
        #expect(first.header("Content-Type") == "image/jpeg")
        #expect(first.header("Content-Range") == "bytes 0-0/\(SmallPictures.jpeg(8, 8).count)")
        #expect(await client.send("GET", "https://media.example.com/b.jpg").status == 404)
        #expect(await client.send("GET", "https://media.example.com/%2e%2e/a.jpg").status != 200)
    }

    @Test func `follows the times that requests name, and forgets all on reset`() async throws {
        let client = Client(try Sandbox())
        let future = "2031-05-01T00:00:00Z"
        _ = await client.send("GET", "https://api.linkedin.com/v2/userinfo", [("X-Socials-Now", future)])
        #expect(await client.control("GET", "clock").json["now"]?.string == future)
        _ = await client.x("POST", "/2/tweets", ["text": "From the future"], at: "1935360060")
        #expect(await client.posts.first?["createdAt"]?.string == "2031-05-01T00:01:00Z")
        _ = await client.x("GET", "/2/users/me", at: "1935360000")
        #expect(await client.control("GET", "clock").json["now"]?.string == "2031-05-01T00:01:00Z")
        await client.control("POST", "reset")
        #expect(await client.posts.isEmpty)
        #expect(await client.control("GET", "log").json == [])
        #expect(await client.control("GET", "clock").json["now"]?.string != future)
    }

    @Test func `keeps what is live across a restart`() async throws {
        let folder = try MediaFolder()
        let first = Client(try Sandbox(state: folder.path))
        await first.setClock("2026-12-01T09:00:00Z")
        let id = await first.uploaded(SmallPictures.jpeg(8, 8))
        _ = await first.x("POST", "/2/tweets", ["text": "Hello", "media": ["media_ids": [.string(id)]]])
        _ = await first.share("Hello")
        let second = Client(try Sandbox(state: folder.path))
        #expect(await second.posts == first.posts)
        #expect(await second.posts.count == 2)
        #expect(await second.x("POST", "/2/tweets", ["text": "Hello"]).status == 403)
    }

    @Test func `is reached through its port, and fetches from other servers on this machine`() async throws {
        let files = try await RunningServer.start(port: 0) { request in
            request.target == "/a.jpg"
                ? ServerAnswer(200, headers: [("Content-Type", "image/jpeg")], body: SmallPictures.jpeg(1080, 1080))
                : ServerAnswer(302, headers: [("Location", "/a.jpg")])
        }
        let running = try await Sandbox.start(static: ["cdn.example.com": "http://127.0.0.1:\(files.port)"])
        #expect(running.gateway == "http://127.0.0.1:\(running.port)")
        let page = await LoopbackClient.get(
            authority: "127.0.0.1:\(running.port)", host: "localhost", target: "/_sandbox/posts")
        #expect(page == .file(Array("[]".utf8)))
        await running.stop()

        let client = try await Client(static: ["cdn.example.com": "http://127.0.0.1:\(files.port)"])
        for url in ["http://127.0.0.1:\(files.port)/a.jpg", "https://cdn.example.com/a.jpg"] {
            #expect(await client.container([("image_url", url)]).status == 200)
        }
        let redirected = await client.container([("image_url", "https://cdn.example.com/b.jpg")])
        #expect(redirected.json["error"]?["error_subcode"]?.integer == 2_207_052)
        await files.stop()
    }
}
