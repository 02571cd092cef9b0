import Foundation
import JSON
import Testing

@Suite struct `What a killed run leaves` {
    private let one = ["posts/a.md": post("x/acme", "One")]

    @Test(arguments: [
        "socials-pipeline/lock", "/journal", "/runner", "sandbox-claims.lock", "/sandbox-claims", "sidecar.tmp",
        "a.results.json", "index-pending", "main.lock", "heads/main", "index.socials-lock", "index.lock",
        "index.socials",
        "index.socials.lock", ".git/index",
    ])
    func `when a file has just appeared is no trouble for the next`(_ file: String) async throws {
        try await Workshop.with("bare", one) { shop in
            let library = try await Hammer.shared.value.library
            let killed = try await shop.run("sync", with: ["LD_PRELOAD": library, "KILL_FILE": file])
            #expect(killed.isSignal && killed.status == SIGKILL, "no such file was made: \(killed)")
            try await shop.sync()
            #expect(try await shop.changes() == "")
            #expect(try shop.state("posts/a.md", "x/acme") == "published")
            #expect(try await shop.live().count == 1)
        }
    }

    @Test func `in the lock of the claims does not stop the next run`() async throws {
        try await Workshop.with("bare", one) { shop in
            try shop.write([".git/refs/socials/sandbox-claims.lock": ""])
            try await shop.sync()
            #expect(try await shop.live().count == 1)
            #expect(!shop.exists(".git/refs/socials/sandbox-claims.lock"))
        }
    }

    @Test func `in the lock of the branch does not stop the next run`() async throws {
        try await Workshop.with("bare", one) { shop in
            try shop.write([
                ".git/refs/heads/main.lock": "", ".git/socials-pipeline/index-pending": "posts/a.results.json",
            ])
            try await shop.sync()
            #expect(try shop.state("posts/a.md", "x/acme") == "published")
            #expect(!shop.exists(".git/refs/heads/main.lock"))
            #expect(try await shop.changes() == "")
        }
    }

    @Test func `is not taken for what somebody else holds`() async throws {
        try await Workshop.with("bare", one) { shop in
            try shop.write([".git/refs/heads/main.lock": ""])
            let ending = try await shop.sync(status: 74)
            #expect(ending.complaints.contains("main.lock"))
            #expect(shop.exists(".git/refs/heads/main.lock"))
            #expect(try await shop.live().count == 1)

            try FileManager.default.removeItem(at: shop.url(".git/refs/heads/main.lock"))
            try await shop.sync()
            #expect(try shop.state("posts/a.md", "x/acme") == "published")
            #expect(try await shop.live().count == 1)
        }
    }

    @Test func `and somebody's index lock end with 0, the index is mended later`() async throws {
        try await Workshop.with("bare", one) { shop in
            try shop.write([".git/index.lock": ""])
            try await shop.sync()
            #expect(shop.exists(".git/index.lock"))
            #expect(try await shop.git("show", "--name-only", "--format=") == "posts/a.results.json\n")
            try FileManager.default.removeItem(at: shop.url(".git/index.lock"))
            try await shop.sync()
            #expect(try await shop.changes() == "")
        }
    }
}
