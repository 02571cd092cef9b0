import Posts
import Testing

@Suite struct `A post with mistakes` {
    @Test(arguments: try ReadingFixtures.names(in: "posts/invalid", ending: ".md"))
    func `is told all of them, with line and column`(name: String) throws {
        let bytes = try ReadingFixtures.bytes("posts/invalid/\(name)")
        guard case .post(let post) = try ReadingFixtures.reader().read(bytes, path: "posts/\(name)") else {
            Issue.record("\(name) is not taken for a post")
            return
        }
        let lines = post.diagnostics.map { $0.line + "\n" }.joined()
        try ReadingFixtures.compare(lines, with: "posts/invalid/\(name.dropLast(3)).expected")
        #expect(!post.diagnostics.isEmpty)
        #expect(post.isInvalid == post.diagnostics.contains { $0.severity == .error })
    }

    @Test func `has as many diagnostics as mistakes`() throws {
        let bytes = try ReadingFixtures.bytes("posts/invalid/ten-mistakes.md")
        guard case .post(let post) = try ReadingFixtures.reader().read(bytes, path: "a.md") else { throw NotAPost() }
        #expect(post.diagnostics.count > 10)
        #expect(Set(post.diagnostics.map(\.place)).count == post.diagnostics.count)
    }
}
