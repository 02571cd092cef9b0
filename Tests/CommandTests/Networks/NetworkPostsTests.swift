import Foundation
import JSON
import Testing

/// The posts of Fixtures/networks by the real binary, at the real sandbox, with real files.
@Suite struct `The posts of each network` {
    @Test(arguments: NetworkPosts.all)
    func `go live once each, as their twins tell`(_ posts: NetworkPosts) async throws {
        try await posts.workshop("valid") { shop in
            let waited = try await posts.goLive("valid", in: shop)
            #expect(waited == posts.waited, "\(waited) were processed when a run ended")
            #expect(try await posts.refused(in: shop) == posts.refusals)
        }
    }

    @Test(
        .enabled(if: NetworkPosts.canConvert, "ffmpeg, or both vips and ImageMagick, are not installed"),
        arguments: NetworkPosts.all)
    func `with media that the network does not take go live where a converter is installed`(
        _ posts: NetworkPosts
    ) async throws {
        try await posts.workshop("converted", converts: true) { shop in
            _ = try await posts.goLive("converted", in: shop)
            #expect(try await posts.refused(in: shop) == [])
        }
    }

    @Test(arguments: NetworkPosts.all)
    func `with media that the network does not take are refused where no converter is installed`(
        _ posts: NetworkPosts
    ) async throws {
        try await posts.workshop("converted") { shop in
            let told = try await shop.json("check", status: 65).array ?? []
            for name in try posts.names(in: "converted") {
                let own = told.filter { $0["path"]?.string == "posts/\(name).md" }
                #expect(own.contains { $0["severity"] == "error" }, "\(name)")
                #expect(own.contains { $0["severity"] == "note" && $0["code"] == "media-converter" }, "\(name): \(own)")
            }
        }
    }

    @Test(arguments: NetworkPosts.all)
    func `with a film that takes long are taken up by later runs, without a second upload`(
        _ posts: NetworkPosts
    ) async throws {
        try await posts.workshop("valid", only: posts.film) { shop in
            try await shop.fault([
                "network": .string(posts.network), "operation": "upload", "fault": "slow-processing", "seconds": 400,
                "times": 100,
            ])
            let report = try await shop.json("sync")
            #expect(report["processing"]?.array?.isEmpty == false && report["published"] == [])
            let uploads = try await shop.requests().count { $0.hasSuffix(" upload") || $0.hasSuffix(" container") }
            try await shop.sync(now: "2026-12-01T09:05:00Z")
            #expect(try await shop.live() == [])
            for now in ["2026-12-01T09:08:00Z", "2026-12-01T09:30:00Z"] { try await shop.sync(now: now) }
            for (account, delivery) in try shop.results("posts/\(posts.film).md").object ?? [:] {
                #expect(delivery["state"] == "published", "\(account): \(delivery)")
                #expect(delivery["checkpoint"] == nil)
            }
            let all = try await shop.requests()
            #expect(all.count { $0.hasSuffix(" upload") || $0.hasSuffix(" container") } == uploads, "\(all)")
            try await expectNoneTwice(shop.live(), posts.network)
        }
    }

    @Test(arguments: NetworkPosts.all)
    func `are each named by the table, and nothing else is`(_ posts: NetworkPosts) throws {
        let named = try posts.namedByTable()
        let names = try ["valid", "converted", "broken"].flatMap(posts.names)
        for name in names {
            #expect(named.contains { $0 == name || $0.hasSuffix("…") && name.hasPrefix($0.dropLast()) }, "\(name)")
        }
        for name in named where name.contains("-") {
            #expect(names.contains { $0 == name || name.hasSuffix("…") && $0.hasPrefix(name.dropLast()) }, "\(name)")
        }
    }

    @Test func `of X cost what the plan says`() async throws {
        let posts = NetworkPosts.all[0]
        try await posts.workshop("valid") { shop in
            let due = try await shop.run("plan").lines.filter { $0.hasPrefix("due ") }
            #expect(due.count > 20)
            for line in due {
                let name = try #require(line.firstMatch(of: #/posts/(.+)\.md/#)?.1)
                let costs = try posts.expected("valid/\(name).live").last { $0.hasPrefix("costs ") }
                #expect(costs?.dropFirst("costs ".count) == line.split(separator: " ").last, "\(line)")
            }
        }
    }

    @Test(arguments: NetworkPosts.all)
    func `that are broken are refused by check at the place and with the code that their twins tell`(
        _ posts: NetworkPosts
    ) async throws {
        try await posts.workshop("broken") { shop in
            let ending = try await shop.run("check", "--json")
            #expect(ending.status == 65, "\(ending.complaints)")
            let told = try JSON(parsing: ending.output).array ?? []
            let names = try posts.names(in: "broken")
            for name in names {
                let path = "posts/\(name).md"
                let lines = told.filter { $0["path"]?.string == path }.map(posts.line)
                try posts.update("broken/\(name).expected", lines)
                #expect(try Set(lines) == Set(posts.expected("broken/\(name).expected")), "\(name)")
                #expect(lines.contains { $0.contains(": error: ") } != name.hasPrefix("warned-"))
            }
            let paths = Set(names.map { "posts/\($0).md" })
            let others = told.filter { !paths.contains($0["path"]?.string ?? "") }.map(posts.line)
            #expect(others == [])
            #expect(try await shop.log().isEmpty)
        }
    }
}
