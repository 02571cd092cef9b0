import Foundation
import JSON
import Testing

@Suite struct `A sync` {
    @Test func `publishes everything that is due and records it in one commit`() async throws {
        try await Workshop.with("acme") { shop in
            let before = try await shop.head()
            let report = try await shop.json("sync")
            let live = try await shop.live()
            #expect(
                Set(live.map(\.description)) == [
                    "x/acme: Our bicycle is out today.",
                    "linkedin/acme: Our bicycle is out today. Read the story https://example.com/launch.",
                    "instagram/acme: Our bicycle is out today. Read the story https://example.com/launch.",
                    "x/labs: The wall behind the bicycle is older than the town.",
                    "linkedin/jane: The wall behind the bicycle is older than the town.",
                    "instagram/acme: The wall behind the bicycle is older than the town.",
                    "x/acme: Three things about wheels.", "x/acme: They are round.", "x/acme: They turn.",
                    "linkedin/jane: Three things about wheels.\n\nThey are round.\n\nThey turn.",
                ])
            #expect(live.count == 10)

            let pictures = live.filter { $0.text.hasPrefix("The wall") }.map(\.pictures)
            #expect(pictures == Array(repeating: ["A long wall at noon", "A red bicycle leaning on a wall"], count: 3))
            let parts = live.filter { $0.network == "x" && !$0.text.contains("bicycle") }
            #expect(parts.map(\.replyTo) == [nil, parts.first?.id, parts.dropFirst().first?.id])

            for (post, accounts) in [
                "launch": ["instagram/acme", "linkedin/acme", "x/acme"],
                "wall": ["instagram/acme", "linkedin/jane", "x/labs"], "thread": ["linkedin/jane", "x/acme"],
            ] {
                let results = try shop.results("posts/2026/12/\(post).md")
                #expect(results.object?.keys.sorted() == accounts)
                for account in accounts {
                    #expect(results[account]?["state"] == "published")
                    #expect(results[account]?["publishedAt"] == "2026-12-01T09:00:00Z")
                    #expect(results[account]?["gateway"] == true)
                    let shown = live.filter { $0.id == results[account]?["id"]?.string }
                    #expect(shown.count == 1)
                    // X redirects every such address to the one that names the user.
                    let isSame = results[account]?["url"]?.string == shown.first?.url
                    #expect(isSame || account.hasPrefix("x/"), "\(account)")
                }
            }
            #expect(report["published"]?.array?.count == 8)
            #expect(report["commit"]?.string == (try await shop.head()))
            #expect(try await shop.git("rev-list", "--count", "\(before)..HEAD") == "1\n")
            let message = try await shop.git("log", "-1", "--format=%B")
            #expect(message.hasPrefix("Publish 3 posts\n\nSocials-Run: runner-"))
            #expect(try await shop.git("log", "-1", "--format=%(trailers:key=Socials-Run)").hasPrefix("Socials-Run: "))
            #expect(try await shop.changes() == "")
            _ = try await shop.git("fsck", "--strict")
        }
    }

    @Test func `that has nothing to do asks nobody and changes nothing`() async throws {
        try await Workshop.with("acme") { shop in
            try await shop.sync()
            let (requests, head) = (try await shop.requests(), try await shop.head())
            let (refs, files) = (try await shop.git("for-each-ref"), try shop.snapshot())
            let second = try await shop.sync()
            #expect(second.output == "nothing is due\n")
            #expect(try await shop.requests() == requests)
            #expect(try await shop.head() == head)
            #expect(try await shop.git("for-each-ref") == refs)
            #expect(try shop.snapshot() == files)
        }
    }

    @Test func `records a long run without a remote in commits of 64`() async throws {
        var files = [
            "socials.yml": """
            version: 1
            timeZone: Europe/Berlin
            accounts: {x/acme: {}, x/labs: {}}
            publishing: {maxPerRun: 100, maxPerDay: 100}
            """
        ]
        for number in 0..<70 {
            files["posts/bell-\(number).md"] =
                "---\nschedule: 2026-12-01T08:00:00Z\naccounts: [x/acme, x/labs]\n---\nThe bell rang \(number) times.\n"
        }
        let filled = files
        try await Workshop.with(filling: { try Fixture.write(filled, below: $0) }) { shop in
            let before = try await shop.head()
            try await shop.sync()
            let commits = try await shop.git("rev-list", "--count", "\(before)..HEAD")
            // What was answered while one was written goes with the next.
            #expect(["2\n", "3\n"].contains(commits), "\(commits)")
            #expect(try await shop.live().count == 140)
            #expect(try await shop.changes() == "")
        }
    }

    @Test func `leaves staged, unstaged, untracked and ignored work byte for byte`() async throws {
        let texts = [
            "notes/a.txt": "one\n", "notes/b.txt": "two\n", "notes/gone.txt": "three\n", ".gitignore": "*.log\n",
        ]
        try await Workshop.with("acme", texts) { shop in
            try shop.write([
                "notes/a.txt": "one staged\n", "notes/new.txt": "new\n", "posts/2026/12/late.results.json": "{}",
            ])
            try await shop.git("add", "notes/a.txt", "notes/new.txt")
            try await shop.git("rm", "--quiet", "--cached", "notes/gone.txt")
            try shop.write([
                "notes/a.txt": "one staged and edited\n", "notes/b.txt": "two edited\n",
                "notes/free.txt": "untracked\n",
                "run.log": "ignored\n", "posts/2026/12/future.md": "---\ndraft: true\n---\nhalf a sen",
            ])
            let (staged, unstaged) = (try await shop.git("diff", "--cached"), try await shop.git("diff"))
            let (changes, index) = (try await shop.changes(), try await shop.git("ls-files", "--stage"))
            let files = try shop.snapshot().filter { !$0.key.hasPrefix(".git/") }

            try await shop.sync()

            #expect(try await shop.live().count == 10)
            #expect(try await shop.git("diff", "--cached") == staged)
            #expect(try await shop.git("diff") == unstaged)
            #expect(try await shop.changes() == changes)
            let added = try await shop.git("ls-files", "--stage").split(separator: "\n").filter {
                !index.contains($0)
            }
            #expect(added.count == 3 && added.allSatisfy { $0.hasSuffix(".results.json") })
            let after = try shop.snapshot().filter {
                !$0.key.hasPrefix(".git/") && !$0.key.hasSuffix("/launch.results.json")
            }
            for (path, bytes) in files { #expect(after[path] == bytes, "\(path)") }
            let committed = try await shop.git("show", "--name-only", "--format=")
            #expect(committed.split(separator: "\n").allSatisfy { $0.hasSuffix(".results.json") })
        }
    }

    @Test func `with --dry-run tells what it would do, sends nothing and writes nothing`() async throws {
        try await Workshop.with("acme") { shop in
            let (files, refs) = (try shop.snapshot(), try await shop.git("for-each-ref"))
            let report = try await shop.json("sync", "--dry-run")
            #expect(report["due"]?.array?.count == 8)
            #expect(report["published"] == [])
            let spoken = try await shop.sync("--dry-run")
            #expect(spoken.lines.filter { $0.hasPrefix("would publish posts/2026/12/") }.count == 8)
            #expect(try await shop.requests() == [])
            #expect(try shop.snapshot() == files)
            #expect(try await shop.git("for-each-ref") == refs)
        }
    }

    @Test func `publishes only the account, the network and the number it was asked for`() async throws {
        try await Workshop.with("acme") { shop in
            try await shop.sync("--account", "x/labs")
            #expect(try await shop.live().map(\.account) == ["labs"])
            #expect(try await Set(shop.requests().map { $0.prefix(2) }) == ["x "])
            try await shop.sync("--network", "instagram", "--limit", "1")
            #expect(try await shop.live().map(\.network) == ["x", "instagram"])
            let report = try await shop.json("sync", "--network", "x", "--network", "linkedin", "--limit", "2")
            #expect(report["published"]?.array?.count == 2)
            #expect(report["skipped"]?.array?.contains { $0["reason"] == "limit" } == true)
            try await shop.sync()
            let live = try await shop.live()
            #expect(live.count == 10)
            expectNoneTwice(live, "at the end")
        }
    }

    @Test func `works from a folder below the top`() async throws {
        try await Workshop.with("acme") { shop in
            let ending = try await shop.run("sync", "--repository", "posts/2026")
            #expect(ending.status == 0)
            #expect(try await shop.live().count == 10)
        }
    }
}
