import Foundation
import JSON
import Testing

@Suite struct `What is not published` {
    @Test func `drafts, future, expired and unscheduled posts leave no trace`() async throws {
        try await Workshop.with("acme") { shop in
            try await shop.sync()
            for name in ["draft", "future", "expired", "unscheduled"] {
                #expect(!shop.exists("posts/2026/12/\(name).results.json"), "\(name)")
            }
        }
    }

    @Test func `too late becomes missed, and far too late stays silent`() async throws {
        let files = [
            "posts/exact.md": post("x/acme", "Exactly a day", at: "2026-11-30T09:00:00Z"),
            "posts/late.md": post("x/acme", "A day and a second", at: "2026-11-30T08:59:59Z"),
            "posts/week.md": post("x/acme", "Seven days", at: "2026-11-24T09:00:00Z"),
            "posts/old.md": post("x/acme", "Over seven days", at: "2026-11-24T08:59:59Z"),
        ]
        try await Workshop.with("bare", files) { shop in
            let ending = try await shop.sync(status: 1)
            #expect(ending.output.contains("missed posts/late.md → x/acme"))
            #expect(try await shop.live().map(\.text) == ["Exactly a day"])
            #expect(try shop.state("posts/late.md", "x/acme") == "missed")
            #expect(try shop.state("posts/week.md", "x/acme") == "missed")
            #expect(!shop.exists("posts/old.results.json"))
            #expect(try await shop.changes() == "")
            let requests = try await shop.requests()
            try await shop.sync()
            #expect(try await shop.requests() == requests)
        }
    }

    @Test func `a file that is not the committed one is held`() async throws {
        try await Workshop.with("bare", ["posts/edited.md": post("x/acme", "First words")]) { shop in
            try shop.write([
                "posts/edited.md": post("x/acme", "Half a sen"), "posts/new.md": post("x/acme", "Not committed"),
                "posts/staged.md": post("x/acme", "Only staged"),
            ])
            try await shop.git("add", "posts/staged.md")
            let report = try await shop.json("sync")
            let held = report["skipped"]?.array?.map { "\($0["post"]?.string ?? "") \($0["reason"]?.string ?? "")" }
            #expect(
                held == [
                    "posts/edited.md not-committed", "posts/new.md not-committed", "posts/staged.md not-committed",
                ])
            #expect(try await shop.requests() == [])
            try await shop.commit()
            try await shop.sync()
            #expect(Set(try await shop.live().map(\.text)) == ["Half a sen", "Not committed", "Only staged"])
        }
    }

    @Test(arguments: ["on disk", "on the branch"])
    func `a post whose results cannot be read is not published`(place: String) async throws {
        let files = [
            "posts/a.md": post("x/acme", "Nobody knows"), "posts/a.results.json": "{\"deliveries\": {",
            "posts/b.md": post("x/acme", "All is well"),
        ]
        try await Workshop.with("bare", files) { shop in
            if place == "on the branch" { try FileManager.default.removeItem(at: shop.url("posts/a.results.json")) }
            let ending = try await shop.sync(status: 65)
            #expect(ending.complaints.contains("posts/a.results.json:1:"))
            #expect(ending.complaints.contains("[bad-sidecar]"))
            #expect(try await shop.live().map(\.text) == ["All is well"])
        }
    }

    @Test func `the same words for the same account are held, unless they repeat`() async throws {
        let files = [
            "posts/a.md": post("x/acme", "Open on Sunday"), "posts/b.md": post("x/acme, x/labs", "Open on Sunday"),
        ]
        try await Workshop.with("bare", files) { shop in
            let report = try await shop.json("sync")
            #expect(report["skipped"] == [["post": "posts/b.md", "account": "x/acme", "reason": "duplicate"]])
            #expect(
                try await shop.live().map { "\($0)" }.sorted() == ["x/acme: Open on Sunday", "x/labs: Open on Sunday"])
            #expect(try await shop.json("sync")["skipped"]?.array?.count == 1)
            #expect(try await shop.live().count == 2)
        }
    }

    @Test func `a renamed post is held`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "Open on Sunday")]) { shop in
            try await shop.sync()
            try await shop.git("mv", "posts/a.md", "posts/b.md")
            try await shop.commit()
            let report = try await shop.json("sync")
            #expect(report["skipped"] == [["post": "posts/b.md", "account": "x/acme", "reason": "renamed-post"]])
            #expect(try await shop.live().count == 1)
        }
    }

    @Test func `ignored files, links and hidden folders are not posts`() async throws {
        let files = [
            ".gitignore": "private/\n", "posts/private/a.md": post("x/acme", "Ignored"),
            "posts/.hidden/b.md": post("x/acme", "Hidden"), "posts/_drafts/c.md": post("x/acme", "Underscore"),
            "elsewhere/d.md": post("x/acme", "Linked"), "posts/readme.md": "No front matter.\n",
        ]
        try await Workshop.with("bare", files) { shop in
            try FileManager.default.createSymbolicLink(
                at: shop.url("posts/d.md"), withDestinationURL: shop.url("elsewhere/d.md"))
            try await shop.commit()
            try await shop.sync()
            #expect(try await shop.requests() == [])
        }
    }
}
