import HTTP
import JSON
import Posts
import Synchronization
import Testing

@testable import Platforms

@Suite struct `Instagram's limit of posts in a day` {
    private let start = TestClock(at: "2026-09-01T09:00:00Z").now
    private let step = Step(index: 0, kind: .post, text: "One", media: [picture("a.jpg")])

    /// Tells the usage since any moment, as the network does.
    private final class Counting: Transport {
        let posts: [Instant]
        let total: Int
        private let count = Mutex(0)

        init(_ posts: [Instant], total: Int) {
            self.posts = posts
            self.total = total
        }

        var asked: Int { count.withLock { $0 } }

        func send(_ request: Request) async throws(TransportError) -> Response {
            guard request.url.contains("content_publishing_limit") else {
                let answer = request.method == .post ? #"{"id":"5"}"# : #"{"status_code":"FINISHED"}"#
                return Response(status: 200, headers: [:], body: Array(answer.utf8))
            }
            count.withLock { $0 += 1 }
            let since = request.url.split(separator: "since=").dropFirst().first.flatMap { Int64($0) } ?? 0
            let used = posts.count { $0.seconds >= since }
            return try quota(used, of: total).get()
        }
    }

    private func prepare(_ transport: any Transport) async -> PlatformFailure? {
        let platform = InstagramPlatform(
            session(account: shop, credentials: ["ACCESS_TOKEN": "secret-token"], transport: transport))
        return await failure { () async throws(PlatformFailure) in
            try await platform.prepare(step, after: [], resuming: nil)
        }
    }

    @Test func `is read before a post, and let be while there is room`() async throws {
        let transport = Counting([start - .hours(2)], total: 2)
        #expect(await prepare(transport) == nil)
        #expect(transport.asked == 1)
    }

    @Test func `is read once while there is room, and again when this run has used it up`() async throws {
        let transport = Counting([start - .hours(2)], total: 3)
        let platform = InstagramPlatform(
            session(account: shop, credentials: ["ACCESS_TOKEN": "secret-token"], transport: transport))
        for _ in 0..<2 {
            guard case .ready(let draft) = try await platform.prepare(step, after: [], resuming: nil) else {
                Issue.record("not ready")
                return
            }
            let claim = try await claim(shop.id)
            _ = try await platform.publish(step, draft: draft, after: [], claim: claim)
        }
        #expect(transport.asked == 1)
        _ = try await platform.prepare(step, after: [], resuming: nil)
        #expect(transport.asked == 2)
    }

    @Test(arguments: [1, 2, 3]) func `is waited for until the post that must leave is a day old`(_ total: Int)
        async throws
    {
        let posts = [start - .hours(23), start - .hours(10), start - .hours(1)]
        let failure = try #require(await prepare(Counting(posts, total: total)))
        #expect(failure.code == "instagram.quota" && failure.scope == .account)
        guard case .after(let moment) = failure.kind else { Issue.record("\(failure.kind)"); return }
        let freed = posts[3 - total] + .hours(24)
        #expect(moment > freed && moment <= freed + .minutes(23))
        #expect(failure.message == "3 of \(total) posts that Instagram allows in 24 hours are published")
    }

    @Test(
        arguments: [
            .lost, .json(#"{"data":[]}"#), .json(#"{"error":{"code":10}}"#, status: 400), .json("[]"),
        ] as [Result<Response, TransportError>])
    func `that cannot be read stops nothing`(_ answer: Result<Response, TransportError>) async throws {
        #expect(await prepare(answering([.json(#"{"id":"5"}"#), container("FINISHED")], quota: answer)) == nil)
    }
}
