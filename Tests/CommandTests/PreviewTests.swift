import Foundation
import JSON
import Testing

@Suite struct `The command preview` {
    @Test func `shows a post as each network gets it, without a secret or a request`() async throws {
        let files = [
            "posts/a.md": """
            ---
            accounts: [x/acme, linkedin/jane]
            media: [{path: media/bicycle.jpg, alt: A red bicycle}]
            ---
            One

            ---

            Two
            """
        ]
        try await Workshop.with("bare", files) { shop in
            let json = try await shop.json("preview", "posts/a.md")
            #expect(json.array?.map { $0["account"]?.string } == ["linkedin/jane", "x/acme"])
            let parts = json.array?.map { ($0["parts"]?.array ?? []).map { $0["text"]?.string } }
            #expect(parts == [["One\n\nTwo"], ["One", "Two"]])
            let first = json.array?.last?["parts"]?.array?.first
            #expect(first?["length"] == 3)
            #expect(first?["limit"] == 280)
            #expect(first?["media"] == ["media/bicycle.jpg"])
            #expect(json.array?.allSatisfy { $0["problems"] == [] } == true)
            let page = try await shop.run("preview", "posts/a.md", "--format", "html")
            #expect(page.output.hasPrefix("<!doctype html>"))
            #expect(page.output.contains("<img src=\"data:image/jpeg;base64,"))
            #expect(try await shop.requests() == [])
            #expect(try await shop.changes() == "")
        }
    }

    @Test func `of what does not fit says so and ends with 65`() async throws {
        let files = ["posts/a.md": post("x/acme", String(repeating: "word ", count: 100))]
        try await Workshop.with("bare", files) { shop in
            let json = try await shop.json("preview", "posts/a.md", status: 65)
            #expect(json.array?.first?["problems"]?.array?.map { $0["code"] } == ["text-too-long"])
            #expect(try await shop.run("preview", "posts/a.md").output.contains("499 of 280 characters"))
        }
    }

    @Test func `tells what a post costs, as plan does`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme, linkedin/jane", "Hello")]) { shop in
            let preview = try await shop.run("preview", "posts/a.md").output
            #expect(preview.contains("x/acme  2026-12-01T08:00:00Z, costs $0.015\n"))
            #expect(preview.contains("linkedin/jane  2026-12-01T08:00:00Z\n"))
            let plan = try await shop.run("plan").output
            #expect(plan.contains("posts/a.md → x/acme  $0.015\n"))
            #expect(plan.contains("costs $0.015 for 1 delivery\n"))
        }
    }

    @Test func `of what is no post, or of nothing, ends with 64`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "Hello")]) { shop in
            let nothing = try await shop.run("preview")
            let stranger = try await shop.run("preview", "socials.yml")
            let nowhere = try await shop.run("preview", "--changed-since", "nowhere")
            #expect([nothing, stranger, nowhere].map(\.status) == [64, 64, 64])
            #expect(stranger.complaints.contains("socials.yml is no post"))
        }
    }

    @Test func `shows what a branch changed, and nothing that came to the other meanwhile`() async throws {
        let files = ["posts/a.md": post("x/acme", "A"), "posts/b.md": post("x/acme", "B")]
        try await Workshop.with("bare", files) { shop in
            try await shop.git("checkout", "--quiet", "-b", "topic")
            try shop.write(["posts/b.md": post("x/acme", "B, better"), "posts/new.md": post("x/acme", "New")])
            try await shop.commit()
            try await shop.git("checkout", "--quiet", "main")
            try shop.write(["posts/a.md": post("x/acme", "A, better")])
            try await shop.commit()
            try await shop.git("checkout", "--quiet", "topic")
            let changed = try await shop.json("preview", "--changed-since", "main")
            #expect(changed.array?.map { $0["post"]?.string } == ["posts/b.md", "posts/new.md"])
            #expect(try await shop.json("preview", "--changed-since", "HEAD") == [])
        }
    }
}
