import Git
import Testing

@Suite struct `A commit that a person names` {
    @Test func `is a branch, a tag, an id or one of these and some steps back`() throws {
        let folder = try TestRepository.withPosts()
        let first = try folder.git("rev-parse", "HEAD")
        try folder.git("tag", "-a", "v1", "-m", "One")
        try folder.git("commit", "-q", "--allow-empty", "-m", "Second")
        let repository = try Repository.open(at: folder.path)
        for name in ["v1", first, String(first.prefix(10)), "HEAD~1", "main^"] {
            #expect(try repository.commit(named: name)?.hex == first, "\(name)")
        }
        for name in ["nowhere", "", "main:posts", "HEAD~9", "..", "@{"] {
            #expect(try repository.commit(named: name) == nil, "\(name)")
        }
    }

    @Test func `parted from another where both histories were last the same`() throws {
        let folder = try TestRepository.withPosts()
        let first = try folder.git("rev-parse", "HEAD")
        try folder.git("checkout", "-q", "-b", "topic")
        try folder.git("commit", "-q", "--allow-empty", "-m", "Second")
        try folder.git("checkout", "-q", "main")
        try folder.git("commit", "-q", "--allow-empty", "-m", "Third")
        try folder.git("checkout", "-q", "--orphan", "apart")
        try folder.git("commit", "-q", "-m", "Alone")
        let repository = try Repository.open(at: folder.path)
        func base(_ one: String, _ other: String) throws -> String? {
            let (one, other) = (try repository.commit(named: one), try repository.commit(named: other))
            return try repository.mergeBase(of: try #require(one), and: try #require(other))?.hex
        }
        #expect(try base("main", "topic") == first)
        #expect(try base("topic", "topic~1") == first)
        #expect(try base("main", "apart") == nil)
    }
}
