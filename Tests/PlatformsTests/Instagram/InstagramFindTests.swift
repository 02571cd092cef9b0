import HTTP
import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `Looking for a post on Instagram` {
    private let start = TestClock(at: "2026-09-01T09:00:00Z").now
    private let step = Step(index: 0, kind: .post, text: "One #a\n\nTwo", media: [picture("a.jpg")])

    private func post(
        _ id: String, _ caption: String = #"One #a\n\nTwo"#, at time: String = "2026-09-01T09:00:05+0000",
        type: String = "IMAGE"
    ) -> String {
        #"{"id":"\#(id)","caption":"\#(caption)","permalink":"https://www.instagram.com/p/\#(id)/","timestamp":"\#(time)","media_type":"\#(type)"}"#
    }

    private func find(
        _ posts: [String], container status: Result<Response, TransportError>? = nil
    ) async throws -> Finding {
        let list = Result<Response, TransportError>.json("{\"data\":[\(posts.joined(separator: ","))]}")
        let transport = ScriptedTransport(inOrder: [status, list].compactMap(\.self))
        let draft = status.map { _ in InstagramDraft(of: step, container: "5") }
        return try await instagram(transport).find(step, draft: draft, after: [], since: start)
    }

    private func found(_ id: String, at time: String = "2026-09-01T09:00:05Z") -> Finding {
        .published(
            Receipt(
                id: id, url: "https://www.instagram.com/p/\(id)/", publishedAt: TestClock(at: time).now,
                found: .recovered))
    }

    @Test func `asks the container first, then for the post`() async throws {
        let transport = ScriptedTransport(inOrder: [container("PUBLISHED"), .json(#"{"data":[\#(post("9"))]}"#)])
        let draft = InstagramDraft(of: step, container: "5")
        #expect(try await instagram(transport).find(step, draft: draft, after: [], since: start) == found("9"))
        #expect(
            transport.requests.map(\.url) == [
                "https://graph.facebook.com/v25.0/5?fields=status_code%2Cstatus",
                "https://graph.facebook.com/v25.0/1784/media?fields=id%2Ccaption%2Cpermalink%2Ctimestamp%2Cmedia_type%2Cmedia_product_type"
                    + "&limit=25&since=\((start - .seconds(120)).seconds)",
            ])
        #expect(transport.requests.allSatisfy { $0.repetition == .allowed })
    }

    @Test func `believes a container that says published, whatever the list holds`() async throws {
        let expected = Finding.published(Receipt(id: "container:5", url: nil, publishedAt: start, found: .recovered))
        #expect(try await find([], container: container("PUBLISHED")) == expected)
        #expect(try await find([post("1"), post("2")], container: container("PUBLISHED")) == expected)
    }

    @Test(arguments: ["FINISHED", "IN_PROGRESS", "EXPIRED", "ERROR"])
    func `believes a container that was not published`(_ status: String) async throws {
        #expect(try await find([post("9")], container: container(status)) == .absent)
    }

    @Test func `cannot tell from a container that is gone`() async throws {
        let gone = Result<Response, TransportError>.json(#"{"error":{"code":100,"error_subcode":33}}"#, status: 400)
        #expect(try await find([], container: gone) == .unclear)
        #expect(try await find([post("9")], container: gone) == found("9"))
    }

    @Test func `without a draft goes by caption, kind and time`() async throws {
        #expect(try await find([post("8", "other"), post("9")]) == found("9"))
        #expect(try await find([post("9", #"One #a \n\nTwo\n"#)]) == found("9"))
        #expect(try await find([post("9", type: "CAROUSEL_ALBUM")]) == .absent)
        #expect(try await find([post("9", at: "2026-09-01T08:57:59+0000")]) == .absent)
        #expect(
            try await find([post("9", at: "2026-09-01T10:58:00+0200")]) == found("9", at: "2026-09-01T08:58:00Z"))
        #expect(try await find([]) == .absent)
        #expect(try await find([post("8"), post("9")]) == .unclear)
        #expect(try await find((0..<25).map { post("\($0)", "other") }) == .unclear)
    }

    @Test func `fails when the list cannot be read`() async throws {
        let failure = await failure { () async throws(PlatformFailure) in
            try await instagram(ScriptedTransport(inOrder: [.lost])).find(step, draft: nil, after: [], since: start)
        }
        #expect(failure?.kind == .retryable)
    }
}
