import Foundation
import JSON
import Testing

@Suite struct `A run that is asked to end` {
    @Test(arguments: [(SIGTERM, 143), (SIGINT, 130)] as [(Int32, Int32)])
    func `finishes and records the request in flight, and begins no other`(_ signal: Int32, _ status: Int32)
        async throws
    {
        let files = [
            "posts/a.md": post("x/acme", "One"), "posts/b.md": post("x/acme", "Two", at: "2026-12-01T08:10:00Z"),
        ]
        try await Workshop.with("bare", files) { shop in
            try await shop.fault(["network": "x", "operation": "publish", "fault": "delay", "seconds": 2])
            let run = try shop.start(["sync"])
            try await shop.waitForSending()
            run.signal(signal)
            let ending = await run.ending()
            #expect(!ending.isSignal && ending.status == status, "\(ending)")
            #expect(try shop.state("posts/a.md", "x/acme") == "published")
            #expect(!shop.exists("posts/b.results.json"))
            #expect(try await shop.changes() == "")
            #expect(try await shop.live().map(\.text) == ["One"])
            try await shop.sync()
            #expect(try await shop.live().map(\.text) == ["One", "Two"])
        }
    }

    @Test func `twice ends at once, and the next run finds out`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One")]) { shop in
            try await shop.fault(["network": "x", "operation": "publish", "fault": "delay", "seconds": 5])
            let run = try shop.start(["sync"])
            try await shop.waitForSending()
            run.signal(SIGINT)
            try await Task.sleep(for: .milliseconds(300))
            run.signal(SIGINT)
            #expect(await run.ending().status == 130)
            for now in ["2026-12-01T09:00:00Z", "2026-12-01T09:16:00Z", "2026-12-01T09:32:00Z"] {
                try await shop.sync(now: now)
                #expect(try await shop.live().count <= 1)
            }
            #expect(try await shop.live().count == 1)
            #expect(try shop.state("posts/a.md", "x/acme") == "published")
        }
    }

    @Test func `keeps a thread that is half out, and goes on with it`() async throws {
        try await Workshop.with("bare", ["posts/a.md": post("x/acme", "One\n\n---\n\nTwo")]) { shop in
            try await shop.fault(["network": "x", "operation": "publish", "fault": "delay", "seconds": 2])
            let run = try shop.start(["sync"])
            try await shop.waitForSending()
            run.signal(SIGTERM)
            #expect(await run.ending().status == 143)
            #expect(try shop.state("posts/a.md", "x/acme") == "retrying")
            try await shop.sync()
            #expect(try await shop.live().map(\.text) == ["One", "Two"])
            #expect(try shop.state("posts/a.md", "x/acme") == "published")
        }
    }
}
