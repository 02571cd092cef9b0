import JSON
import Testing

@Suite struct `A rate limit` {
    @Test func `holds for its account until the moment the network names`() async throws {
        let files = [
            "posts/a.md": post("x/acme, linkedin/acme", "One"),
            "posts/b.md": post("x/acme", "Two", at: "2026-12-01T08:10:00Z"),
        ]
        try await Workshop.with("bare", files) { shop in
            // 2026-12-01T09:25:30Z
            try await shop.fault([
                "network": "x", "operation": "publish", "fault": "status", "status": 429,
                "headers": [
                    "x-rate-limit-limit": "100", "x-rate-limit-remaining": "0", "x-rate-limit-reset": "1796117130",
                ],
                "body": ["title": "Too Many Requests", "status": 429, "type": "about:blank"],
            ])
            let report = try await shop.json("sync")
            #expect(report["skipped"] == [["post": "posts/b.md", "account": "x/acme", "reason": "rate-limited"]])
            let result = try shop.results("posts/a.md")["x/acme"]
            #expect(result?["state"] == "retrying")
            #expect(result?["error"]?["code"] == "x.rate-limited")
            #expect(result?["error"]?["status"]?.integer == 429)
            #expect(result?["notBefore"] == "2026-12-01T09:25:30Z")
            #expect(try await shop.live().map(\.network) == ["linkedin"])

            let requests = try await shop.requests()
            let early = try await shop.json("sync", now: "2026-12-01T09:25:29Z")
            #expect(early["skipped"] == [["post": "posts/b.md", "account": "x/acme", "reason": "rate-limited"]])
            #expect(try await shop.requests() == requests)
            try await shop.sync(now: "2026-12-01T09:25:30Z")
            #expect(
                Set(try await shop.live().map(\.description)) == ["linkedin/acme: One", "x/acme: One", "x/acme: Two"])
        }
    }

    @Test(arguments: ["linkedin/acme", "instagram/acme"])
    func `of the other networks ends, too`(_ account: String) async throws {
        try await Workshop.with("bare", ["posts/a.md": post("\(account), x/acme", "One", picture)]) { shop in
            try await shop.fault([
                "network": .string(String(account.prefix { $0 != "/" })), "operation": "publish", "fault": "rate-limit",
            ])
            try await shop.sync()
            let result = try shop.results("posts/a.md")[account]
            #expect(result?["state"] == "retrying")
            #expect(result?["error"]?["kind"] == "transient")
            #expect(result?["notBefore"]?.string ?? "" > "2026-12-01T09:00:00Z")
            #expect(try await shop.live().map(\.network) == ["x"])
            try await shop.sync(now: "2026-12-02T08:00:00Z")
            #expect(try await shop.live().count == 2)
        }
    }

    @Test func `is not an outage, which is tried again later and ends after five attempts`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One")]) { shop in
            try await shop.fault([
                "network": "x", "operation": "account", "fault": "status", "status": 503, "times": 99,
            ])
            var ends: [String] = []
            for hour in 9...14 {
                let ending = try await shop.run("sync", now: "2026-12-01T\(hour < 10 ? "0" : "")\(hour):00:00Z")
                ends.append("\(ending.status) \(try shop.state("posts/a.md", "x/acme") ?? "")")
            }
            #expect(ends == ["0 retrying", "0 retrying", "0 retrying", "0 retrying", "1 failed", "0 failed"])
        }
    }
}
