import Foundation
import JSON
import Posts
import Testing

@Suite struct `The command check` {
    /// The file's lines, the place and the words of each message were compared by eye once; this keeps them so.
    @Test(arguments: ["human": "check.txt", "json": "check.json", "github": "check.github.txt"])
    func `tells ten mistakes of one post by line and column`(_ format: String, _ expected: String) async throws {
        try await Workshop.with("mistakes") { shop in
            let ending = try await shop.run("check", "posts/ten.md", "--format", format)
            #expect(ending.output == (try Fixture.text("expected/\(expected)")))
            #expect(ending.status == 65)
            #expect(try await shop.requests() == [])
        }
    }

    @Test func `agrees with sync, which publishes the other posts`() async throws {
        try await Workshop.with("mistakes") { shop in
            let report = try await shop.json("sync", status: 65)
            let ten = try JSON(parsing: Fixture.text("expected/check.json"))
            #expect(report["problems"]?.array?.filter { $0["path"] == "posts/ten.md" } == ten.array)
            #expect(ten.array?.count == 10)
            #expect(
                Set(try await shop.live().map(\.description)) == [
                    "x/acme: All is well.", "linkedin/jane: All is well.",
                ])
            #expect(try await shop.changes() == "")
        }
    }

    @Test func `of good posts ends with 0 and says so`() async throws {
        try await Workshop.with("mistakes") { shop in
            let ending = try await shop.run("check", "posts/good.md", "socials.yml", "media/wall.jpg")
            #expect(ending.status == 0)
            #expect(ending.output == "")
            #expect(ending.complaints == "0 errors, 0 warnings\n")
            #expect(try await shop.json("check", "media/wall.jpg") == [])
        }
    }

    @Test func `annotates no more than ten of a kind and tells how many are left`() async throws {
        let files = Dictionary(
            uniqueKeysWithValues: (10...22).map { ("posts/\($0).md", post("x/nobody", "Post \($0)")) })
        try await Workshop.with("bare", files) { shop in
            let ending = try await shop.run("check", "--format", "github")
            #expect(ending.lines.count == 10)
            #expect(ending.lines.last == "::error::and 4 more; run socials-pipeline check to see them")
        }
    }

    @Test func `warns of the same words and of posts too close together`() async throws {
        let files = [
            "socials.yml": "version: 1\ntimeZone: UTC\naccounts:\n  x/acme: {minGap: 10m}\n",
            "posts/a.md": post("x/acme", "Open on Sunday"),
            "posts/b.md": post("x/acme", "Open on Sunday", at: "2026-12-01T08:05:00Z"),
        ]
        try await Workshop.with("bare", files) { shop in
            let codes = try await shop.json("check").array?.compactMap { $0["code"]?.string } ?? []
            #expect(codes.sorted() == ["duplicate-text", "too-close"])
        }
    }

    @Test func `tells by their bytes which media nobody can post, where they are named`() async throws {
        let files = [
            "media/page.jpg": "<!doctype html><title>404</title>",
            "media/pointer.jpg": "version https://git-lfs.github.com/spec/v1\noid sha256:\(sixtyFour)\nsize 1234\n",
            "media/cut.gif": "GIF89a\u{1}\u{0}\u{1}\u{0}\u{0}\u{0}\u{0}",
            "media/empty.png": "",
            "posts/a.md": """
            ---
            accounts: [x/acme]
            media:
              - {path: media/page.jpg, alt: A page}
              - {path: media/pointer.jpg, alt: A pointer}
              - {path: media/cut.gif, alt: A part}
              - {path: media/empty.png, alt: Nothing}
            ---
            One
            """,
        ]
        try await Workshop.with("bare", files) { shop in
            let told = try await shop.json("check", status: 65).array ?? []
            #expect(
                told.map { "\($0["line"]?.integer ?? 0):\($0["column"]?.integer ?? 0) \($0["code"]?.string ?? "")" }
                    == ["4:12 media-broken", "5:12 lfs-pointer", "6:12 media-broken", "7:12 media-broken"])
            for (diagnostic, name) in zip(told, ["page.jpg", "pointer.jpg", "cut.gif", "empty.png"]) {
                #expect(diagnostic["message"]?.string?.contains("media/\(name)") == true, "\(diagnostic)")
            }
            #expect(try await shop.requests() == [])
        }
    }

    private let sixtyFour = String(repeating: "0a", count: 32)

    @Test func `explains every code`() async throws {
        try await Workshop.with("bare") { shop in
            let all = try await shop.run("check", "--explain", "all")
            #expect(all.status == 0)
            for code in DiagnosticCode.allCases {
                #expect(all.lines.contains(code.rawValue), "\(code.rawValue)")
            }
            for code in [DiagnosticCode.unknownAccount, .sameSidecar] {
                let one = try await shop.run("check", "--explain", code.rawValue)
                #expect(one.status == 0)
                #expect(one.lines.first == code.rawValue && one.lines.count > 1)
                #expect(all.output.contains(one.output))
            }
        }
    }
}
