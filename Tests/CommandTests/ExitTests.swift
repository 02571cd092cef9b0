import Foundation
import JSON
import Testing

/// CONTRACT 2.1.
@Suite struct `The exit status` {
    private let one = ["posts/a.md": post("x/acme", "One")]

    @Test func `is 1 when a delivery failed, and the reason is recorded`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme, linkedin/acme", "One")]) { shop in
            try await shop.fault([
                "network": "x", "operation": "publish", "fault": "status", "status": 400,
                "body": ["title": "Invalid Request", "detail": "No.", "errors": [["message": "No."]]],
            ])
            let ending = try await shop.sync(status: 1)
            #expect(ending.output.contains("failed posts/a.md → x/acme"))
            #expect(try shop.state("posts/a.md", "x/acme") == "failed")
            #expect(try shop.state("posts/a.md", "linkedin/acme") == "published")
            try await shop.sync()
            #expect(try await shop.requests().count { $0 == "x publish" } == 1)
        }
    }

    @Test func `is 1 without credit, and X stops while the others go on`() async throws {
        let files = [
            "posts/a.md": post("x/acme, linkedin/acme", "One"),
            "posts/b.md": post("x/acme", "Two", at: "2026-12-01T08:01:00Z"),
        ]
        try await Workshop.with("bare", files) { shop in
            try await shop.fault([
                "network": "x", "operation": "publish", "fault": "status", "status": 402,
                "body": ["title": "CreditsDepleted", "detail": "Your credits are used up.", "type": "about:blank"],
            ])
            try await shop.sync(status: 1)
            let result = try shop.results("posts/a.md")["x/acme"]
            #expect(result?["state"] == "retrying")
            #expect(result?["error"]?["kind"] == "account")
            #expect(result?["error"]?["code"] == "x.no-credit")
            #expect(result?["notBefore"] == "2026-12-01T10:00:00Z")
            #expect(result?["attempts"]?.integer ?? 0 == 0)
            #expect(try await shop.live().map(\.network) == ["linkedin"])
            #expect(try await shop.requests().count { $0 == "x publish" } == 1)
            #expect(!shop.exists("posts/b.results.json"))
            try await shop.sync(now: "2026-12-01T10:00:00Z")
            #expect(try await shop.live().count == 3)
        }
    }

    @Test func `is 78 when LinkedIn has retired the version, and LinkedIn stops while the others go on`() async throws {
        let old = "author: \"urn:li:organization:2414183\", version: \"202508\""
        let files = [
            "socials.yml": "version: 1\ntimeZone: UTC\naccounts:\n  x/acme: {}\n  linkedin/acme: {\(old)}\n",
            "posts/a.md": post("x/acme, linkedin/acme", "One"),
            "posts/b.md": post("linkedin/acme", "Two", at: "2026-12-01T08:01:00Z"),
        ]
        try await Workshop.with("bare", files) { shop in
            try await shop.sync(status: 78)
            let result = try shop.results("posts/a.md")["linkedin/acme"]
            #expect(result?["state"] == "retrying")
            #expect(result?["error"]?["code"] == "linkedin.version")
            #expect(result?["error"]?["kind"] == "config")
            #expect(result?["attempts"]?.integer ?? 0 == 0)
            #expect(try await shop.live().map(\.network) == ["x"])
            #expect(try await shop.requests().count { $0 == "linkedin publish" } == 1)
            try shop.write(["socials.yml": try shop.text("socials.yml").replacing(", version: \"202508\"", with: "")])
            try await shop.commit()
            try await shop.sync(now: "2026-12-01T10:00:00Z")
            #expect(try await shop.live().count == 3)
        }
    }

    @Test(arguments: [
        ["sync", "--nonsense"], ["nonsense"], ["sync", "--limit", "0"], ["sync", "--account", "acme"], ["publish"],
        ["check", "--explain", "nonsense"], ["check", "--format", "xml"], ["sandbox", "--static", "nonsense"],
        ["publish", "posts/nowhere.md"],
    ])
    func `is 64 for a wrong use`(_ arguments: [String]) async throws {
        try await Workshop.with("bare", one) { shop in
            let ending = try await shop.start(arguments).ending()
            #expect(ending.status == 64)
            #expect(ending.output == "" && !ending.complaints.isEmpty)
            #expect(try await shop.requests() == [])
        }
    }

    @Test(
        arguments: [
            ["SOCIALS_GATEWAY": nil], ["SOCIALS_GATEWAY": "http://example.com"], ["SOCIALS_NOW": "yesterday"],
            ["GITHUB_EVENT_NAME": "pull_request"], ["GITHUB_EVENT_NAME": "pull_request_target"],
            ["CI_PIPELINE_SOURCE": "merge_request_event"],
        ] as [[String: String?]])
    func `is 64 in a place from which nothing may be sent`(_ changes: [String: String?]) async throws {
        try await Workshop.with("bare", one) { shop in
            let files = try shop.snapshot()
            try await shop.sync(with: changes, status: 64)
            #expect(try await shop.requests() == [])
            #expect(try shop.snapshot() == files)
        }
    }

    @Test func `is 65 for an invalid post, and the others are published`() async throws {
        let files = [
            "posts/bad.md": post("x/acme, x/nobody", "Bad"), "posts/good.md": post("x/acme", "Good"),
            "posts/long.md": post("x/labs", String(repeating: "word ", count: 80)),
        ]
        try await Workshop.with("bare", files) { shop in
            let ending = try await shop.sync(status: 65)
            #expect(ending.complaints.contains("posts/bad.md:3:20: error: unknown account “x/nobody”"))
            #expect(ending.complaints.contains("posts/long.md:"))
            #expect(try await shop.live().map(\.text) == ["Good"])
            #expect(try await shop.changes() == "")
        }
    }

    @Test func `is 74 when a sidecar cannot be written, and its result is not lost`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One"), "posts/b.md": post("x/labs", "Two")]) {
            shop in
            try shop.write(["posts/a.results.json/keep": ""])
            let ending = try await shop.sync(status: 74)
            #expect(ending.complaints.contains("posts/a.results.json"))
            #expect(try await shop.live().count == 2)
            #expect(try shop.state("posts/b.md", "x/labs") == "published")

            let requests = try await shop.requests()
            try FileManager.default.removeItem(at: shop.url("posts/a.results.json"))
            try await shop.sync()
            #expect(try shop.state("posts/a.md", "x/acme") == "published")
            #expect(try await shop.requests() == requests)
            #expect(try await shop.changes() == "")
        }
    }

    @Test func `is 74 when the journal has no place, and nothing is sent`() async throws {
        try await Workshop.with("bare", one) { shop in
            try shop.write([".git/socials-pipeline": "a file"])
            try await shop.sync(status: 74)
            #expect(try await shop.requests() == [])
        }
    }

    @Test func `is 75 while another run is at work`() async throws {
        try await Workshop.with("bare", one) { shop in
            try await shop.fault(["network": "x", "operation": "publish", "fault": "delay", "seconds": 3])
            let first = try shop.start(["sync"])
            try await shop.waitForSending()
            try await shop.sync(status: 75)
            // A person's order waits for the run, and finds the post live.
            let order = try await shop.run("publish", "posts/a.md")
            #expect(order.status == 0 && order.output.contains("already published"))
            #expect(await first.ending().status == 0)
            try await shop.sync()
            #expect(try await shop.live().count == 1)
        }
    }

    @Test(arguments: ["MERGE_HEAD", "CHERRY_PICK_HEAD", "rebase-merge/head-name"])
    func `is 75 in the middle of something`(_ mark: String) async throws {
        try await Workshop.with("bare", one) { shop in
            try shop.write([".git/\(mark)": try await shop.head() + "\n"])
            try await shop.sync(status: 75)
            #expect(try await shop.requests() == [])
        }
    }

    @Test func `is 77 when an account needs its owner, and the others go on`() async throws {
        let files = ["posts/a.md": post("x/acme, linkedin/acme, instagram/acme", "One", picture)]
        try await Workshop.with("bare", files) { shop in
            try await shop.sync(
                with: ["SOCIALS_ACCOUNT_LINKEDIN_ACME_ACCESS_TOKEN": "sandbox-linkedin-acme+org!revoked"], status: 77)
            let result = try shop.results("posts/a.md")["linkedin/acme"]
            #expect(result?["state"] == "retrying")
            #expect(result?["error"]?["kind"] == "auth")
            #expect(result?["attempts"]?.integer ?? 0 == 0)
            #expect(Set(try await shop.live().map(\.network)) == ["x", "instagram"])
            try await shop.sync(now: "2026-12-01T10:00:00Z")
            #expect(try await shop.live().count == 3)
        }
    }

    @Test(arguments: ["x", "linkedin", "instagram"])
    func `is 77 for a token that is not there`(_ network: String) async throws {
        try await Workshop.with("bare", ["posts/a.md": post("\(network)/acme", "One", picture)]) { shop in
            let name = "SOCIALS_ACCOUNT_\(network.uppercased())_ACME_ACCESS_TOKEN"
            let ending = try await shop.sync(with: [name: nil], status: 77)
            #expect(ending.output.contains(name), "\(ending.output)")
            #expect(try await shop.live() == [])
            #expect(try shop.results("posts/a.md")["\(network)/acme"]?["error"]?["kind"] == "auth")
        }
    }

    @Test func `is 78 without a usable socials yml`() async throws {
        try await Workshop.with("bare", one) { shop in
            let configuration = try shop.text("socials.yml")
            for broken in [
                "version: 1\naccounts:\n  x/acme: {token: abc}\n", "version: 2\n", "accounts: [\n",
                configuration + "nonsense: true\n",
            ] {
                try shop.write(["socials.yml": broken])
                let ending = try await shop.sync(status: 78)
                #expect(ending.complaints.contains("socials.yml:"), "\(ending.complaints)")
            }
            try FileManager.default.removeItem(at: shop.url("socials.yml"))
            try await shop.sync(status: 78)
            #expect(try await shop.run("plan").status == 78)
            #expect(try await shop.requests() == [])
        }
    }

    @Test func `is 78 when a sandbox run would write to a shared remote, or without a repository`() async throws {
        try await Workshop.with("bare", one) { shop in
            try await shop.git("remote", "add", "origin", "https://github.com/acme/social")
            let ending = try await shop.sync(status: 78)
            #expect(ending.complaints.contains("origin"))
            try FileManager.default.removeItem(at: shop.url(".git"))
            try await shop.sync(status: 78)
            #expect(try await shop.requests() == [])
        }
    }
}
