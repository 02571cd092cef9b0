import JSON
import Testing

/// CONTRACT 2.3, key by key.
@Suite struct `What is printed as JSON` {
    private static let diagnostic: Set = ["path", "line", "column", "endColumn", "severity", "code", "message", "hint"]
    private let files = [
        "posts/a.md": post("x/acme", "One"), "posts/b.md": post("x/acme, linkedin/jane", "Two", at: "2026-12-24"),
        "posts/bad.md": "---\nschedule: 2026-12-01T08:00:00Z\naccounts: [x/acm]\n---\nThree\n",
        "posts/draft.md": "---\ndraft: true\naccounts: [x/acme]\n---\nFour\n",
        "posts/missed.md": post("x/labs", "Five", at: "2026-11-29T08:00:00Z"),
        "posts/past.md": post("x/labs", "Six", at: "2020-01-01T08:00:00Z"),
        "posts/expired.md": post("x/labs", "Seven", "expires: 2026-12-01T08:30:00Z\n"),
        "posts/someday.md": "---\naccounts: [x/acme]\n---\nEight\n",
        "posts/refused.md": post("instagram/acme", "Nine", picture),
    ]

    @Test func `by plan has the promised keys`() async throws {
        try await Workshop.with("bare", files) { shop in
            try shop.write(["posts/new.md": post("x/labs", "Not committed")])
            let plan = try await shop.json("plan")
            #expect(plan.keys == ["now", "posts", "due", "held", "next", "problems"])
            #expect(plan["now"] == "2026-12-01T09:00:00Z")
            #expect(plan["posts"]?.integer == 10)
            #expect(
                plan["due"]?.array?.first == [
                    "post": "posts/a.md", "account": "x/acme", "schedule": "2026-12-01T08:00:00Z", "state": "due",
                ])
            #expect(plan["held"] == [["post": "posts/new.md", "account": "x/labs", "reason": "not-committed"]])
            #expect(
                plan["next"] == [
                    "post": "posts/b.md", "account": "linkedin/jane", "schedule": "2026-12-23T23:00:00Z",
                ])
            #expect(plan["problems"]?.array?.map(\.keys) == [Self.diagnostic])
        }
    }

    @Test func `by sync has the promised keys`() async throws {
        try await Workshop.with("bare", files) { shop in
            try shop.write(["posts/new.md": post("x/labs", "Not committed")])
            try await shop.fault(["network": "instagram", "operation": "container", "fault": "rate-limit"])
            let report = try await shop.json("sync", status: 1)
            #expect(
                report.keys == [
                    "now", "published", "failed", "retrying", "processing", "unknown", "missed", "skipped", "commit",
                    "pushed", "problems",
                ])
            #expect(report["published"]?.array?.map(\.keys) == [["post", "account", "id", "url"]])
            #expect(report["retrying"]?.array?.map(\.keys) == [["post", "account", "error", "notBefore"]])
            #expect(report["missed"]?.array?.map { $0["post"] } == ["posts/missed.md"])
            #expect(report["skipped"] == [["post": "posts/new.md", "account": "x/labs", "reason": "not-committed"]])
            #expect(report["problems"]?.array?.map(\.keys) == [Self.diagnostic])
            #expect(report["pushed"] == false)

            let second = try await shop.json("sync", status: 65)
            #expect(second["commit"] == .null)
            #expect(second["published"] == [])
        }
    }

    @Test func `by status has the promised keys and states`() async throws {
        try await Workshop.with("bare", files) { shop in
            try shop.write(["posts/new.md": post("x/labs", "Not committed")])
            let before = try await shop.json("status").array ?? []
            #expect(Set(before.map(\.keys)) == [["post", "account", "state", "schedule"]])
            let states = before.map {
                "\($0["post"]?.string ?? "") \($0["account"]?.string ?? "") \($0["state"]?.string ?? "")"
            }
            #expect(
                states == [
                    "posts/a.md x/acme due", "posts/b.md linkedin/jane scheduled", "posts/b.md x/acme scheduled",
                    "posts/draft.md x/acme draft", "posts/expired.md x/labs expired", "posts/missed.md x/labs missed",
                    "posts/new.md x/labs held", "posts/past.md x/labs past", "posts/refused.md instagram/acme due",
                    "posts/someday.md x/acme unscheduled",
                ])
            try await shop.sync(status: 1)
            let after = try await shop.json("status", "--state", "published", "--account", "x/acme")
            #expect(after.array?.map(\.keys) == [["post", "account", "state", "schedule", "publishedAt", "url"]])
            #expect(try await shop.json("list", "--network", "linkedin").array?.count == 1)
            #expect(try await shop.json("list", "--limit", "3").array?.count == 3)
        }
    }

    @Test func `by check is a list of diagnostics`() async throws {
        try await Workshop.with("bare", files) { shop in
            let problems = try await shop.json("check", status: 65).array ?? []
            #expect(
                problems.contains {
                    $0["code"] == "unknown-account" && $0["line"]?.integer == 3 && $0["column"]?.integer == 12
                })
            #expect(Set(problems.map(\.keys)) == [Self.diagnostic])
        }
    }
}

extension JSON {
    fileprivate var keys: Set<String> { Set((object ?? [:]).keys) }
}
