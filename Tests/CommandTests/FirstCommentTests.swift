import JSON
import Testing

@Suite struct `A first comment on LinkedIn` {
    private let files = [
        "posts/a.md": post("linkedin/acme", "One", "linkedin: {firstComment: Read more below}\n")
    ]
    /// With the right to write and read comments.
    private let mayComment = ["SOCIALS_ACCOUNT_LINKEDIN_ACME_ACCESS_TOKEN": "sandbox-linkedin-acme+org+feed"]

    @Test func `that the app may not write is a warning, and the post is published`() async throws {
        try await Workshop.with("bare", files) { shop in
            try await shop.sync()
            let delivery = try shop.results("posts/a.md")["linkedin/acme"]
            #expect(delivery?["state"] == "published")
            #expect(delivery?["firstComment"]?["state"] == "failed")
            #expect(delivery?["firstComment"]?["error"]?["code"] == "linkedin.comment-forbidden")
            #expect(try await shop.live().map(\.text) == ["One"])
            try await shop.sync(now: "2026-12-01T10:00:00Z")
            #expect(try await shop.requests().count { $0 == "linkedin comment" } == 1)
        }
    }

    @Test(arguments: ["drop-after", "truncate"])
    func `whose answer is lost is found below a page's post`(_ fault: String) async throws {
        try await Workshop.with("bare", files) { shop in
            try await shop.fault(["network": "linkedin", "operation": "comment", "fault": .string(fault)])
            try await shop.sync(with: mayComment)
            let comment = try shop.results("posts/a.md")["linkedin/acme"]?["firstComment"]
            #expect(comment?["state"] == "published", "\(comment ?? .null)")
            let live = try await shop.live()
            #expect(live.map(\.text) == ["One", "Read more below"])
            let id = comment?["id"]?.string ?? "-"
            #expect(live.last?.id.hasSuffix(",\(id))") == true)
            try await shop.sync(now: "2026-12-01T10:00:00Z", with: mayComment)
            #expect(try await shop.requests().count { $0 == "linkedin comment" } == 1)
        }
    }

    @Test func `that never arrived is unknown and not written again`() async throws {
        try await Workshop.with("bare", files) { shop in
            try await shop.fault(["network": "linkedin", "operation": "comment", "fault": "drop-before"])
            try await shop.sync(with: mayComment)
            let delivery = try shop.results("posts/a.md")["linkedin/acme"]
            #expect(delivery?["state"] == "published")
            #expect(delivery?["firstComment"]?["state"] == "unknown")
            try await shop.sync(now: "2026-12-01T10:00:00Z", with: mayComment)
            #expect(try await shop.live().map(\.text) == ["One"])
        }
    }
}
