import HTTP
import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `A first comment on Instagram` {
    private let start = TestClock(at: "2026-09-01T09:00:00Z").now
    private let step = Step(index: 1, kind: .comment, text: "First #a")
    private let post = Receipt(
        id: "18", url: "https://www.instagram.com/p/abc/", publishedAt: Instant(seconds: 0))

    private func publish(
        _ transport: ScriptedTransport, below post: Receipt?
    ) async throws -> Result<Receipt, PlatformFailure> {
        let claim = try await claim(shop.id, step: 1)
        let platform = instagram(transport)
        do throws(PlatformFailure) {
            guard case .ready(let draft) = try await platform.prepare(step, after: [], resuming: nil) else {
                throw PlatformFailure(.permanent, code: "test.not-ready", "a comment has nothing to wait for")
            }
            let earlier = post.map { [$0] } ?? []
            return .success(try await platform.publish(step, draft: draft, after: earlier, claim: claim))
        } catch {
            return .failure(error)
        }
    }

    @Test func `is one request that is never repeated`() async throws {
        let transport = ScriptedTransport(inOrder: [.json(#"{"id":"77"}"#)])
        let receipt = try await publish(transport, below: post).get()
        #expect(receipt == Receipt(id: "77", url: post.url, publishedAt: start))
        let request = try #require(transport.requests.first)
        #expect(transport.requests.count == 1)
        #expect(request.url == "https://graph.facebook.com/v25.0/18/comments")
        #expect(request.bodyText == "message=First%20%23a" && request.repetition == .forbidden)
    }

    @Test func `without the right to it leaves the account alone`() async throws {
        let refused = ScriptedTransport(inOrder: [.json(#"{"error":{"code":10}}"#, status: 403)])
        guard case .failure(let failure) = try await publish(refused, below: post) else {
            Issue.record("published")
            return
        }
        #expect(failure.kind == .permanent && failure.scope == .delivery)
        #expect(failure.code == "instagram.no-comment-permission" && failure.status == 403)
    }

    @Test(arguments: [nil, Receipt(id: "container:5", url: nil, publishedAt: Instant(seconds: 0))])
    func `needs the id of its post`(_ post: Receipt?) async throws {
        guard case .failure(let failure) = try await publish(ScriptedTransport([]), below: post) else {
            Issue.record("published")
            return
        }
        #expect(failure.kind == .permanent && failure.code == "instagram.post-unknown")
        let finding = try await instagram(ScriptedTransport([])).find(
            step, draft: nil, after: post.map { [$0] } ?? [], since: start)
        #expect(finding == .unclear)
    }

    @Test(
        arguments: try ErrorRow.all("instagram/errors").filter {
            $0.row["publishing"]?["code"] != "instagram.no-permission"
        })
    func `knows what an answer without success means`(_ row: ErrorRow) async throws {
        guard case .failure(let failure) = try await publish(ScriptedTransport(inOrder: [row.answer]), below: post)
        else { return #expect(Bool(false), "published") }
        try row.check(failure, "publishing")
    }

    private func comment(
        _ id: String, _ text: String = "First #a", by author: String = "1784",
        at time: String = "2026-09-01T09:00:05+0000"
    ) -> String {
        #"{"id":"\#(id)","text":"\#(text)","timestamp":"\#(time)","from":{"id":"\#(author)"}}"#
    }

    private func find(_ comments: [String], more: String = "") async throws -> (Finding, [String]) {
        let transport = ScriptedTransport(inOrder: [.json("{\"data\":[\(comments.joined(separator: ","))]\(more)}")])
        let finding = try await instagram(transport).find(step, draft: nil, after: [post], since: start)
        return (finding, transport.requests.map(\.url))
    }

    @Test func `is found by its words, its author and its time`() async throws {
        let (finding, urls) = try await find([comment("1", "other"), comment("77")])
        let moment = start + .seconds(5)
        #expect(finding == .published(Receipt(id: "77", url: post.url, publishedAt: moment, found: .recovered)))
        #expect(
            urls == [
                "https://graph.facebook.com/v25.0/18/comments?fields=id%2Ctext%2Ctimestamp%2Cfrom&limit=25"
            ])
        #expect(try await find([comment("77", by: "9")]).0 == .absent)
        #expect(try await find([comment("77", at: "2026-09-01T08:00:00+0000")]).0 == .absent)
        #expect(try await find([comment("77"), comment("78")]).0 == .unclear)
        #expect(try await find([]).0 == .absent)
        #expect(try await find([comment("1", "other")], more: #","paging":{"next":"https://x"}"#).0 == .unclear)
    }
}

@Suite struct `Looking for reels and stories on Instagram` {
    private let start = TestClock(at: "2026-09-01T09:00:00Z").now
    private let reel = Step(index: 0, kind: .post, text: "Look", media: [video("a.mp4")])
    private let story = Step(
        index: 0, kind: .post, text: "", media: [picture("a.jpg")], options: ["kind": "story"])

    private func post(_ id: String, _ type: String, _ product: String, caption: String = "Look") -> String {
        #"{"id":"\#(id)","caption":"\#(caption)","timestamp":"2026-09-01T09:00:05+0000","media_type":"\#(type)","media_product_type":"\#(product)"}"#
    }

    private func find(
        _ step: Step, _ posts: [String], container status: String? = nil
    ) async throws -> (id: String?, Finding, [String]) {
        let list = Result<Response, TransportError>.json("{\"data\":[\(posts.joined(separator: ","))]}")
        let transport = ScriptedTransport(inOrder: [status.map { container($0) }, list].compactMap(\.self))
        let draft = status.map { _ in InstagramDraft(of: step, container: "5") }
        let finding = try await instagram(transport).find(step, draft: draft, after: [], since: start)
        guard case .published(let receipt) = finding else { return (nil, finding, transport.requests.map(\.url)) }
        return (receipt.id, finding, transport.requests.map(\.url))
    }

    @Test func `knows a reel from a film of another kind`() async throws {
        #expect(try await find(reel, [post("1", "VIDEO", "FEED"), post("9", "VIDEO", "REELS")]).id == "9")
        #expect(try await find(reel, [post("1", "IMAGE", "FEED")]).1 == .absent)
    }

    @Test func `finds a story in the list of stories, by its container`() async throws {
        let (id, _, urls) = try await find(story, [post("9", "IMAGE", "STORY")], container: "PUBLISHED")
        #expect(id == "9")
        #expect(urls.last?.contains("/1784/stories?") == true && urls.last?.contains("since") == false)
        #expect(try await find(story, [post("9", "VIDEO", "STORY")], container: "PUBLISHED").id == "container:5")
    }

    @Test func `cannot tell a story from another without its container`() async throws {
        #expect(try await find(story, [post("9", "IMAGE", "STORY")]).1 == .unclear)
        #expect(try await find(story, []).1 == .absent)
    }
}
