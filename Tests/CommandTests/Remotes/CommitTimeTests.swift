import Foundation
import JSON
import Testing

/// `schedule: now` is the time of the commit that last changed the file, which a shallow clone may not have.
@Suite struct `A post whose time is that of its commit` {
    private static func files(_ text: String) -> [String: String] { ["posts/now.md": post("x/acme", text, at: "now")] }

    private static func withHistory(
        since date: String, commits: Int = 3, _ body: @Sendable (Workshop) async throws -> Void
    ) async throws {
        try await Workshop.withRemote(notes) { shop in
            let then = Clone(root: shop.root, variables: shop.variables).with(["GIT_COMMITTER_DATE": date])
            try then.write(files("As soon as it is here."))
            try await then.commit()
            for count in 0..<commits {
                try shop.write(["notes/a.txt": "\(count)\n"])
                try await shop.commit()
            }
            try await shop.git("push", "--quiet")
            try await body(shop)
        }
    }

    @Test func `is published from a clone of depth 1, for which history is fetched`() async throws {
        try await Self.withHistory(since: "2026-12-01T07:00:00Z") { shop in
            let (clone, watch) = (try await shop.clone("--depth", "1"), try Watch(shop))
            try await watch.of(clone).sync()
            #expect(try await shop.live().map(\.description) == ["x/acme: As soon as it is here."])
            #expect(try clone.results("posts/now.md")["x/acme"]?["schedule"] == "2026-12-01T07:00:00Z")
            _ = try watch.take()
            try await watch.of(clone).sync()
            #expect(try watch.take() == ["fetch"])
        }
    }

    @Test func `is missed if that was days ago`() async throws {
        try await Self.withHistory(since: "2026-11-27T07:00:00Z") { shop in
            let clone = try await shop.clone("--depth", "1")
            try await clone.sync(status: 1)
            #expect(try await shop.live().isEmpty)
            #expect(try clone.state("posts/now.md", "x/acme") == "missed")
        }
    }

    @Test func `is past if the remote does not tell`() async throws {
        try await Self.withHistory(since: "2026-12-01T07:00:00Z") { shop in
            let (clone, watch) = (try await shop.clone("--depth", "1"), try Watch(shop))
            // The second fetch is the one that asks for more.
            try watch.before("fetch", "true", "exit 1")
            let ending = try await watch.of(clone).sync()
            #expect(ending.output == "nothing is due\n")
            #expect(try await shop.live().isEmpty)
            #expect(!clone.exists("posts/now.results.json"))
        }
    }

    @Test func `is past without a question if all that is there is too old`() async throws {
        try await Workshop.withRemote(notes) { shop in
            let then = Clone(root: shop.root, variables: shop.variables).with([
                "GIT_COMMITTER_DATE": "2026-11-01T07:00:00Z"
            ])
            for text in ["First.", "Second."] {
                try then.write(Self.files(text))
                try await then.commit()
            }
            try await shop.git("push", "--quiet")
            let (clone, watch) = (try await shop.clone("--depth", "1"), try Watch(shop))
            try await watch.of(clone).sync()
            #expect(try watch.take() == ["fetch"])
            #expect(try await shop.live().isEmpty)
        }
    }
}
