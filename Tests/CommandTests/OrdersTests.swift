import Foundation
import JSON
import Testing

@Suite struct `The commands cancel and retry` {
    @Test func `withhold a post at its time, and release it again`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme, x/labs", "One", at: "2026-12-02")]) { shop in
            let before = try await shop.head()
            let answer = try await shop.json("cancel", "posts/a.md", "--account", "x/acme")
            #expect(answer["changed"] == [["post": "posts/a.md", "account": "x/acme", "state": "cancelled"]])
            #expect(answer["refused"] == [])
            #expect(answer["commit"]?.string == (try await shop.head()))
            #expect(answer["pushed"] == false)
            #expect(
                try await shop.git("diff", "--name-status", before, "HEAD") == "A\tposts/a.results.json\n")
            #expect(try await shop.changes() == "")
            try await shop.sync(now: "2026-12-02T08:00:00Z")
            #expect(try await shop.live().map(\.account) == ["labs"])

            let again = try await shop.run("cancel", "posts/a.md", "--account", "x/acme", now: "2026-12-02T08:00:00Z")
            #expect(again.status == 0)
            #expect(again.complaints.contains("it is cancelled already"))
            #expect(try await shop.run("retry", "posts/a.md", "--account", "x/acme").status == 0)
            #expect(try shop.results("posts/a.md")["x/acme"]?["generation"]?.integer == 3)
            try await shop.sync(now: "2026-12-01T10:00:00Z")
            #expect(try await shop.live().count == 1, "its time has not come")
            try await shop.sync(now: "2026-12-02T08:00:00Z")
            #expect(try await shop.live().map(\.account).sorted() == ["acme", "labs"])
            try await shop.sync(now: "2026-12-02T09:00:00Z")
            #expect(try await shop.live().count == 2)
        }
    }

    @Test func `leave alone what is live`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One")]) { shop in
            try await shop.sync()
            let (head, claim) = (try await shop.head(), try await shop.claim("posts/a.md", "x/acme"))
            let cancel = try await shop.run("cancel", "posts/a.md")
            #expect(cancel.status == 1)
            #expect(cancel.complaints.contains("it is live at https://x.com/"))
            let retry = try await shop.run("retry", "posts/a.md")
            #expect(retry.status == 0)
            #expect(retry.complaints.contains("it is live"))
            #expect(try await shop.head() == head)
            #expect(try await shop.claim("posts/a.md", "x/acme") == claim)
        }
    }

    @Test func `send again what was missed or failed, once`() async throws {
        let files = [
            "posts/failed.md": post("x/acme", "Failed"), "posts/missed.md": post("x/acme", "Missed", at: "2026-11-29"),
        ]
        try await Workshop.with("bare", files) { shop in
            try await shop.fault([
                "network": "x", "operation": "publish", "fault": "status", "status": 403,
                "body": ["title": "Forbidden", "status": 403, "detail": "You are not permitted to do this."],
            ])
            try await shop.sync(status: 1)
            #expect(try shop.state("posts/failed.md", "x/acme") == "failed")
            #expect(try shop.state("posts/missed.md", "x/acme") == "missed")
            #expect(try await shop.live() == [])
            let answer = try await shop.json("retry", "posts/failed.md", "posts/missed.md")
            #expect(answer["changed"]?.array?.map { $0["state"] } == ["retrying", "retrying"])
            try await shop.sync()
            #expect(try await shop.live().map(\.text).sorted() == ["Failed", "Missed"])
            try await shop.sync(now: "2026-12-01T09:31:00Z")
            #expect(try await shop.live().count == 2)
        }
    }

    @Test(arguments: ["retry", "publish"])
    func `keep the parts of a thread that are live`(_ release: String) async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One\n\n---\n\nTwo")]) { shop in
            try await shop.fault(["network": "x", "operation": "publish", "fault": "rate-limit", "nth": 2])
            try await shop.sync()
            #expect(try await shop.live().map(\.text) == ["One"])
            #expect(try shop.state("posts/a.md", "x/acme") == "retrying")
            let cancel = try await shop.run("cancel", "posts/a.md")
            #expect(try shop.state("posts/a.md", "x/acme") == "cancelled", "\(cancel)")
            #expect(cancel.output.contains("these parts are live: https://x.com/"))
            try await shop.removeFaults()
            // The claims forget it in the end; the sidecar does not.
            try await shop.git("update-ref", "-d", "refs/socials/sandbox-claims")
            try await shop.run(release, "posts/a.md", now: "2026-12-20T09:00:00Z")
            try await shop.sync(now: "2026-12-20T09:00:00Z")
            #expect(try await shop.live().map(\.text) == ["One", "Two"])
            #expect(try shop.results("posts/a.md")["x/acme"]?["parts"]?.array?.count == 2)
        }
    }

    @Test func `make what nobody is sure about unknown, and never cancelled`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One")]) { shop in
            for fault in ["late-visibility", "drop-after"] {
                try await shop.fault(["network": "x", "operation": "publish", "fault": .string(fault), "seconds": 60])
            }
            try await shop.sync()
            #expect(try shop.state("posts/a.md", "x/acme") == "retrying")
            let retry = try await shop.run("retry", "posts/a.md", now: "2026-12-01T09:14:00Z")
            #expect(retry.status == 75)
            #expect(retry.complaints.contains("may still arrive; look again at 2026-12-01T09:15:00Z"))
            let cancel = try await shop.run("cancel", "posts/a.md", now: "2026-12-01T09:14:00Z")
            #expect(cancel.status == 1)
            #expect(cancel.output.contains("resolve posts/a.md --account x/acme"))
            #expect(try shop.state("posts/a.md", "x/acme") == "unknown")
            let requests = try await shop.requests()
            try await shop.sync(now: "2026-12-01T09:40:00Z")
            #expect(try await shop.requests() == requests)
        }
    }

    @Test func `of a run that was killed while it sent are decided by its journal`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One")]) { shop in
            try await shop.fault(["network": "x", "operation": "publish", "fault": "delay", "seconds": 2])
            let run = try shop.start(["sync"])
            try await shop.waitForSending()
            run.signal(SIGKILL)
            _ = await run.ending()
            let cancel = try await shop.run("cancel", "posts/a.md")
            #expect(cancel.status == 1, "\(cancel)")
            #expect(try shop.state("posts/a.md", "x/acme") == "unknown")
            #expect(try await shop.run("resolve", "posts/a.md", "--not-published").status == 75)
            try await shop.sync(now: "2026-12-01T09:40:00Z")
            #expect(try await shop.live().count <= 1)
        }
    }

    @Test func `wait for a run on the same machine`() async throws {
        let files = ["posts/a.md": post("x/acme", "One"), "posts/b.md": post("x/labs", "Two", at: "2026-12-02")]
        try await Workshop.with("bare", files) { shop in
            try await shop.fault(["network": "x", "operation": "publish", "fault": "delay", "seconds": 2])
            let run = try shop.start(["sync"])
            try await shop.waitForSending()
            let cancel = try await shop.run("cancel", "posts/a.md", "posts/b.md")
            #expect(cancel.status == 1, "\(cancel)")
            #expect(cancel.complaints.contains("posts/a.md → x/acme: it is live"))
            #expect(try shop.state("posts/b.md", "x/labs") == "cancelled")
            #expect(await run.ending().status == 0)
        }
    }

    @Test func `name what they do not know`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One"), "notes.md": "No post.\n"]) { shop in
            for (arguments, words) in [
                (["notes.md"], "notes.md is no post"), (["posts/none.md"], "posts/none.md is no post"),
                (["posts/a.md", "--account", "x/acm"], "did you mean x/acme?"),
                (["posts/a.md", "--account", "x/labs"], "nothing of it goes to x/labs"),
            ] {
                for command in ["cancel", "retry"] {
                    let ending = try await shop.start([command] + arguments).ending()
                    #expect(ending.status == 64, "\(arguments): \(ending)")
                    #expect(ending.complaints.contains(words), "\(ending)")
                }
            }
            let nothing = try await shop.run("retry", "posts/a.md")
            #expect(nothing.status == 0)
            #expect(nothing.complaints.contains("there is nothing to retry"))
            #expect(!shop.exists("posts/a.results.json"))
        }
    }
}

