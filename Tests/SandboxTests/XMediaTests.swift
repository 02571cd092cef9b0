import Foundation
import HTTPServer
import Testing

@testable import Sandbox

@Suite struct `A video on X` {
    @Test(arguments: [64 << 10, 1 << 20, 4 << 20])
    func `comes in pieces of any legal size and is waited for`(_ piece: Int) async throws {
        let client = try await Client()
        let bytes = SmallVideo(count: (5 << 20) + 17).bytes
        let end = await client.chunked(bytes, "video/mp4", "tweet_video", piece: piece)
        let id = try #require(end.json["data"]?["id"]?.string)
        #expect(end.json["data"]?["size"]?.integer == bytes.count)
        #expect(
            end.json["data"]?["processing_info"] == ["state": "pending", "check_after_secs": 1, "progress_percent": 0])
        let post: Value = ["text": "Look", "media": ["media_ids": [.string(id)]]]
        #expect(await client.x("POST", "/2/tweets", post).status == 400)
        #expect(await client.settled(id) == ["state": "succeeded", "progress_percent": 100])
        #expect(await client.x("POST", "/2/tweets", post).status == 201)
        #expect(await client.posts.first?["media"]?.array?.first?["kind"]?.string == "video")
        #expect(await client.posts.first?["media"]?.array?.first?["seconds"]?.integer == 5)
    }

    @Test func `needs every segment once, in any order, and never more than announced`() async throws {
        let client = try await Client()
        let bytes = SmallVideo(count: 3000).bytes
        let begin: Value = ["media_type": "video/mp4", "total_bytes": 3000, "media_category": "tweet_video"]
        let start = await client.x("POST", "/2/media/upload/initialize", begin)
        let id = start.json["data"]?["id"]?.string ?? ""
        #expect(start.json["data"]?["expires_after_secs"]?.integer == 86_400)
        #expect(start.json["data"]?["processing_info"] == nil)
        #expect(await client.append(Array(bytes[2000...]), 2, to: id).status == 200)
        #expect(await client.append(Array(bytes[..<1000]), 0, to: id).status == 200)
        #expect(await client.x("POST", "/2/media/upload/\(id)/finalize", mark: "").status == 400)
        #expect(await client.append([UInt8](repeating: 0, count: 1001), 1, to: id).status == 400)
        #expect(await client.append([UInt8](repeating: 0, count: 1000), 1, to: id).status == 200)
        // Once more after a failure: the last one counts.
        let again = await client.append(Array(bytes[1000..<2000]), 1, to: id)
        #expect(again.json["data"]?["expires_at"]?.integer == 1_796_115_600 + 86_400)
        #expect(await client.x("GET", "/2/media/upload?command=STATUS&media_id=\(id)", mark: "").status == 400)
        #expect(await client.x("POST", "/2/media/upload/\(id)/finalize", mark: "").status == 200)
        #expect(await client.settled(id)?["state"]?.string == "succeeded")
        #expect(await client.append([0], 3, to: id).status == 400)
    }

    @Test(arguments: [(0, 200), (999, 200), (1000, 400), (-1, 400)])
    func `has segments from 0 to 999`(_ index: Int, _ status: Int) async throws {
        let client = try await Client()
        let begin: Value = ["media_type": "video/mp4", "total_bytes": 3000, "media_category": "tweet_video"]
        let id = await client.x("POST", "/2/media/upload/initialize", begin).json["data"]?["id"]?.string ?? ""
        #expect(await client.append([1], index, to: id).status == status)
    }

    @Test func `in a piece over 4 MiB is answered 413 without a body`() async throws {
        let client = try await Client()
        let begin: Value = ["media_type": "video/mp4", "total_bytes": 9_000_000, "media_category": "tweet_video"]
        let id = await client.x("POST", "/2/media/upload/initialize", begin).json["data"]?["id"]?.string ?? ""
        let reply = await client.append([UInt8](repeating: 0, count: (4 << 20) + 1), 0, to: id)
        #expect(reply.status == 413)
        #expect(reply.answer.body.isEmpty)
    }

    @Test func `may come as JSON in base 64`() async throws {
        let client = try await Client()
        let bytes = SmallVideo().bytes
        let begin: Value = [
            "media_type": "video/mp4", "total_bytes": .integer(bytes.count), "media_category": "tweet_video",
        ]
        let id = await client.x("POST", "/2/media/upload/initialize", begin).json["data"]?["id"]?.string ?? ""
        let body: Value = ["segment_index": 0, "media": .string(Data(bytes).base64EncodedString())]
        #expect(await client.x("POST", "/2/media/upload/\(id)/append", body).status == 200)
        #expect(await client.x("POST", "/2/media/upload/\(id)/finalize", mark: "").status == 200)
        let picture: Value = [
            "media_category": "tweet_image", "media": .string(Data(SmallPictures.jpeg(8, 8)).base64EncodedString()),
        ]
        #expect(await client.x("POST", "/2/media/upload", picture).status == 200)
    }

    @Test(
        arguments: [
            (SmallVideo(seconds: 140), nil), (SmallVideo(seconds: 0.5), nil),
            (SmallVideo(width: 1280, height: 1024), nil),
            (SmallVideo(width: 1280, height: 430), nil), (SmallVideo(framesPerSecond: 60), nil),
            (SmallVideo(profile: 66, channels: 0, isFastStart: false, isEdited: true), nil),
            (
                SmallVideo(seconds: 149.35),
                "Duration 2.minutes+29.seconds+350.milliseconds exceeds max duration of 2.minutes+20.seconds"
            ),
            (SmallVideo(seconds: 0.4), "under 0.5"), (SmallVideo(width: 1920, height: 1080), "Dimensions"),
            (SmallVideo(width: 24, height: 48), "Dimensions"), (SmallVideo(width: 1280, height: 400), "Aspect"),
            (SmallVideo(framesPerSecond: 90), "Frame rate"), (SmallVideo(codec: "hvc1"), "codec"),
            (SmallVideo(profile: 122), "codec"), (SmallVideo(channels: 6), "Audio"),
            (SmallVideo(brand: "qt  "), "invalid"),
        ] as [(SmallVideo, String?)])
    func `fails while it is processed when it breaks a rule`(_ video: SmallVideo, _ sentence: String?) async throws {
        let client = try await Client()
        let end = await client.chunked(video.bytes, "video/mp4", "tweet_video")
        let id = try #require(end.json["data"]?["id"]?.string)
        let info = await client.settled(id)
        #expect(info?["state"]?.string == (sentence == nil ? "succeeded" : "failed"))
        if let sentence {
            #expect(info?["error"]?["message"]?.string?.contains(sentence) == true)
            #expect(info?["error"]?["name"]?.string == (sentence == "invalid" ? "InvalidMedia" : "UnsupportedMedia"))
            let post: Value = ["media": ["media_ids": [.string(id)]]]
            #expect(
                await client.x("POST", "/2/tweets", post).json["errors"]?.array?.first?["message"]?.string
                    == "Your media IDs are invalid.")
        }
    }

    @Test func `may be long or 1080p for accounts that may`() async throws {
        let client = try await Client()
        let long = SmallVideo(width: 1920, height: 1080, seconds: 600).bytes
        #expect(await client.chunked(long, "video/mp4", "amplify_video").status == 403)
        let end = await client.chunked(long, "video/mp4", "amplify_video", mark: "+premium")
        let id = end.json["data"]?["id"]?.string ?? ""
        #expect(end.json["data"]?["media_key"]?.string == "13_\(id)")
        #expect(await client.settled(id, mark: "+premium")?["state"]?.string == "succeeded")
    }

    @Test func `may take its time on the clock and tells its progress`() async throws {
        let client = try await Client()
        await client.fault(["network": "x", "operation": "upload", "nth": 3, "fault": "slow-processing", "seconds": 60])
        let id = await client.chunked(SmallVideo().bytes, "video/mp4", "tweet_video").json["data"]?["id"]?.string ?? ""
        await client.setClock("2026-12-01T09:00:30Z")
        let half = await client.x("GET", "/2/media/upload?command=STATUS&media_id=\(id)", mark: "").json["data"]
        #expect(half?["processing_info"] == ["state": "in_progress", "check_after_secs": 10, "progress_percent": 50])
        await client.setClock("2026-12-01T09:01:00Z")
        #expect(await client.settled(id)?["state"]?.string == "succeeded")
    }

    @Test(
        arguments: [
            ("tweet_video", "video/webm", 10, 400), ("tweet_video", "video/quicktime", 512 << 20, 200),
            ("tweet_video", "video/mp4", (512 << 20) + 1, 400), ("tweet_gif", "image/gif", (15 << 20) + 1, 400),
            ("tweet_gif", "image/png", 10, 400), ("tweet_image", "image/webp", 5 << 20, 200),
            ("tweet_image", "image/jpeg", (5 << 20) + 1, 400), ("tweet_image", "video/mp4", 10, 400),
            ("subtitles", "text/srt", 10, 200), ("dm_video", "video/mp4", 10, 400),
            ("tweet_video", "video/mp4", 0, 400),
        ])
    func `has a category that goes with its type and size`(
        _ category: String, _ type: String, _ total: Int, _ status: Int
    ) async throws {
        let client = try await Client()
        let begin: Value = [
            "media_type": .string(type), "total_bytes": .integer(total), "media_category": .string(category),
        ]
        #expect(await client.x("POST", "/2/media/upload/initialize", begin).status == status)
    }

    @Test func `belongs to its uploader and to additional owners`() async throws {
        let client = try await Client()
        let bytes = SmallPictures.png(30, 30)
        let begin: Value = [
            "media_type": "image/png", "total_bytes": .integer(bytes.count), "media_category": "tweet_image",
            "additional_owners": [.string(SandboxCredentials.xUserID("friend"))],
        ]
        let id = await client.x("POST", "/2/media/upload/initialize", begin).json["data"]?["id"]?.string ?? ""
        #expect(await client.append(bytes, 0, to: id).status == 200)
        _ = await client.x("POST", "/2/media/upload/\(id)/finalize", mark: "")
        let post: Value = ["media": ["media_ids": [.string(id)]]]
        #expect(await client.x("POST", "/2/tweets", post, account: "stranger").status == 400)
        #expect(await client.x("POST", "/2/tweets", post, account: "friend").status == 201)
    }

    @Test func `leaves nothing behind but what is shown`() async throws {
        let folder = try MediaFolder()
        let client = Client(try Sandbox(state: folder.path))
        await client.setClock("2026-12-01T09:00:00Z")
        _ = await client.chunked(SmallVideo(count: 3 << 20).bytes, "video/mp4", "tweet_video")
        let picture = await client.uploaded(SmallPictures.jpeg(8, 8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/media") == ["x-\(picture)"])
        let state = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/sandbox.json"))
        #expect(state.count < 10_000)
    }
}

@Suite struct `A GIF on X` {
    @Test(
        arguments: [
            (8, 8, 2, nil), (1280, 1080, 2, nil), (1281, 8, 2, "Dimensions"), (8, 8, 351, "Frame count"),
            (1280, 1080, 250, "300 million"), (8, 8, 1, "one frame"),
        ] as [(Int, Int, Int, String?)])
    func `has limits of size, frames and both together`(
        _ width: Int, _ height: Int, _ frames: Int, _ sentence: String?
    ) async throws {
        let client = try await Client()
        let end = await client.chunked(SmallPictures.gif(width, height, frames: frames), "image/gif", "tweet_gif")
        let info = await client.settled(end.json["data"]?["id"]?.string ?? "")
        #expect(info?["state"]?.string == (sentence == nil ? "succeeded" : "failed"))
        if let sentence { #expect(info?["error"]?["message"]?.string?.contains(sentence) == true) }
    }
}

@Suite struct `Words about media on X` {
    private let srt = Array("1\n00:00:01,000 --> 00:00:02,000\nHello\n".utf8)

    private func subtitles(_ client: Client, _ bytes: [UInt8]) async -> Reply {
        let (type, body) = Client.form([("media_category", nil, Array("subtitles".utf8)), ("media", "a.srt", bytes)])
        return await client.x("POST", "/2/media/upload", [("Content-Type", type)], body)
    }

    @Test func `are subtitles by language, added and taken away`() async throws {
        let client = try await Client()
        let film = await client.chunked(SmallVideo().bytes, "video/mp4", "tweet_video").json["data"]?["id"] ?? .null
        let text = await subtitles(client, srt).json["data"]?["id"] ?? .null
        #expect(await subtitles(client, Array("Hello".utf8)).status == 400)
        func add(_ language: String, to id: Value, _ category: String = "TweetVideo") async -> Int {
            await client.x(
                "POST", "/2/media/subtitles",
                [
                    "id": id, "media_category": .string(category),
                    "subtitles": ["id": text, "language_code": .string(language), "display_name": "Words"],
                ]
            ).status
        }
        #expect(await add("EN", to: film) == 200)
        #expect(await add("DE", to: film) == 200)
        #expect(await add("en", to: film) == 400)
        #expect(await add("EN", to: film, "AmplifyVideo") == 400)
        #expect(await add("EN", to: text) == 400)
        let gone: Value = ["id": film, "media_category": "TweetVideo", "language_code": "EN"]
        #expect(await client.x("DELETE", "/2/media/subtitles", gone).json["data"]?["deleted"]?.bool == true)
        #expect(await client.x("DELETE", "/2/media/subtitles", gone).status == 400)
        _ = await client.settled(film.string ?? "")
        _ = await client.x("POST", "/2/tweets", ["text": "Film", "media": ["media_ids": [film]]])
        #expect(await client.posts.first?["media"]?.array?.first?["captions"] == ["DE"])
    }

    @Test func `are a description of at most 1000 characters, for pictures`() async throws {
        let client = try await Client()
        let film = await client.chunked(SmallVideo().bytes, "video/mp4", "tweet_video").json["data"]?["id"] ?? .null
        let picture = Value.string(await client.uploaded(SmallPictures.jpeg(8, 8)))
        func describe(_ id: Value, _ text: String) async -> Int {
            let words: Value = ["alt_text": ["text": .string(text)], "sensitive_media_warning": ["other": true]]
            return await client.x("POST", "/2/media/metadata", ["id": id, "metadata": words]).status
        }
        #expect(await describe(picture, String(repeating: "ü", count: 1000)) == 200)
        #expect(await describe(picture, String(repeating: "ü", count: 1001)) == 400)
        #expect(await describe(film, "A film") == 400)
        #expect(await describe("5", "Nothing") == 400)
        let unknown: Value = ["id": picture, "metadata": ["mood": "blue"]]
        #expect(await client.x("POST", "/2/media/metadata", unknown).status == 400)
    }

    @Test func `are title, description and preview of a film`() async throws {
        let client = try await Client()
        let film = await client.chunked(SmallVideo().bytes, "video/mp4", "tweet_video").json["data"]?["id"] ?? .null
        let picture = Value.string(await client.uploaded(SmallPictures.jpeg(8, 8)))
        _ = await client.settled(film.string ?? "")
        let wrong: Value = ["text": "a", "media": ["media_ids": [picture], "title": "No film"]]
        #expect(await client.x("POST", "/2/tweets", wrong).status == 400)
        let media: Value = [
            "media_ids": [film], "title": "Launch", "description": "Words", "preview_media_id": picture,
            "call_to_actions": ["watch_now": ["url": "https://example.com"]],
        ]
        #expect(await client.x("POST", "/2/tweets", ["text": "b", "media": media]).status == 201)
        #expect(await client.posts.first?["media"]?.array?.first?["title"]?.string == "Launch")
    }
}
