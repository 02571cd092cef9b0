import Foundation
import JSON
import Testing

/// Branches that do not take everything.
@Suite struct `A branch` {
    private static let protects = "if [ \"$1\" = refs/heads/main ]; then echo 'main is protected'; exit 1; fi"

    @Test func `that is protected leaves outcomes in the claims, until results are allowed`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let clone = try await shop.clone()
            try shop.hook("update", Self.protects)
            let watch = try Watch(shop)
            let ending = try await watch.of(clone).sync(status: 78)
            #expect(ending.complaints.contains("main is protected"), "\(ending)")
            #expect(ending.complaints.contains("commit: {branch: NAME}"))
            #expect(try await shop.live().count == 2)
            #expect(try await clone.changes() == "")
            #expect(try await clone.head() == shop.remoteHead())
            // Whoever asks meanwhile knows it from the claims.
            let elsewhere = try await shop.clone(name: "elsewhere")
            try await elsewhere.sync(status: 78)
            #expect(try await shop.live().count == 2)

            try shop.hook("update", nil)
            try await shop.expectWholeSync(in: clone)
            #expect(try await shop.live().count == 2)
        }
    }

    @Test func `that is protected does not take a person's commits either, and then nothing is sent`() async throws {
        try await Workshop.withRemote(notes) { shop in
            let clone = try await shop.clone()
            try clone.write(bicycle)
            try await clone.commit()
            try shop.hook("update", Self.protects)
            let ending = try await clone.sync(status: 78)
            #expect(ending.complaints.contains("nothing was sent"), "\(ending)")
            #expect(try await shop.live().isEmpty)
        }
    }

    @Test func `of their own keeps the results`() async throws {
        let configuration = try Fixture.text("bare/socials.yml") + "commit: {branch: results}\n"
        try await Workshop.withRemote(bicycle.merging(["socials.yml": configuration]) { $1 }) { shop in
            try shop.hook("update", Self.protects)
            let clone = try await shop.clone()
            try await clone.makeWork()
            let (head, work) = (try await clone.head(), try await clone.work())
            let watch = try Watch(shop)
            try await watch.of(clone).sync()
            #expect(try watch.take() == ["fetch", "push", "push"])
            #expect(try await shop.remoteState("posts/a.md", "x/acme", branch: "results") == "published")
            #expect(try await clone.head() == head)
            #expect(try await clone.work() == work)
            #expect(try await shop.remoteHead() == head)
            try await watch.of(clone).sync()
            #expect(try watch.take() == ["fetch"])
            // The claims forget after a week; the branch does not.
            try await shop.clone(name: "later").sync(now: "2026-12-20T09:00:00Z")
            #expect(try await shop.live().count == 2)
        }
    }

    @Test func `that is held back gets its results with the next run`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let (clone, watch) = (try await shop.clone(), try Watch(shop))
            let remote = try await shop.remoteHead()
            try await clone.sync("--no-push")
            #expect(try await shop.remoteHead() == remote)
            #expect(try clone.state("posts/a.md", "x/acme") == "published")
            #expect(try await clone.changes() == "")
            // Others know it from the claims.
            #expect(try await shop.atRemote("rev-parse", "--verify", "refs/socials/sandbox-claims") != "")
            try await watch.of(clone).sync()
            #expect(try watch.take() == ["fetch", "push"])
            #expect(try await shop.remoteHead() == clone.head())
            try await watch.of(clone).sync()
            #expect(try watch.take() == ["fetch"])
            #expect(try await shop.live().count == 2)
        }
    }

    @Test func `is not asked by plan and status, which know the claims as they were last seen`() async throws {
        try await Workshop.withRemote(bicycle) { shop in
            let (clone, watch) = (try await shop.clone(), try Watch(shop))
            try shop.hook("update", Self.protects)
            try await clone.sync(status: 78)
            for command in ["plan", "status"] {
                let ending = try await watch.of(clone).start([command, "--json"]).ending()
                #expect(ending.status == 0, "\(ending)")
                let json = try JSON(parsing: ending.output)
                if command == "plan" {
                    #expect(json["due"] == [])
                } else {
                    #expect(json.array?.map { $0["state"]?.string } == ["published", "published"])
                }
            }
            #expect(try watch.take().isEmpty)
        }
    }
}
