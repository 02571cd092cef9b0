import Foundation
import Testing

/// A clone and its remote that have moved apart, before the run or in the middle of it.
@Suite struct `Commits` {
    @Test func `that were not pushed are pushed first, as they are`() async throws {
        try await Workshop.withRemote(notes) { shop in
            let clone = try await shop.clone()
            try clone.write(["posts/a.md": post("x/acme, linkedin/acme", "A bicycl.")])
            try await clone.commit()
            try clone.write(["posts/a.md": post("x/acme, linkedin/acme", "A bicycle.")])
            try await clone.commit()
            let own = try await clone.git("rev-list", "origin/main..HEAD")
            try await shop.expectWholeSync(in: clone)
            #expect(try await shop.atRemote("rev-list", "main~3..main~1") == own)
        }
    }

    @Test func `that were not pushed stay so while nothing is due`() async throws {
        try await Workshop.withRemote(notes) { shop in
            let clone = try await shop.clone()
            try clone.write(["posts/a.md": post("x/acme", "Later.", at: "2026-12-05T08:00:00Z")])
            try await clone.commit()
            let before = try await shop.remoteHead()
            try await clone.sync()
            #expect(try await shop.remoteHead() == before)
        }
    }

    @Test func `on both sides are for a person to bring together`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone()
            try clone.write(["notes/a.txt": "mine\n"])
            try await clone.commit()
            try await shop.pushForeign(["notes/b.txt": "theirs\n"])
            let (head, remote) = (try await clone.head(), try await shop.remoteHead())
            let ending = try await clone.sync(status: 75)
            #expect(ending.complaints.contains("git pull --rebase"))
            #expect(try await shop.live().isEmpty)
            #expect(try await clone.head() == head)
            #expect(try await shop.remoteHead() == remote)
            try await clone.git("pull", "--quiet", "--rebase")
            try await shop.expectWholeSync(in: clone)
        }
    }

    @Test func `of the program that were not pushed are made anew on what others pushed`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone()
            try await clone.sync("--no-push")
            try await shop.pushForeign(["notes/b.txt": "theirs\n"])
            // As an editor does that saves what it has read: other times, the same words.
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: clone.url("notes/b.txt").path)
            try await clone.sync()
            #expect(try await shop.remoteState("posts/a.md", "x/acme") == "published")
            #expect(try await shop.atRemote("show", "main:notes/b.txt") == "theirs\n")
            #expect(try await clone.head() == shop.remoteHead())
            #expect(try await clone.changes() == "")
            #expect(try await shop.live().count == 2)
        }
    }

    @Test func `pushed by others between fetch and push are kept, and so are the results`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone()
            try await clone.makeWork()
            let work = try await clone.work()
            // The first push brings the claims; somebody else pushes right before the second and the third.
            let watch = try Watch(shop)
            let other = try await shop.clone(name: "other")
            let push = { (text: String) in
                "cd \(other.root.path) && git pull -q --rebase && echo \(text) > notes/\(text) && git add -A"
                    + " && git commit -qm \(text) && git push -q"
            }
            try watch.before("push", "true", push("one"), push("two"))
            let ending = try await watch.of(clone).sync()
            #expect(ending.output.contains("published"), "\(ending)")
            #expect(try watch.take() == ["fetch", "push", "push", "fetch", "push", "fetch", "push"])
            #expect(try await shop.atRemote("show", "main:notes/one") == "one\n")
            #expect(try await shop.atRemote("show", "main:notes/two") == "two\n")
            #expect(try await shop.remoteState("posts/a.md", "x/acme") == "published")
            #expect(try await shop.remoteState("posts/a.md", "linkedin/acme") == "published")
            #expect(try await clone.head() == shop.remoteHead())
            #expect(try await clone.work() == work)
            #expect(try await shop.live().count == 2)
        }
    }

    @Test func `pushed by others between two batches of results are followed at once`() async throws {
        // One account is behind by six, so that some posts have a result in both.
        var files = notes
        for number in 10..<16 { files["posts/\(number).md"] = post("x/labs", "Bell \(number).") }
        for number in 20..<44 { files["posts/\(number).md"] = post("x/acme, x/labs", "Bicycle \(number).") }
        files["socials.yml"] = """
            version: 1
            timeZone: Europe/Berlin
            accounts: {x/acme: {}, x/labs: {}}
            publishing: {maxPerRun: 100, maxPerDay: 100}
            """
        try await Workshop.withRemote(files) { shop in
            let clone = try await shop.clone()
            try await clone.makeWork()
            let work = try await clone.work()
            let watch = try Watch(shop)
            let other = try await shop.clone(name: "other")
            let foreign =
                "cd \(other.root.path) && git pull -q --rebase && echo more > notes/more && git add -A"
                + " && git commit -qm more && git push -q"
            try watch.before("push", "true", "true", "true", foreign)
            let ending = try await watch.of(clone).sync(status: 0)
            // One fetch at the start, one between the push that lost its race, the fourth at the earliest, and the next.
            let pushes = try watch.take().split(separator: "fetch", omittingEmptySubsequences: false).map(\.count)
            #expect(pushes.count == 3 && pushes.first == 0, "\(pushes) \(ending)")
            #expect(pushes.dropFirst().first ?? 0 >= 4 && pushes.last ?? 0 >= 1, "\(pushes) \(ending)")
            #expect(try clone.text("notes/more") == "more\n", "\(ending)")
            #expect(try await clone.head() == shop.remoteHead())
            #expect(try await clone.work() == work)
            #expect(try await shop.live().count == 54)
        }
    }

    @Test func `that a changed file is in the way of wait for a person`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone()
            try await shop.pushForeign(["notes/a.txt": "theirs\n"])
            try clone.write(["notes/a.txt": "mine, not committed\n"])
            let head = try await clone.head()
            let ending = try await clone.sync(status: 75)
            #expect(ending.complaints.contains("notes/a.txt"))
            #expect(try clone.text("notes/a.txt") == "mine, not committed\n")
            #expect(try await clone.head() == head)
            #expect(try await shop.live().isEmpty)
        }
    }

    @Test func `that were taken back on the remote are not pushed again`() async throws {
        try await Workshop.withRemote(["posts/b.md": post("x/labs", "Kept.")].merging(notes) { $1 }) { shop in
            try await shop.pushForeign(["posts/a.md": post("x/acme", "Withdrawn.")])
            let clone = try await shop.clone()
            try await shop.atRemote("update-ref", "refs/heads/main", "main~1")
            let remote = try await shop.remoteHead()
            let ending = try await clone.sync(status: 75)
            #expect(ending.complaints.contains("moved back"))
            #expect(try await shop.live().isEmpty)
            #expect(try await shop.remoteHead() == remote)
            try await clone.git("reset", "--quiet", "--keep", remote)
            try await clone.sync()
            #expect(try await shop.live().map(\.description) == ["x/labs: Kept."])
        }
    }

    @Test func `with results that a force push took away are recorded again, and nothing goes out twice`() async throws
    {
        try await Workshop.withRemote(bicycle) { shop in
            let before = try await shop.remoteHead()
            try await shop.clone(name: "first").sync()
            try await shop.atRemote("update-ref", "refs/heads/main", before)
            try await shop.pushForeign(["notes/b.txt": "rewritten\n"])
            let fresh = try await shop.clone(name: "fresh")
            try await fresh.sync()
            #expect(try await shop.remoteState("posts/a.md", "x/acme") == "published")
            #expect(try await shop.live().count == 2)
        }
    }
}
