import Foundation
import JSON
import Testing

@Suite struct `A person's order from another clone` {
    private let due = ["posts/a.md": post("x/acme", "One")]

    @Test func `is obeyed by the next sync of the first`() async throws {
        try await Workshop.with("bare", due) { shop in
            try await shop.addRemote()
            let other = try await shop.otherClone()
            let ending = try await other.run("cancel", "posts/a.md", status: 0)
            #expect(ending.output.contains("and pushed"))
            try await shop.sync()
            #expect(try await shop.live() == [])
            #expect(try shop.state("posts/a.md", "x/acme") == "cancelled")
            #expect(try await shop.changes() == "")
            #expect(try await other.git("status", "--porcelain") == "")
            try await other.run("retry", "posts/a.md", status: 0)
            try await shop.sync()
            #expect(try await shop.live().count == 1)
            try await other.run("sync", status: 0)
            #expect(try await shop.live().count == 1)
        }
    }

    @Test func `waits while the post is being published`() async throws {
        try await Workshop.with("bare", due) { shop in
            try await shop.addRemote()
            let other = try await shop.otherClone()
            try await shop.fault(["network": "x", "operation": "publish", "fault": "delay", "seconds": 2])
            let run = try shop.start(["sync"])
            try await shop.waitForSending()
            run.signal(SIGKILL)
            _ = await run.ending()
            let claim = try await shop.claim("posts/a.md", "x/acme")
            #expect(claim?["phase"] == "claimed")
            for command in [
                ["cancel"], ["retry"], ["resolve", "--not-published"], ["resolve", "--published", "12"], ["publish"],
            ] {
                let arguments = command + ["posts/a.md", "--account", "x/acme"]
                let ending = try await Running.run(
                    Program.path(), arguments, in: other.root, environment: shop.variables)
                #expect(ending.status == 75, "\(arguments): \(ending)")
                #expect(ending.complaints.contains("being"), "\(ending)")
            }
            #expect(try await shop.claim("posts/a.md", "x/acme") == claim)
            // Its lease is over; whether the request arrived is still not known.
            let cancel = try await other.run("cancel", "posts/a.md", now: "2026-12-01T09:16:00Z", status: 1)
            #expect(cancel.output.contains("unknown posts/a.md → x/acme"))
            try await shop.sync(now: "2026-12-01T09:40:00Z")
            #expect(try shop.state("posts/a.md", "x/acme") == "unknown")
            #expect(try await shop.live().count <= 1)
        }
    }

    @Test func `that loses its race is decided again on what the winner left`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One", at: "2026-11-29")]) { shop in
            try await shop.addRemote()
            try await shop.sync(status: 1)
            let other = try await shop.otherClone()
            try shop.outrunNextPush(with: "cancel", "posts/a.md")
            try await other.run("retry", "posts/a.md", status: 0)
            #expect(shop.outrunWords()?.contains("cancelled posts/a.md → x/acme") == true)
            #expect(try other.results("posts/a.md")["x/acme"]?["state"] == "retrying")
            #expect(try other.results("posts/a.md")["x/acme"]?["generation"]?.integer == 3)
            #expect(try await shop.claim("posts/a.md", "x/acme")?["generation"]?.integer == 3)
        }
    }

    @Test func `that loses its race to the post itself is refused`() async throws {
        try await Workshop.with("bare", due) { shop in
            try await shop.addRemote()
            let other = try await shop.otherClone()
            try shop.outrunNextPush(with: "sync")
            let ending = try await other.run("cancel", "posts/a.md", status: 1)
            #expect(shop.outrunWords()?.contains("published posts/a.md → x/acme") == true)
            #expect(ending.complaints.contains("it is live"))
            #expect(try shop.state("posts/a.md", "x/acme") == "published")
            #expect(try await shop.live().count == 1)
        }
    }

    @Test func `to pause holds every runner`() async throws {
        try await Workshop.with("bare", due) { shop in
            try await shop.addRemote()
            let other = try await shop.otherClone()
            try await other.run("pause", status: 0)
            #expect(try await shop.json("sync")["skipped"]?.array?.first?["reason"] == "paused")
            #expect(try await shop.requests() == [])
            try await other.run("resume", status: 0)
            try await shop.sync()
            #expect(try await shop.live().count == 1)
        }
    }

    @Test func `releases a post although the branch takes nothing`() async throws {
        try await Workshop.with("bare", due) { shop in
            try await shop.addRemote()
            try await shop.run("cancel", "posts/a.md")
            let other = try await shop.otherClone()
            try shop.refuseBranch()
            try await other.run("retry", "posts/a.md", status: 78)
            #expect(try shop.state("posts/a.md", "x/acme") == "cancelled")
            try await shop.sync(status: 78)
            #expect(try await shop.live().count == 1)
            try await other.run("sync", status: 78)
            #expect(try await shop.live().count == 1)
            try shop.allowBranch()
            try await shop.sync()
            #expect(try shop.state("posts/a.md", "x/acme") == "published")
        }
    }

    @Test func `stands although the branch takes nothing`() async throws {
        try await Workshop.with("bare", due) { shop in
            try await shop.addRemote()
            let other = try await shop.otherClone()
            try shop.refuseBranch()
            let ending = try await other.run("cancel", "posts/a.md", status: 78)
            #expect(ending.complaints.contains("results are safe in the claims"))
            try await shop.sync(status: 78)
            #expect(try await shop.requests() == [])
            try shop.allowBranch()
            try await shop.sync()
            #expect(try shop.state("posts/a.md", "x/acme") == "cancelled")
        }
    }
}

extension Workshop {
    private var guardOfBranch: URL {
        root.deletingLastPathComponent().appending(path: "remote.git/hooks/update")
    }

    /// The remote's branch is protected.
    fileprivate func refuseBranch() throws {
        try Data("#!/bin/sh\n[ \"$1\" != refs/heads/main ]\n".utf8).write(to: guardOfBranch)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: guardOfBranch.path)
    }

    fileprivate func allowBranch() throws { try FileManager.default.removeItem(at: guardOfBranch) }
}
