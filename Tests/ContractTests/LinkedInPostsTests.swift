import JSON
import Platforms
import Posts
import Testing

/// The posts of Fixtures/networks/linkedin, each read as a file, composed, and published to the sandbox.
@Suite struct `A post file for LinkedIn` {
    @Test(arguments: try LinkedInPosts.folder.names(in: "valid"))
    func `that is valid goes live as its twin beside it tells`(_ name: String) async throws {
        var lines: [String] = []
        for post in try LinkedInPosts.read("valid/\(name)") {
            #expect(post.diagnostics.filter { $0.severity == .error } == [])
            let bench = try LinkedInPostsBench(post)
            try await bench.publishParent()
            var receipts: [Receipt] = []
            for step in post.composition.steps {
                receipts.append(try await bench.publish(step, try await bench.prepare(step, receipts), receipts))
            }
            lines += [post.account.id.description] + post.diagnostics.map { "  \($0.line)" }
            lines += try await bench.live.map { "  " + $0 }
        }
        try LinkedInPosts.folder.compare(lines, with: "valid/\(name).live")
    }

    @Test(arguments: try LinkedInPosts.folder.names(in: "valid"))
    func `is found again when the answer was lost, if it is a page's`(_ name: String) async throws {
        for post in try LinkedInPosts.read("valid/\(name)") {
            let bench = try LinkedInPostsBench(post)
            try await bench.publishParent()
            let step = try #require(post.composition.steps.first)
            let isPage = LinkedInPlatform.capabilities(of: post.account).recovery == .find
            let draft = try await bench.prepare(step, [])
            #expect(try await bench.find(step, draft) == (isPage ? .absent : .unclear))
            let receipt = try await bench.publish(step, draft, [])
            for kept in [draft, nil] {
                switch try await bench.find(step, kept) {
                case .published(let found): #expect(isPage && found.id == receipt.id)
                case .absent: Issue.record("not found")
                case .unclear: #expect(!isPage)
                }
            }
        }
    }

    @Test(arguments: try LinkedInPosts.folder.names(in: "valid"))
    func `goes on from a draft without a second upload`(_ name: String) async throws {
        for post in try LinkedInPosts.read("valid/\(name)") {
            let bench = try LinkedInPostsBench(post)
            let step = try #require(post.composition.steps.first)
            let draft = try await bench.prepare(step, [])
            #expect(!String(decoding: draft.compact(), as: UTF8.self).contains("https://"), "an upload URL is a secret")
            let sent = bench.sent
            let next = try LinkedInPostsBench(post, after: bench)
            #expect(try await next.prepare(step, [], resuming: try JSON(parsing: draft.compact())) == draft)
            #expect(bench.sent == sent && next.sent == 0)
        }
    }

    @Test(arguments: try LinkedInPosts.folder.names(in: "broken"))
    func `with a mistake is refused at the right place`(_ name: String) throws {
        let posts = try LinkedInPosts.read("broken/\(name)")
        let diagnostics = posts.flatMap(\.diagnostics)
        try LinkedInPosts.folder.compare(diagnostics, with: "broken/\(name).expected")
        #expect(diagnostics.contains { $0.severity == .error })
    }
}