@Suite struct `The command resolve` {
    private func unknown(_ body: @Sendable (Workshop) async throws -> Void) async throws {
        try await Workshop.with("bare", ["posts/a.md": post("linkedin/jane, x/acme", "One")]) { shop in
            try await shop.fault(["network": "linkedin", "operation": "publish", "fault": "drop-before"])
            try await shop.sync(status: 1)
            #expect(try shop.state("posts/a.md", "linkedin/jane") == "unknown")
            try await body(shop)
        }
    }

    @Test func `is named by every sync until somebody has looked`() async throws {
        try await unknown { shop in
            let ending = try await shop.sync(now: "2026-12-01T10:00:00Z")
            #expect(
                ending.complaints.contains(
                    "posts/a.md → linkedin/jane needs a person: nobody knows whether it is live"))
            #expect(ending.complaints.contains("resolve posts/a.md --account linkedin/jane --published URL"))
        }
    }

    @Test func `writes down what a person saw`() async throws {
        try await unknown { shop in
            let answer = try await shop.json(
                "resolve", "posts/a.md", "--published", "https://www.linkedin.com/feed/update/urn:li:share:714/")
            #expect(answer["changed"] == [["post": "posts/a.md", "account": "linkedin/jane", "state": "published"]])
            let result = try shop.results("posts/a.md")["linkedin/jane"]
            #expect(result?["id"] == "urn:li:share:714")
            #expect(result?["url"] == "https://www.linkedin.com/feed/update/urn:li:share:714/")
            #expect(result?["publishedAt"] == "2026-12-01T09:00:00Z")
            #expect(result?["error"] == nil)
            #expect(
                try await shop.claim("posts/a.md", "linkedin/jane")?["receipts"]?.array?.map { $0["found"] }
                    == ["person"])
            let requests = try await shop.requests()
            let sync = try await shop.sync(now: "2026-12-01T10:00:00Z")
            #expect(!sync.complaints.contains("needs a person"))
            #expect(try await shop.requests() == requests)
        }
    }

    @Test func `makes it due again once the request cannot arrive any more`() async throws {
        try await unknown { shop in
            let early = try await shop.run("resolve", "posts/a.md", "--not-published", now: "2026-12-01T09:14:59Z")
            #expect(early.status == 75)
            let late = try await shop.run("resolve", "posts/a.md", "--not-published", now: "2026-12-01T09:15:00Z")
            #expect(late.status == 0, "\(late)")
            try await shop.sync(now: "2026-12-01T09:16:00Z")
            #expect(try await shop.live().map(\.network).sorted() == ["linkedin", "x"])
            try await shop.sync(now: "2026-12-01T10:16:00Z")
            #expect(try await shop.live().count == 2)
        }
    }

    @Test func `lets be what is too late by then`() async throws {
        try await unknown { shop in
            let late = try await shop.run("resolve", "posts/a.md", "--not-published", now: "2026-12-02T08:00:01Z")
            #expect(late.status == 1)
            #expect(late.output.contains("missed posts/a.md → linkedin/jane"))
            #expect(late.output.contains("its time is more than maxLateness ago"))
            try await shop.sync(now: "2026-12-02T08:01:00Z")
            #expect(try await shop.live().count == 1)
        }
    }

    @Test func `takes an address of the right network, and one word`() async throws {
        try await unknown { shop in
            let words = [
                ["--published", "https://x.com/acme/status/12"], ["--published", "714"], [],
                ["--published", "urn:li:share:714", "--not-published"],
            ]
            for arguments in words {
                let ending = try await shop.start(["resolve", "posts/a.md"] + arguments).ending()
                #expect(ending.status == 64, "\(arguments): \(ending)")
            }
            let known = try await shop.run("resolve", "posts/a.md", "--account", "x/acme", "--not-published")
            #expect(known.status == 1)
            #expect(known.complaints.contains("nothing is to be resolved: it is published"))
            #expect(try shop.state("posts/a.md", "linkedin/jane") == "unknown")
        }
    }
}
