import Testing

@testable import Sandbox

private let vetted = "sandbox-linkedin-acme+org+feed"

extension Client {
    /// Registers a document of the member; its URN and where the bytes go.
    func document() async -> (urn: String, url: String) {
        let value = await linkedIn(
            "POST", "/rest/documents?action=initializeUpload",
            ["initializeUploadRequest": ["owner": .string(Client.member)]]
        ).json["value"]
        return (value?["document"]?.string ?? "", value?["uploadUrl"]?.string ?? "")
    }

    /// An image of the member that posts can show.
    func shownImage() async -> String {
        let image = await image()
        _ = await put(SmallPictures.jpeg(8, 8), to: image.url)
        return image.urn
    }
}

@Suite struct `A document on LinkedIn` {
    @Test(
        arguments: [
            (SmallDocuments.pdf(pages: 300), 201), (SmallDocuments.pdf(pages: 301), 400),
            (SmallDocuments.archive("ppt/presentation.xml"), 201), (SmallDocuments.archive("word/document.xml"), 201),
            (SmallDocuments.archive("xl/workbook.xml"), 400), (Array("%PDF-1.4 cut".utf8), 400),
            (SmallPictures.jpeg(8, 8), 400),
        ])
    func `is a PDF, PPTX or DOCX of at most 300 pages`(_ bytes: [UInt8], _ status: Int) async throws {
        let client = try await Client()
        let document = await client.document()
        #expect(document.urn.hasPrefix("urn:li:document:"))
        #expect(await client.put(bytes, to: document.url).status == 201)
        let content: Value = ["media": ["id": .string(document.urn), "title": "Slides"]]
        // It is not available at once; a member cannot ask, an organization can.
        #expect(await client.share("Early", content: content).json["code"]?.string == "MEDIA_ASSET_WAITING_UPLOAD")
        let path = "/rest/documents/\(PercentCoding.encode(document.urn))"
        #expect(await client.linkedIn("GET", path).status == 403)
        #expect(await client.linkedIn("GET", path, token: vetted).json["status"]?.string == "PROCESSING")
        let reply = await client.share("Now", content: content)
        #expect(reply.status == status)
        if status == 400 { #expect(reply.json["code"]?.string == "MEDIA_ASSET_PROCESSING_FAILED") }
        if status == 201 { #expect(reply.header("x-restli-id")?.hasPrefix("urn:li:ugcPost:") == true) }
    }

    @Test func `needs a title, a token and stands alone`() async throws {
        let client = try await Client()
        let document = await client.document()
        #expect(await client.put(SmallDocuments.pdf(pages: 1), to: document.url, token: nil).status == 401)
        _ = await client.put(SmallDocuments.pdf(pages: 1), to: document.url)
        _ = await client.linkedIn("GET", "/rest/documents/\(PercentCoding.encode(document.urn))", token: vetted)
        let untitled = await client.share("a", content: ["media": ["id": .string(document.urn)]])
        #expect(untitled.json["code"]?.string == "MISSING_FIELD")
        let image = await client.shownImage()
        let mixed: Value = ["multiImage": ["images": [["id": .string(image)], ["id": .string(document.urn)]]]]
        #expect(await client.share("a", content: mixed).json["code"]?.string == "INVALID_URN_TYPE")
    }
}

@Suite struct `A film on LinkedIn` {
    private func registered(_ client: Client, _ bytes: [UInt8], more: Bool = false) async -> Value? {
        let request: Value = [
            "owner": .string(Client.member), "fileSizeBytes": .integer(bytes.count), "uploadCaptions": .bool(more),
            "uploadThumbnail": .bool(more),
        ]
        return await client.linkedIn(
            "POST", "/rest/videos?action=initializeUpload", ["initializeUploadRequest": request]
        ).json["value"]
    }

    private func upload(_ client: Client, _ bytes: [UInt8], _ value: Value?) async -> Int {
        let url = value?["uploadInstructions"]?.array?.first?["uploadUrl"]?.string ?? ""
        let type = [(name: "Content-Type", value: "application/octet-stream")]
        let tag = await client.send("PUT", url, type, body: bytes).header("ETag") ?? ""
        let body: Value = [
            "video": value?["video"] ?? .null, "uploadToken": "",
            "uploadedPartIds": [.string(tag.replacing("\"", with: ""))],
        ]
        return await client.linkedIn("POST", "/rest/videos?action=finalizeUpload", ["finalizeUploadRequest": body])
            .status
    }

    @Test(
        arguments: [
            (SmallVideo(seconds: 3, count: 80_000), nil), (SmallVideo(seconds: 1800, count: 80_000), nil),
            (SmallVideo(seconds: 2.9, count: 80_000), "shorter than 3 seconds"),
            (SmallVideo(seconds: 1801, count: 80_000), "longer than 30 minutes"),
            (SmallVideo(brand: "qt  ", count: 80_000), "not an MP4"),
        ] as [(SmallVideo, String?)])
    func `is an MP4 of 3 seconds to 30 minutes`(_ video: SmallVideo, _ sentence: String?) async throws {
        let client = try await Client()
        let value = await registered(client, video.bytes)
        #expect(await upload(client, video.bytes, value) == 200)
        let path = "/rest/videos/\(PercentCoding.encode(value?["video"]?.string ?? ""))"
        #expect(await client.linkedIn("GET", path).json["status"]?.string == "PROCESSING")
        let state = await client.linkedIn("GET", path).json
        #expect(state["status"]?.string == (sentence == nil ? "AVAILABLE" : "PROCESSING_FAILED"))
        if let sentence { #expect(state["processingFailureReason"]?.string?.contains(sentence) == true) }
    }

    @Test(arguments: [(76_799, 400), (76_800, 200), (524_288_000, 200), (524_288_001, 400)])
    func `has 75 KB to 500 MB`(_ size: Int, _ status: Int) async throws {
        let client = try await Client()
        let request: Value = ["owner": .string(Client.member), "fileSizeBytes": .integer(size)]
        let reply = await client.linkedIn(
            "POST", "/rest/videos?action=initializeUpload", ["initializeUploadRequest": request])
        #expect(reply.status == status)
        let last = reply.json["value"]?["uploadInstructions"]?.array?.last?["lastByte"]?.integer
        if status == 200 { #expect(last == size - 1) }
    }

    @Test func `may have captions and a thumbnail`() async throws {
        let client = try await Client()
        let bytes = SmallVideo(count: 80_000).bytes
        let value = await registered(client, bytes, more: true)
        let thumbnail = value?["thumbnailUploadUrl"]?.string ?? ""
        #expect(await client.send("PUT", thumbnail, body: SmallPictures.jpeg(8, 8)).status == 400)
        let still = [(name: "media-type-family", value: "STILLIMAGE")]
        #expect(await client.send("PUT", thumbnail, still, body: SmallPictures.jpeg(8, 8)).status == 201)
        let srt = Array("1\n00:00:01,000 --> 00:00:02,000\nHello\n".utf8)
        let (type, form) = Client.form([("file", "a.srt", srt)])
        let captions = value?["captionsUploadUrl"]?.string ?? ""
        #expect(await client.send("PUT", captions, [("Content-Type", type)], body: form).status == 201)
        #expect(await upload(client, bytes, value) == 200)
        let urn = value?["video"] ?? .null
        _ = await client.linkedIn("GET", "/rest/videos/\(PercentCoding.encode(urn.string ?? ""))")
        #expect(await client.share("Film", content: ["media": ["id": urn, "title": "Film"]]).status == 201)
        let page = await client.send("GET", "https://localhost/").text
        #expect(page.contains("/_sandbox/media/li-"))
    }

    @Test func `is not taken after thirty days, nor with wrong bytes`() async throws {
        let client = try await Client()
        let bytes = SmallVideo(count: 80_000).bytes
        let url = await registered(client, bytes)?["uploadInstructions"]?.array?.first?["uploadUrl"]?.string ?? ""
        let type = [(name: "Content-Type", value: "application/octet-stream")]
        #expect(await client.send("PUT", url, type, body: Array(bytes.dropLast())).status == 400)
        #expect(await client.send("PUT", url, [], body: bytes).status == 400)
        await client.setClock("2026-12-31T09:00:00Z")
        #expect(await client.send("PUT", url, type, body: bytes).json["code"]?.string == "EXPIRED_UPLOAD_URL")
    }
}

@Suite struct `An article card on LinkedIn` {
    @Test func `has an address, a title and a picture of the author`() async throws {
        let client = try await Client()
        let image = await client.shownImage()
        var article: [String: Value] = [
            "source": "https://example.com/launch", "title": "Launch", "description": "Now",
            "thumbnail": .string(image),
            "thumbnailAltText": "A rocket",
        ]
        #expect(await client.share("Read", content: ["article": .object(article)]).status == 201)
        let card = await client.posts.first?["card"]
        #expect(card?["title"]?.string == "Launch")
        #expect(card?["thumbnail"]?["alt"]?.string == "A rocket")
        article["title"] = .string(String(repeating: "a", count: 401))
        let long = await client.share("Long", content: ["article": .object(article)])
        #expect(long.json["code"]?.string == "FIELD_LENGTH_TOO_LONG")
        article["title"] = "Launch"
        article["thumbnail"] = "urn:li:image:none"
        #expect(
            await client.share("None", content: ["article": .object(article)]).json["code"]?.string == "INVALID_URN_ID")
    }
}
