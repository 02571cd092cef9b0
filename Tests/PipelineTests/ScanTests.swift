import Glibc
import Pipeline
import Posts
import Testing

@Suite struct `A scan` {
    private let root: String
    private let now = Instant(rfc3339: "2026-12-01T09:00:00Z") ?? nine

    init() throws {
        var template = Array("/tmp/socials-scan-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template))
        root = String(cString: folder)
    }

    private func write(_ path: String, _ text: String) throws {
        let slash = try #require(path.lastIndex(of: "/"))
        try Files.createFolders(root + "/" + path[..<slash])
        try Files.replace(root + "/" + path, with: Array(text.utf8), durable: false)
    }

    private func write(_ path: String, schedule: String) throws {
        try write(path, "---\nschedule: \(schedule)\n---\nHello\n")
    }

    private func published(_ base: String, at time: String) throws {
        let entry =
            "\"x/acme\": {\"state\": \"published\", \"publishedAt\": \"\(time)\", \"digest\": \"sha256:\(base)\"}"
        try write("\(base).results.json", "{\"deliveries\": {\(entry)}, \"version\": 1}\n")
    }

    private func scan(_ folders: [String] = ["posts"], at now: Instant? = nil) async throws -> Scan {
        let written = "version: 1\naccounts: {x/acme: {}}\ndefaults: {accounts: [x/acme]}\n"
        let zones = TimeZones { _ in nil }
        let configuration = try #require(
            Configuration.read(Array(written.utf8), path: "socials.yml", zones: zones).0)
        let reader = PostReader(configuration: configuration, zones: zones)
        defer { _ = system("rm -rf '\(root)'") }
        return await Scan(root: root, folders: folders, reader: reader, keep: .due(now ?? self.now))
    }

    @Test func `reads every post of every folder once`() async throws {
        for number in 0..<600 { try write("posts/flat/\(number).md", schedule: "2026-11-01 09:00") }
        for number in 0..<40 { try write("posts/\(number)/deep/er/a.markdown", schedule: "2026-11-01 09:00") }
        try write("posts/.hidden/a.md", schedule: "2026-11-01 09:00")
        try write("posts/_drafts/a.md", schedule: "2026-11-01 09:00")
        try write("posts/nested/.git/HEAD", "")
        try write("posts/nested/a.md", schedule: "2026-11-01 09:00")
        let scan = try await scan(["posts", "posts/flat"])
        #expect(scan.postCount == 640 && Set(scan.posts.map(\.post.path)).count == 640)
        #expect(scan.posts.map(\.post.path) == scan.posts.map(\.post.path).sorted() && scan.diagnostics.isEmpty)
    }

    @Test func `finds sidecars, those without a post, and posts that would share one`() async throws {
        for name in ["a", "a-b", "b", "c"] {
            try write("posts/\(name).md", schedule: "2026-11-01 09:00")
        }
        try write("posts/a.markdown", schedule: "2026-11-01 09:00")
        for name in ["a-b", "aa", "b", "d"] { try published("posts/\(name)", at: "2026-11-30T09:00:00Z") }
        let scan = try await scan()
        let read = scan.posts.filter { if case .read = $0.sidecar { true } else { false } }
        #expect(read.map(\.post.path) == ["posts/a-b.md", "posts/b.md"] && scan.orphans == ["posts/aa", "posts/d"])
        #expect(scan.diagnostics.map { "\($0.place.path) \($0.code.rawValue)" } == ["posts/a.md same-sidecar"])
        #expect(scan.posts.map(\.post.path) == ["posts/a-b.md", "posts/a.markdown", "posts/b.md", "posts/c.md"])
    }

    @Test func `keeps of what was published long ago nothing but the count`() async throws {
        try write("posts/a.md", schedule: "2026-11-01 09:00")
        try published("posts/a", at: "2026-11-01T09:00:00Z")
        let scan = try await scan()
        #expect(scan.postCount == 1 && scan.posts.isEmpty && scan.published.isEmpty)
    }

    @Test func `remembers what was published after now, for a clock may have been put back`() async throws {
        try write("posts/a.md", schedule: "2026-12-24 09:00")
        try published("posts/a", at: "2026-12-24T09:00:00Z")
        let scan = try await scan()
        #expect(scan.posts.isEmpty && scan.next == nil)
        #expect(scan.published.map(\.id) == [DeliveryID("posts/a.md", acme)])
        #expect(scan.published.map(\.digest) == ["sha256:posts/a"])
        #expect(scan.published.map(\.publishedAt) == [Instant(rfc3339: "2026-12-24T09:00:00Z")])
    }
}
