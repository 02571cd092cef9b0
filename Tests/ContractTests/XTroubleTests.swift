import JSON
import Platforms
import Posts
import Sandbox
import Testing

/// What X's accounts, prices and limits do to a post, tried against the sandbox.
@Suite struct `A post for X in trouble` {
    private func bench(
        _ name: String, credentials: [String: String]? = nil
    ) async throws -> (bench: XPostsBench, step: Step) {
        let post = try XPosts.read("valid/\(name)")
        return (try await XPostsBench(post, credentials: credentials), try #require(post.composition.steps.first))
    }

    private func failure(_ work: () async throws -> Receipt) async throws -> PlatformFailure {
        do {
            let receipt = try await work()
            throw Published(receipt: receipt)
        } catch let failure as PlatformFailure {
            return failure
        }
    }

    private struct Published: Error { let receipt: Receipt }

    @Test func `stops the network when the credit is used up, and nothing is live`() async throws {
        let (bench, step) = try await bench("words")
        await bench.change("credit", #"{"x": 0.014}"#)
        let failure = try await failure { try await bench.publish(step, after: []) }
        #expect(failure.kind == .account)
        #expect(failure.scope == .network)
        #expect(failure.code == "x.no-credit")
        #expect(try await bench.live.isEmpty)
        await bench.change("credit", #"{"x": 0.015}"#)
        _ = try await bench.publish(step, after: [])
    }

    @Test(arguments: try XPosts.folder.names(in: "valid"))
    func `costs what was said before, to the thousandth`(_ name: String) async throws {
        let post = try XPosts.read("valid/\(name)")
        let price = try #require(post.composition.price).thousandths
        for credit in [price, price - 1] {
            let bench = try await XPostsBench(post)
            await bench.change("credit", "{\"x\": \(Double(credit) / 1000)}")
            var receipts: [Receipt] = []
            do {
                for step in post.composition.steps { receipts.append(try await bench.publish(step, after: receipts)) }
                #expect(credit == price)
            } catch let failure as PlatformFailure {
                #expect(failure.code == "x.no-credit" && credit < price, "\(failure)")
            }
        }
    }

    @Test(arguments: [("app", 7200), ("user", 9000)])
    func `waits for the end of a day's window while the short one looks healthy`(
        _ bucket: String, _ seconds: Int
    ) async throws {
        let (bench, step) = try await bench("words")
        await bench.change(
            "faults",
            "{\"network\": \"x\", \"operation\": \"publish\", \"fault\": \"rate-limit\", \"bucket\": \"\(bucket)\", "
                + "\"seconds\": \(seconds)}")
        let failure = try await failure { try await bench.publish(step, after: []) }
        #expect(failure.kind == .after(bench.now + .seconds(seconds)))
        #expect(failure.scope == .account)
    }

    @Test func `goes out with a token of OAuth 2.0 that has the scopes`() async throws {
        let (bench, step) = try await bench("video", credentials: SandboxCredentials.xOAuth2(account: "acme"))
        _ = try await bench.publish(step, after: [])
        #expect(try await bench.live == ["post \"A film\"", "  video 1280 × 720"])
    }

    @Test(
        arguments: [
            ("+tweet.read+tweet.write+users.read", "x.no-media-right"), ("!expired", "x.token-expired"),
            ("!revoked", "x.token-expired"), ("+app", "x.wrong-credentials"),
        ])
    func `asks for a new token of OAuth 2.0`(_ mark: String, _ code: String) async throws {
        var credentials = SandboxCredentials.xOAuth2(account: "acme")
        credentials["ACCESS_TOKEN"]? += mark
        let (bench, step) = try await bench("video", credentials: credentials)
        let failure = try await failure { try await bench.publish(step, after: []) }
        #expect(failure.kind == .auth)
        #expect(failure.code == code)
    }

    @Test(arguments: ["before", "after", "both"])
    func `is found under the names of fields before and after the renaming`(_ names: String) async throws {
        for name in ["long-with-premium", "quote", "thread-with-media"] {
            let (bench, step) = try await bench(name)
            await bench.change("names", "{\"x\": \"\(names)\"}")
            let receipt = try await bench.publish(step, after: [])
            guard case .published(let found) = try await bench.find(step, nil, after: []) else {
                Issue.record("\(name) is not found")
                continue
            }
            #expect(found.id == receipt.id)
        }
    }

    @Test(arguments: 2...8)
    func `uploads its video whatever request of the upload is lost`(_ number: Int) async throws {
        for fault in [#""fault": "drop-after""#, #""fault": "drop-before""#, #""fault": "status", "status": 503"#] {
            let (bench, step) = try await bench("video-of-several-pieces")
            await bench.change(
                "faults", "{\"network\": \"x\", \"operation\": \"upload\", \"nth\": \(number), \(fault)}")
            _ = try await bench.publish(step, after: [])
            #expect(try await bench.live == ["post \"A heavier film\"", "  video 1280 × 720"])
        }
    }
}
