import Posts
import Testing

private func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }

@Suite struct `A front matter` {
    @Test func `tells when the post goes where`() throws {
        let post = try post(
            """
            ---
            schedule: 2026-12-01 09:00
            accounts: [instagram/acme, launch, x/acme]
            expires: 2026-12-03
            repeat: true
            title: 2026-12-01
            tags: ["#launch", 012]
            ---
            Words
            """, keepsTags: true)
        #expect(post.diagnostics.isEmpty)
        #expect(post.schedule == .at(try instant("2026-12-01T08:00:00Z")))
        #expect(post.expires == (try instant("2026-12-02T23:00:00Z")))
        #expect(post.targets.map(\.account.description) == ["instagram/acme", "x/acme", "linkedin/acme"])
        #expect(post.targets.allSatisfy { $0.schedule == post.schedule })
        #expect(post.repeats)
        #expect(post.title == "2026-12-01")
        #expect(post.tags == ["launch", "012"])
        #expect(!post.isDraft && !post.isInvalid && !post.assumesUTC)
    }

    @Test func `may be empty`() throws {
        let post = try post("---\n---\n")
        #expect(post.diagnostics.isEmpty)
        #expect(post.schedule == nil)
        #expect(post.targets.map(\.account.description) == ["x/acme", "linkedin/acme"])
    }

    @Test(arguments: ["draft: true", "published: false", "draft: TRUE", "draft: false\npublished: false"])
    func `makes a draft of a post`(line: String) throws {
        #expect(try post("---\n\(line)\n---\n").isDraft)
    }

    @Test(arguments: ["draft: false", "published: true", "published: 2026-01-01", "draft:", "title: draft"])
    func `makes no draft of it without saying so`(line: String) throws {
        let post = try post("---\n\(line)\n---\n")
        #expect(!post.isDraft && post.diagnostics.isEmpty)
    }

    @Test func `lets an account win over its network, and that over the post`() throws {
        let post = try post(
            """
            ---
            schedule: 2026-12-01T09:00:00Z
            accounts: [x/acme, x/acme-labs, linkedin/acme, mastodon/acme]
            mastodon/acme: {skip: false, schedule: null}
            x: {schedule: 2026-12-02T09:00:00Z}
            x/acme: {schedule: now}
            linkedin: {skip: true}
            mastodon: {skip: true, schedule: now}
            ---
            """)
        #expect(post.diagnostics.isEmpty)
        #expect(post.targets.map(\.account.description) == ["x/acme", "x/acme-labs", "mastodon/acme"])
        #expect(post.targets.map(\.schedule) == [.now, .at(try instant("2026-12-02T09:00:00Z")), nil])
    }

    @Test func `may use former names of accounts and networks`() throws {
        let post = try post("---\naccounts: [twitter/acme, mastodon/old]\ntwitter: {schedule: now}\n---\n")
        #expect(post.diagnostics.isEmpty)
        #expect(post.targets.map(\.account.description) == ["x/acme", "mastodon/acme"])
        #expect(post.targets.map(\.schedule) == [.now, nil])
    }

    @Test func `has a zone of its own`() throws {
        let post = try post("---\nschedule: \"2026-07-01 09:00\"\ntimeZone: America/New_York\n---\n")
        #expect(post.schedule == .at(try instant("2026-07-01T13:00:00Z")))
    }

    @Test func `is read as UTC where nobody names a zone, and says so`() throws {
        let reader = PostReader(configuration: Configuration(), zones: ReadingFixtures.zones)
        let text = "---\nschedule: 2026-07-01 09:00\n---\n"
        guard case .post(let post) = reader.read(Array(text.utf8), path: "a.md") else { throw NotAPost() }
        #expect(post.assumesUTC)
        #expect(post.schedule == .at(try instant("2026-07-01T09:00:00Z")))
        // There are no accounts either.
        #expect(post.diagnostics.map(\.code) == [.noAccounts])
    }

    @Test func `warns of local times that clocks skip or show twice`() throws {
        let gap = try post("---\nschedule: 2026-03-29 02:30\n---\n")
        #expect(gap.schedule == .at(try instant("2026-03-29T01:30:00Z")))
        #expect(gap.diagnostics.map(\.code) == [.scheduleGap] && !gap.isInvalid)
        let overlap = try post("---\nschedule: 2026-10-25 02:30\n---\n")
        #expect(overlap.schedule == .at(try instant("2026-10-25T00:30:00Z")))
        #expect(overlap.diagnostics.map(\.code) == [.scheduleOverlap] && !overlap.isInvalid)
    }
}

@Suite struct `The first bytes of a file` {
    private func reading(_ text: String, isWhole: Bool) throws -> Reading {
        let reader = try ReadingFixtures.reader()
        return Array(text.utf8).withUnsafeBufferPointer { reader.read(head: $0, isWhole: isWhole, path: "a.md") }
    }

    @Test(arguments: ["", "Hello", "--", "----\n", "--- a\n---\n", "\n---\n---\n", " ---\n---\n", "+++\na = 1\n+++\n"])
    func `are no post without a front matter`(text: String) throws {
        #expect(try reading(text, isWhole: true) == .notAPost)
    }

    @Test(arguments: ["---\ntitle: a\n", "---\ntitle: a\n--", "---\ntitle: a\n ---\n", "---\n----\n", "---"])
    func `need more until the closing line is among them`(text: String) throws {
        #expect(try reading(text, isWhole: false) == .needsMore)
        guard case .post(let post) = try reading(text, isWhole: true) else { throw NotAPost() }
        #expect(post.diagnostics.map(\.code) == [.frontMatterOpen])
    }

    @Test(arguments: [
        "---\ntitle: a\n---", "---\ntitle: a\n---\n", "---\r\ntitle: a\r\n---\r\nText\r\n",
        "\u{FEFF}---\ntitle: a\n---\n",
        "---  \ntitle: a\n---\t\nText",
    ])
    func `are enough with it`(text: String) throws {
        guard case .post(let post) = try reading(text, isWhole: false) else { throw NotAPost() }
        #expect(post.title == "a" && post.diagnostics.isEmpty)
    }

    @Test func `are not asked for without end`() throws {
        let text = "---\n" + String(repeating: "# a comment\n", count: 6000)
        guard case .post(let post) = try reading(text, isWhole: false) else { throw NotAPost() }
        #expect(post.diagnostics.map(\.code) == [.frontMatterSize])
    }
}
