import Posts
import Testing

@Suite struct `socials.yml` {
    @Test func `has a default for everything`() throws {
        let configuration = try ReadingFixtures.configuration("version: 1\n")
        #expect(configuration.timeZone == nil && configuration.zone == nil)
        #expect(configuration.posts == ["posts"])
        #expect(configuration.order.isEmpty && configuration.groups.isEmpty && configuration.defaultAccounts.isEmpty)
        #expect(
            configuration.publishing.maxLateness == .hours(24) && configuration.publishing.giveUpAfter == .hours(72))
        #expect(configuration.publishing.retries == 5 && configuration.publishing.concurrency == 8)
        #expect(configuration.publishing.wait == .seconds(20))
        #expect(configuration.publishing.limits.maxPerRun == 20 && configuration.publishing.limits.maxPerDay == 50)
        #expect(configuration.publishing.limits.minGap == .zero)
        #expect(configuration.mediaHost == .none)
        #expect(configuration.credentials == [.environment, .file, .aws])
        #expect(configuration.credentialsFolder == ".socials/credentials")
        #expect(configuration.claims.ref == "refs/socials/claims" && configuration.claims.lease == .minutes(15))
        #expect(configuration.commit == Configuration.Commit())
    }

    @Test func `may be empty`() throws {
        #expect(try ReadingFixtures.configuration("").order.isEmpty)
        #expect(try ReadingFixtures.configuration("# nothing\n").order.isEmpty)
    }

    @Test func `says which accounts of X have Premium`() throws {
        let configuration = try ReadingFixtures.configuration(
            "accounts: {x/acme: {}, x/pro: {premium: true}, x/studio: {premium: false}}")
        #expect(configuration.order.map { configuration.accounts[$0]?.isPremium } == [false, true, false])
        for text in ["x/acme: {premium: \"yes\"}", "linkedin/acme: {premium: true}"] {
            let (_, told) = Configuration.read(Array("accounts: {\(text)}".utf8), zones: ReadingFixtures.zones)
            #expect(told.contains { $0.severity == .error }, "\(text)")
        }
    }

    @Test func `is read whole`() throws {
        let configuration = try ReadingFixtures.configuration(
            """
            version: 1
            accounts:
              x/acme: {}
              linkedin/acme: {author: "urn:li:organization:2414183"}
              linkedin/old: {api: legacy, version: 202611}
              instagram/acme: {userId: "17841405793187218", login: instagram}
              mastodon/acme: {server: https://mastodon.example/, maxPerDay: 10, aliases: [mastodon/old], since: 2026-01-01, owner: jane}
            groups: {launch: [x/acme, linkedin/acme], all: [mastodon/acme, launch, x/acme]}
            defaults: {accounts: [all]}
            timeZone: Europe/Berlin
            posts: [posts/, ./blog/news]
            repository: https://github.com/acme/social
            branch: main
            publishing: {maxLateness: 90s, giveUpAfter: 7d, maxPerRun: 3, minGap: 15m, retries: 0, concurrency: 2, wait: 0s}
            mediaHost: {kind: s3, bucket: acme-social, region: eu-central-1, prefix: tmp/}
            credentials: [aws, environment]
            credentialsFolder: /keys/
            claims: {ref: refs/acme/claims, lease: 20m}
            commit: {name: robot, email: robot@example.com, message: "Out: {count}", branch: results, sign: true}
            """)
        #expect(
            configuration.order.map(\.description) == [
                "x/acme", "linkedin/acme", "linkedin/old", "instagram/acme", "mastodon/acme",
            ])
        #expect(configuration.accounts[AccountID(.linkedin, "acme")]?.api == .rest)
        #expect(configuration.accounts[AccountID(.linkedin, "acme")]?.version == nil)
        #expect(configuration.accounts[AccountID(.linkedin, "old")]?.api == .legacy)
        #expect(configuration.accounts[AccountID(.linkedin, "old")]?.version == "202611")
        let mastodon = try #require(configuration.accounts[AccountID(.mastodon, "acme")])
        #expect(mastodon.server == "https://mastodon.example" && mastodon.owner == "jane")
        #expect(mastodon.aliases == [AccountID(.mastodon, "old")])
        #expect(mastodon.since == Instant(rfc3339: "2025-12-31T23:00:00Z"))
        #expect(
            mastodon.limits.maxPerDay == 10 && mastodon.limits.maxPerRun == 3 && mastodon.limits.minGap == .minutes(15))
        #expect(configuration.accounts[AccountID(.instagram, "acme")]?.login == .instagram)
        #expect(configuration.accounts[AccountID(.instagram, "acme")]?.userID == "17841405793187218")
        #expect(configuration.accounts[AccountID(.linkedin, "acme")]?.author == "urn:li:organization:2414183")
        #expect(configuration.groups["all"]?.map(\.description) == ["mastodon/acme", "x/acme", "linkedin/acme"])
        #expect(configuration.defaultAccounts == configuration.groups["all"])
        #expect(configuration.timeZone == "Europe/Berlin" && configuration.zone != nil)
        #expect(configuration.posts == ["posts", "blog/news"])
        #expect(configuration.repository == "https://github.com/acme/social" && configuration.branch == "main")
        #expect(
            configuration.publishing.maxLateness == .seconds(90) && configuration.publishing.giveUpAfter == .days(7))
        #expect(configuration.publishing.retries == 0 && configuration.publishing.wait == .zero)
        #expect(
            configuration.mediaHost
                == .s3(bucket: "acme-social", region: "eu-central-1", prefix: "tmp/", endpoint: nil))
        #expect(configuration.credentials == [.aws, .environment] && configuration.credentialsFolder == "keys")
        #expect(configuration.claims.ref == "refs/acme/claims" && configuration.claims.lease == .minutes(20))
        #expect(configuration.commit.branch == "results" && configuration.commit.sign == true)
    }

    @Test(arguments: [
        (
            "{kind: static, baseUrl: https://example.com/}",
            Configuration.MediaHost.static(baseURL: "https://example.com")
        ),
        ("{kind: git-raw}", .gitRaw(baseURL: nil)), ("none", .none), ("{kind: none}", .none),
        ("{kind: server, publicUrl: https://a.example, port: 81}", .server(publicURL: "https://a.example", port: 81)),
    ])
    func `knows each kind of media host`(text: String, host: Configuration.MediaHost) throws {
        #expect(try ReadingFixtures.configuration("mediaHost: \(text)").mediaHost == host)
    }

    @Test(arguments: try ReadingFixtures.names(in: "configuration/invalid", ending: ".yml"))
    func `is told its mistakes`(name: String) throws {
        let bytes = try ReadingFixtures.bytes("configuration/invalid/\(name)")
        let (configuration, diagnostics) = Configuration.read(bytes, zones: ReadingFixtures.zones)
        #expect(configuration == nil)
        let lines = diagnostics.map { $0.line + "\n" }.joined()
        try ReadingFixtures.compare(lines, with: "configuration/invalid/\(name.dropLast(4)).expected")
    }
}

@Suite struct `The nearest word` {
    @Test(arguments: [
        ("x/acm", "x/acme"), ("shedule", "schedule"), ("time_zone", "timeZone"), ("TIMEZONE", "timeZone"),
        ("tgas", "tags"), ("visiblity", "visibility"),
    ])
    func `is found`(word: String, meant: String) {
        #expect(
            nearest(word, among: ["x/acme", "schedule", "timeZone", "tags", "visibility", "linkedin/acme"]) == meant)
    }

    @Test(arguments: ["", "zebra", "x", "sch", "linkedin/foo"]) func `is none if nothing is near`(word: String) {
        #expect(nearest(word, among: ["x/acme", "schedule", "timeZone", "tags", "linkedin/acme"]) == nil)
    }

    @Test func `is the first of the alphabet among equals`() {
        #expect(nearest("cat", among: ["rat", "bat", "hat"]) == "bat")
        #expect(nearest("cat", among: ["hat", "bat", "rat"]) == "bat")
    }
}
