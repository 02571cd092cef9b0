import Foundation
import JSON
import Testing

/// The sandbox stands for the host of the media too.
@Suite struct `Media on a server` {
    private static let address = "https://media.example.com/media/wall.jpg"

    /// The fixture's broken posts become this one and notes.
    private static func files(_ address: String) -> [String: String] {
        ["posts/ten.md": post(address), "posts/words.md": "Notes\n"]
    }

    private static func post(_ address: String) -> String {
        """
        ---
        schedule: 2026-12-01T08:00:00Z
        accounts: [x/acme, linkedin/jane]
        media: [{path: "\(address)", alt: A wall}]
        ---
        A wall elsewhere

        """
    }

    @Test func `are downloaded by sync, and published with it`() async throws {
        try await Workshop.with("mistakes", Self.files(Self.address)) { shop in
            try await shop.sync()
            let live = try await shop.live().filter { $0.text == "A wall elsewhere" }
            #expect(live.map(\.network).sorted() == ["linkedin", "x"])
            #expect(live.first { $0.network == "x" }?.pictures == ["A wall"])
            // Asked for once, although two networks get it.
            #expect(try await shop.requests().count { $0.hasPrefix("media ") } == 1)
            #expect(try shop.state("posts/ten.md", "x/acme") == "published")
            #expect(try await shop.changes() == "")
        }
    }

    @Test func `are not asked for by check, plan and preview, nor by a dry run`() async throws {
        try await Workshop.with("mistakes", Self.files(Self.address)) { shop in
            let ending = try await shop.run("check", "posts/ten.md")
            #expect(ending.status == 0, "\(ending.output)")
            #expect(ending.output.contains("“\(Self.address)” is downloaded when the post is due"))
            #expect(try await shop.json("plan")["due"]?.array?.contains { $0["post"] == "posts/ten.md" } == true)
            let preview = try await shop.run("preview", "posts/ten.md").output
            #expect(preview.contains("▣ \(Self.address)  not downloaded yet  “A wall”"))
            try await shop.sync("--dry-run")
            #expect(try await shop.requests() == [])
        }
    }

    @Test func `are not asked for while their accounts get nothing`() async throws {
        try await Workshop.with("mistakes", Self.files(Self.address)) { shop in
            try await shop.run("pause")
            try await shop.sync()
            #expect(try await shop.requests() == [])
            try await shop.run("resume")
            try await shop.sync()
            #expect(try await shop.live().count { $0.text == "A wall elsewhere" } == 2)
        }
    }

    @Test func `that cannot be had hold back their post alone, and go out when they can`() async throws {
        let address = "https://media.example.com/media/late.jpg"
        try await Workshop.with("mistakes", Self.files(address)) { shop in
            let report = try await shop.json("sync", status: 65)
            #expect(report["problems"]?.array?.compactMap { $0["code"]?.string } == ["media-download"])
            #expect(!(try await shop.live().contains { $0.text == "A wall elsewhere" }))
            #expect(try await shop.live().count == 2)
            #expect(try shop.state("posts/ten.md", "x/acme") == nil)
            try FileManager.default.copyItem(at: shop.url("media/wall.jpg"), to: shop.url("media/late.jpg"))
            try await shop.sync()
            #expect(try await shop.live().count { $0.text == "A wall elsewhere" } == 2)
        }
    }
}
