import JSON
import Testing

@Suite struct `The command publish` {
    @Test func `releases future, unscheduled and missed posts, each once`() async throws {
        let files = [
            "posts/future.md": post("x/acme", "Future", at: "2026-12-24"),
            "posts/someday.md": "---\naccounts: [x/acme]\n---\nSome day\n",
            "posts/missed.md": post("x/acme, x/labs", "Missed", at: "2026-11-29T08:00:00Z"),
        ]
        try await Workshop.with("bare", files) { shop in
            try await shop.sync(status: 1)
            #expect(try await shop.live() == [])
            let ending = try await shop.run("publish", "posts/future.md", "posts/someday.md")
            #expect(ending.status == 0, "\(ending)")
            #expect(try await shop.run("publish", "posts/missed.md", "--account", "x/labs").status == 0)
            #expect(
                try await shop.live().map(\.description).sorted()
                    == ["x/acme: Future", "x/acme: Some day", "x/labs: Missed"])
            #expect(try shop.results("posts/missed.md")["x/labs"]?["generation"]?.integer == 2)
            #expect(try shop.state("posts/missed.md", "x/acme") == "missed")
            #expect(try await shop.changes() == "")
            try await shop.sync(now: "2026-12-24T09:00:00Z")
            #expect(try await shop.live().count == 3)
        }
    }

    @Test(arguments: ["2026-12-24", "never"])
    func `that got no answer is finished by a sync, whatever the post's time`(schedule: String) async throws {
        let text =
            schedule == "never" ? "---\naccounts: [x/acme]\n---\nOne\n" : post("x/acme", "One", at: schedule)
        try await Workshop.with("bare", ["posts/a.md": text]) { shop in
            for fault in ["late-visibility", "drop-after"] {
                try await shop.fault(["network": "x", "operation": "publish", "fault": .string(fault), "seconds": 600])
            }
            #expect(try await shop.run("publish", "posts/a.md").status == 0)
            #expect(try shop.state("posts/a.md", "x/acme") == "retrying")
            try await shop.sync(now: "2026-12-01T09:16:00Z")
            #expect(try shop.state("posts/a.md", "x/acme") == "published")
            #expect(try await shop.live().count == 1)
        }
    }

    @Test func `that got no answer is finished by a sync, although the post is a draft again`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One", at: "2026-12-24")]) { shop in
            for fault in ["late-visibility", "drop-after"] {
                try await shop.fault(["network": "x", "operation": "publish", "fault": .string(fault), "seconds": 600])
            }
            #expect(try await shop.run("publish", "posts/a.md").status == 0)
            try shop.write(["posts/a.md": "---\ndraft: true\naccounts: [x/acme]\n---\nOne, in better words\n"])
            try await shop.commit()
            try await shop.sync(now: "2026-12-01T09:16:00Z")
            #expect(try shop.state("posts/a.md", "x/acme") == "published")
            #expect(try await shop.live().map(\.text) == ["One"])
        }
    }

    @Test func `of what is live prints its address and sends nothing`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One")]) { shop in
            try await shop.sync()
            let (requests, head) = (try await shop.requests(), try await shop.head())
            let ending = try await shop.run("publish", "posts/a.md")
            #expect(ending.status == 0)
            let address = try shop.results("posts/a.md")["x/acme"]?["url"]?.string
            #expect(ending.output == "already published posts/a.md → x/acme \(address ?? "?")\n")
            #expect(try await shop.requests() == requests)
            #expect(try await shop.head() == head)
        }
    }

    @Test func `refuses drafts, expired and invalid posts with 65`() async throws {
        let files = [
            "posts/draft.md": "---\ndraft: true\naccounts: [x/acme]\n---\nDraft\n",
            "posts/expired.md": post("x/acme", "Expired", "expires: 2026-12-01T08:30:00Z\n"),
            "posts/invalid.md": post("x/nobody", "Invalid"),
            "posts/long.md": post("x/acme", String(repeating: "word ", count: 80)),
        ]
        try await Workshop.with("bare", files) { shop in
            for path in files.keys.sorted() {
                let ending = try await shop.run("publish", path)
                #expect(ending.status == 65, "\(path): \(ending)")
                #expect(ending.complaints.contains(path), "\(path): \(ending)")
            }
            #expect(try await shop.requests() == [])
        }
    }

    @Test func `of a good post does not mind the mistakes of another`() async throws {
        let files = ["posts/a.md": post("x/acme", "One"), "posts/bad.md": post("x/nobody", "Bad")]
        try await Workshop.with("bare", files) { shop in
            let ending = try await shop.run("publish", "posts/a.md")
            #expect(ending.status == 0, "\(ending)")
            #expect(try await shop.live().count == 1)
        }
    }

    @Test func `refuses what nobody is sure about with 1`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("linkedin/jane", "One")]) { shop in
            try await shop.fault(["network": "linkedin", "operation": "publish", "fault": "drop-after"])
            try await shop.sync(status: 1)
            let ending = try await shop.run("publish", "posts/a.md")
            #expect(ending.status == 1)
            #expect(ending.complaints.contains("unknown"))
            #expect(try await shop.live().count == 1)
        }
    }

    @Test func `ends with 1 and the reason for what is held`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One")]) { shop in
            try shop.write(["posts/a.md": post("x/acme", "One, edit")])
            let ending = try await shop.run("publish", "posts/a.md")
            #expect(ending.status == 1)
            #expect(ending.complaints.contains("not-committed"))
            #expect(try await shop.requests() == [])
        }
    }

    @Test func `of a post that does not exist, or of none of its accounts, is a wrong use`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One"), "notes.md": "No post.\n"]) { shop in
            for arguments in [["notes.md"], ["posts/a.md", "--account", "x/labs"]] {
                let ending = try await shop.start(["publish"] + arguments).ending()
                #expect(ending.status == 64, "\(arguments): \(ending)")
            }
            #expect(try await shop.requests() == [])
        }
    }
}
