import Foundation
import JSON
import Platforms
import Posts
import Sandbox
import Testing

/// The posts of Fixtures/networks/x, each read as a file, composed, and published to the sandbox.
@Suite struct `A post file for X` {
    @Test(arguments: try XPosts.folder.names(in: "valid"))
    func `that is valid goes live as its twin beside it tells`(_ name: String) async throws {
        let post = try XPosts.read("valid/\(name)")
        #expect(post.diagnostics.filter { $0.severity == .error } == [])
        let bench = try await XPostsBench(post)
        var receipts: [Receipt] = []
        for step in post.composition.steps { receipts.append(try await bench.publish(step, after: receipts)) }
        let lines = try await bench.live + ["costs \(try #require(post.composition.price))"]
        try XPosts.folder.compare(lines, with: "valid/\(name).live")
    }

    @Test(arguments: try XPosts.folder.names(in: "valid"))
    func `is found again in each of its steps when the answer was lost`(_ name: String) async throws {
        let post = try XPosts.read("valid/\(name)")
        let bench = try await XPostsBench(post)
        var receipts: [Receipt] = []
        for step in post.composition.steps {
            try await bench.prepare(step, after: receipts)
            for draft in [bench.draft(of: step), nil] {
                let before = try await bench.find(step, draft, after: receipts)
                #expect(before == .absent, "before it was sent")
            }
            let receipt = try await bench.publish(step, after: receipts)
            for draft in [bench.draft(of: step), nil] {
                let finding = try await bench.find(step, draft, after: receipts)
                guard case .published(let found) = finding else {
                    // A picture without words says nothing to who has no draft.
                    #expect(finding == .unclear && draft == nil && step.text.isEmpty, "\(finding)")
                    continue
                }
                #expect(found.id == receipt.id)
            }
            receipts.append(receipt)
        }
    }

    @Test(arguments: try XPosts.folder.names(in: "broken"))
    func `with a mistake is refused at the right place`(_ name: String) throws {
        let post = try XPosts.read("broken/\(name)")
        try XPosts.folder.compare(post.diagnostics, with: "broken/\(name).expected")
        let mayGoOut = name.hasPrefix("warned-")
        #expect(post.diagnostics.contains { $0.severity == .error } != mayGoOut)
        #expect(!post.diagnostics.isEmpty)
    }

    @Test func `has a broken twin for each kind, and each broken one a file of what is told`() throws {
        #expect(try XPosts.folder.names(in: "valid").count >= 20)
        #expect(try XPosts.folder.names(in: "broken").count >= 30)
    }
}
