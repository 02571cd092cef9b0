import Foundation
import Glibc
import Testing

/// Settings and states of the clone itself.
@Suite struct `A sync in a repository` {
    @Test func `with a merge in progress waits`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            try await shop.git("checkout", "--quiet", "-b", "other")
            try shop.write(["notes/a.txt": "theirs\n"])
            try await shop.commit()
            try await shop.git("checkout", "--quiet", "main")
            try shop.write(["notes/a.txt": "ours\n"])
            try await shop.commit()
            await #expect(throws: Trouble.self) { try await shop.git("merge", "--quiet", "other") }
            let ending = try await shop.sync(status: 75)
            #expect(ending.complaints.contains("merge"))
            #expect(try await shop.live().isEmpty)
        }
    }

    @Test func `with a rebase in progress waits`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            try await shop.git("checkout", "--quiet", "-b", "other")
            try shop.write(["notes/a.txt": "theirs\n"])
            try await shop.commit()
            try await shop.git("checkout", "--quiet", "main")
            try shop.write(["notes/a.txt": "ours\n"])
            try await shop.commit()
            await #expect(throws: Trouble.self) { try await shop.git("rebase", "--quiet", "other") }
            let ending = try await shop.sync(status: 75)
            #expect(ending.complaints.contains("rebase"))
            #expect(try await shop.live().isEmpty)
        }
    }

    @Test func `whose index is locked records results, and mends the index later`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone()
            try await clone.makeWork()
            let work = try await clone.work()
            let lock = clone.url(".git/index.lock")
            try Data().write(to: lock)
            let ending = try await clone.sync()
            #expect(ending.complaints.contains("index.lock"), "\(ending)")
            #expect(FileManager.default.fileExists(atPath: lock.path))
            #expect(try await shop.remoteState("posts/a.md", "x/acme") == "published")
            #expect(try await clone.head() == shop.remoteHead())
            try FileManager.default.removeItem(at: lock)
            try await clone.sync()
            #expect(try await clone.work() == work)
            #expect(try await shop.live().count == 2)
        }
    }

    @Test(arguments: [
        ["update-index", "--split-index"], ["sparse-checkout", "set", "--cone", "--sparse-index", "posts", "notes"],
    ])
    func `with an index that only git reads`(_ command: [String]) async throws {
        try await Workshop.withRemote(bicycle.merging(["other/a.txt": "a\n"]) { $1 }) { shop in
            let clone = try await shop.clone()
            try await clone.git(command)
            try await shop.expectWholeSync(in: clone)
        }
    }

    @Test(arguments: [
        ("extensions.objectFormat", "sha256"), ("extensions.refStorage", "reftable"),
    ])
    func `of a format that cannot be read names the setting`(_ setting: String, _ value: String) async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = Clone(root: shop.beside("new"), variables: shop.variables)
            if value == "sha256" {
                try await shop.git("init", "--quiet", "--object-format=sha256", clone.root.path)
            } else {
                // git 2.39 cannot make one; what a newer one writes into the configuration is enough.
                try await shop.git("init", "--quiet", clone.root.path)
                try await clone.git("config", "core.repositoryFormatVersion", "1")
                try await clone.git("config", setting, value)
            }
            try clone.write(["socials.yml": try shop.text("socials.yml")])
            let ending = try await clone.sync(status: 78)
            #expect(ending.complaints.contains(setting), "\(ending)")
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func `of another user wants it in safe.directory`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone()
            let every =
                [clone.root.path]
                + (FileManager.default.subpaths(atPath: clone.root.path) ?? []).map {
                    clone.url($0).path
                }
            for path in every { #expect(lchown(path, 12345, 12345) == 0) }
            let refused = try await clone.sync(status: 78)
            #expect(refused.complaints.contains("safe.directory \(clone.root.path)"), "\(refused)")
            #expect(try await shop.live().isEmpty)
            try await shop.git("config", "--global", "--add", "safe.directory", "*")
            try await shop.expectWholeSync(in: clone)
        }
    }
}
