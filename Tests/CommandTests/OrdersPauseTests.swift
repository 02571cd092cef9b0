import JSON
import Testing

@Suite struct `A pause` {
    private let files = ["posts/a.md": post("x/acme, x/labs", "One")]

    @Test func `of an account holds it and nothing else`() async throws {
        try await Workshop.with("bare", files) { shop in
            let answer = try await shop.json("pause", "x/acme")
            #expect(
                answer == [
                    "now": "2026-12-01T09:00:00Z", "everything": false, "accounts": ["x/acme"], "changed": true,
                ])
            let held: JSON = [["post": "posts/a.md", "account": "x/acme", "reason": "paused"]]
            #expect(try await shop.json("plan")["held"] == held)
            #expect(try await shop.run("plan").output.contains("paused: x/acme\n"))
            #expect(try await shop.run("status").output.contains("paused: x/acme\n"))
            #expect(try await shop.json("status", "--account", "x/acme").array?.first?["state"] == "held")
            #expect(try await shop.json("sync")["skipped"] == held)
            #expect(try await shop.live().map(\.account) == ["labs"])
            let publish = try await shop.run("publish", "posts/a.md", "--account", "x/acme")
            #expect(publish.status == 1)
            #expect(publish.complaints.contains("paused"))
            #expect(try await shop.json("pause", "x/acme")["changed"] == false)
            try await shop.run("resume", "x/acme")
            #expect(try await shop.run("status").output.contains("paused") == false)
            try await shop.sync()
            #expect(try await shop.live().map(\.account).sorted() == ["acme", "labs"])
        }
    }

    @Test func `of everything is lifted only as a whole`() async throws {
        try await Workshop.with("bare", files) { shop in
            #expect(try await shop.run("pause").output == "everything is paused\n")
            try await shop.sync()
            #expect(try await shop.requests() == [])
            let one = try await shop.run("resume", "x/acme")
            #expect(one.status == 1)
            #expect(one.complaints.contains("everything is paused, so x/acme alone cannot be resumed"))
            #expect(try await shop.run("resume").output == "nothing is paused\n")
            #expect(try await shop.run("resume").status == 0)
            try await shop.sync()
            #expect(try await shop.live().count == 2)
        }
    }

    /// EXACTLY-ONCE, "Held": the late guard does not run for it, `giveUpAfter` does.
    @Test(arguments: [("2026-12-02T20:00:00Z", "published"), ("2026-12-04T08:00:01Z", "missed")])
    func `makes nothing late before it is given up`(_ moment: String, _ state: String) async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One")]) { shop in
            try await shop.run("pause", "x/acme")
            try await shop.sync(now: "2026-12-02T19:00:00Z")
            #expect(!shop.exists("posts/a.results.json"))
            try await shop.run("resume", "x/acme", now: moment)
            try await shop.sync(now: moment, status: state == "missed" ? 1 : 0)
            #expect(try shop.state("posts/a.md", "x/acme") == state)
        }
    }

    @Test func `of an unknown account says which was meant`() async throws {
        try await Workshop.with("bare", files) { shop in
            for command in ["pause", "resume"] {
                let ending = try await shop.run(command, "x/acm")
                #expect(ending.status == 64)
                #expect(ending.complaints.contains("did you mean x/acme?"))
            }
        }
    }
}
