import HTTPServer
import Testing

@testable import Sandbox

@Suite struct `The page of the sandbox` {
    private func page(_ client: Client) async -> String { await client.send("GET", "https://localhost/").text }

    @Test func `shows threads, pictures, polls, cards and labels`() async throws {
        let client = try await Client()
        let picture = await client.uploaded(SmallPictures.jpeg(30, 20))
        let first =
            await client.x(
                "POST", "/2/tweets", ["text": "One", "media": ["media_ids": [.string(picture)]], "made_with_ai": true]
            ).json["data"]?["id"] ?? .null
        _ = await client.x("POST", "/2/tweets", ["text": "Two", "reply": ["in_reply_to_tweet_id": first]])
        let poll: Value = ["options": ["Red", "Blue"], "duration_minutes": 60]
        _ = await client.x("POST", "/2/tweets", ["text": "Which?", "poll": poll])
        _ = await client.share(
            "Read", content: ["article": ["source": "https://example.com/launch", "title": "Launch day"]])
        let html = await page(client)
        #expect(html.contains("<img src=\"/_sandbox/media/x-\(picture)\""))
        #expect(html.contains("<span class=label>made with AI</span>"))
        #expect(html.contains("<li>Red</li><li>Blue</li>"))
        #expect(html.contains("href=\"https://example.com/launch\">Launch day</a>"))
        // The answer stands in the article of the post that it answers.
        let thread = html.split(separator: "<article>").first { $0.contains(">One<") }
        #expect(thread?.contains(">Two<") == true)
        #expect(thread?.contains("post answer") == true)
        #expect(html.contains("prefers-color-scheme: dark"))
    }

    @Test func `serves the pictures it shows, and nothing else`() async throws {
        let client = try await Client()
        let bytes = SmallPictures.jpeg(30, 20)
        let picture = await client.uploaded(bytes)
        let reply = await client.control("GET", "media/x-\(picture)")
        #expect(reply.answer.body == bytes)
        #expect(reply.header("Content-Type") == "image/jpeg")
        for name in ["x-5", "..%2Fsandbox.json", "%2Fetc%2Fpasswd", "."] {
            #expect(await client.control("GET", "media/\(name)").status == 404)
        }
        await client.control("POST", "reset")
        #expect(await client.control("GET", "media/x-\(picture)").status == 404)
    }

    @Test func `lets nothing through that a post carries`() async throws {
        let evil = "\"><script>alert(1)</script><a href='javascript:alert(2)'>"
        let client = try await Client()
        let picture = await client.uploaded(SmallPictures.jpeg(8, 8))
        _ = await client.x(
            "POST", "/2/media/metadata",
            ["id": .string(picture), "metadata": ["alt_text": ["text": .string(evil)]]])
        _ = await client.x(
            "POST", "/2/tweets",
            ["text": .string(evil), "media": ["media_ids": [.string(picture)]], "geo": ["place_id": .string(evil)]])
        _ = await client.x(
            "POST", "/2/tweets",
            ["text": "Which?", "poll": ["options": ["<b>a</b>", "\"'><i>"], "duration_minutes": 60]])
        _ = await client.share(
            "Read",
            content: [
                "article": [
                    "source": .string("https://example.com/" + evil), "title": .string(evil),
                    "description": .string(evil),
                ]
            ])
        let html = await page(client)
        #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        for mark in ["<script", "<b>a", "<i>", "'javascript:", "=\"javascript:", "/\"><"] {
            #expect(!html.contains(mark), "\(mark)")
        }
    }

    @Test func `says that there is nothing yet`() async throws {
        let client = try await Client()
        let html = await page(client)
        #expect(html.split(separator: "Nothing yet.").count == 4)
        #expect(html.contains("<html lang=\"en\">"))
    }
}
