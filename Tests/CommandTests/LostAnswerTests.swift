import JSON
import Testing

@Suite struct `A request whose answer is lost` {
    private static let findable = ["x/acme", "linkedin/acme", "instagram/acme"]

    private func network(_ account: String) -> JSON { .string(String(account.prefix { $0 != "/" })) }

    @Test(arguments: findable, ["drop-after", "truncate"])
    func `is found at once`(_ account: String, _ fault: String) async throws {
        try await Workshop.with("bare", ["posts/a.md": post(account, "One", picture)]) { shop in
            try await shop.fault(["network": network(account), "operation": "publish", "fault": .string(fault)])
            try await shop.sync()
            #expect(try shop.state("posts/a.md", account) == "published")
            let live = try await shop.live()
            #expect(live.map(\.id) == [try shop.results("posts/a.md")[account]?["id"]?.string])
            try await shop.sync(now: "2026-12-01T09:31:00Z")
            #expect(try await shop.live() == live)
        }
    }

    @Test(arguments: ["before", "after"])
    func `is found by whichever spelling of its renamed fields X knows`(_ spelling: String) async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One\n\n---\n\nTwo")]) { shop in
            try await shop.setNames(of: "x", to: spelling)
            for nth in 1...2 {
                try await shop.fault(["network": "x", "operation": "publish", "fault": "drop-after", "nth": JSON(nth)])
            }
            try await shop.sync()
            #expect(try shop.state("posts/a.md", "x/acme") == "published")
            let live = try await shop.live()
            #expect(live.map(\.text) == ["One", "Two"])
            #expect(live.last?.replyTo == live.first?.id)
        }
    }

    /// A client library that repeats a request on a connection it had used before would publish twice here.
    @Test(arguments: findable)
    func `is not repeated on a connection used before`(_ account: String) async throws {
        let files = [
            "posts/a.md": post(account, "One", picture),
            "posts/b.md": post(account, "Two", at: "2026-12-01T08:10:00Z", picture),
        ]
        try await Workshop.with("bare", files) { shop in
            try await shop.fault([
                "network": network(account), "operation": "publish", "fault": "drop-after", "nth": 2,
            ])
            try await shop.sync()
            #expect(try await shop.live().map(\.text) == ["One", "Two"])
            #expect(try shop.state("posts/b.md", account) == "published")
            #expect(try await shop.requests().count { $0.hasSuffix(" publish") } == 2)
        }
    }

    @Test(arguments: ["drop-after", "drop-before", "truncate"])
    func `is unknown for a LinkedIn member, and never sent again`(_ fault: String) async throws {
        try await Workshop.with("bare", ["posts/a.md": post("linkedin/jane, x/acme", "One")]) { shop in
            try await shop.fault(["network": "linkedin", "operation": "publish", "fault": .string(fault)])
            let ending = try await shop.sync(status: 1)
            #expect(ending.output.contains("unknown posts/a.md → linkedin/jane"))
            #expect(try shop.state("posts/a.md", "x/acme") == "published")
            for now in ["2026-12-01T09:00:00Z", "2026-12-01T09:31:00Z", "2026-12-01T10:31:00Z"] {
                try await shop.sync(now: now)
            }
            #expect(try shop.state("posts/a.md", "linkedin/jane") == "unknown")
            #expect(try await shop.requests().count { $0 == "linkedin publish" } == 1)
        }
    }

    @Test(arguments: ["x/acme", "linkedin/acme"])
    func `is asked for later where the network shows posts late`(_ account: String) async throws {
        try await Workshop.with("bare", ["posts/a.md": post(account, "One")]) { shop in
            try await shop.fault([
                "network": network(account), "operation": "publish", "fault": "late-visibility", "seconds": 600,
            ])
            try await shop.fault(["network": network(account), "operation": "publish", "fault": "drop-after"])
            try await shop.sync()
            let result = try shop.results("posts/a.md")[account]
            #expect(result?["state"] == "retrying")
            #expect(result?["error"]?["code"] == "no-answer")
            #expect(result?["notBefore"] == "2026-12-01T09:15:00Z")

            let requests = try await shop.requests()
            try await shop.sync(now: "2026-12-01T09:11:00Z")
            #expect(try await shop.requests() == requests)

            try await shop.sync(now: "2026-12-01T09:16:00Z")
            #expect(try shop.state("posts/a.md", account) == "published")
            try await shop.sync(now: "2026-12-01T09:47:00Z")
            #expect(try await shop.live().count == 1)
            #expect(try await shop.requests().count { $0.hasSuffix(" publish") } == 1)
        }
    }

    @Test(arguments: findable)
    func `that never arrived goes out once, when its absence is believed`(_ account: String) async throws {
        try await Workshop.with("bare", ["posts/a.md": post(account, "One", picture)]) { shop in
            try await shop.fault(["network": network(account), "operation": "publish", "fault": "drop-before"])
            try await shop.sync()
            var now = ["2026-12-01T09:16:00Z", "2026-12-01T09:31:00Z"][...]
            while try shop.state("posts/a.md", account) != "published", let next = now.popFirst() {
                try await shop.sync(now: next)
            }
            #expect(try shop.state("posts/a.md", account) == "published")
            try await shop.sync(now: "2026-12-01T09:47:00Z")
            #expect(try await shop.live().count == 1)
        }
    }

    @Test func `ends a thread where it stands, and the thread goes on later without a part twice`() async throws {
        let thread = post("x/acme", "One\n\n---\n\nTwo\n\n---\n\nThree")
        try await Workshop.with("bare", ["posts/a.md": thread]) { shop in
            try await shop.fault(["network": "x", "operation": "publish", "fault": "drop-before", "nth": 2])
            try await shop.sync()
            #expect(try shop.state("posts/a.md", "x/acme") == "retrying")
            #expect(try shop.results("posts/a.md")["x/acme"]?["parts"]?.array?.count == 1)
            // Whoever edits a thread that is half out does not change what follows.
            try shop.write(["posts/a.md": post("x/acme", "One\n\n---\n\nZwei\n\n---\n\nDrei")])
            try await shop.commit()
            try await shop.sync(now: "2026-12-01T09:16:00Z")
            let live = try await shop.live()
            #expect(live.map(\.text) == ["One", "Two", "Three"])
            #expect(live.map(\.replyTo) == [nil, live[0].id, live[1].id])
        }
    }
}
