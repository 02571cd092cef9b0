import Foundation
import HTTP
import JSON
import Posts

@testable import Platforms

/// An account on X with the keys of OAuth 1.0a, as its user 42.
enum XFixtures {
    static let account = Account(id: AccountID(.x, "acme"))
    static let premium: Account = {
        var account = Account(id: AccountID(.x, "acme"))
        account.isPremium = true
        return account
    }()
    static let place = Diagnostic.Place(path: "posts/a.md", line: 5)
    static let oauth1 = [
        "CONSUMER_KEY": "consumer", "CONSUMER_SECRET": "consumer secret", "ACCESS_TOKEN": "42-token",
        "ACCESS_TOKEN_SECRET": "token secret",
    ]
    static let now = TestClock(at: "2026-09-01T09:00:00Z").now

    static func platform(
        _ transport: ScriptedTransport, credentials: [String: String] = oauth1, media: [String: [UInt8]] = [:],
        clock: TestClock = TestClock(XFixtures.now), account: Account = account
    ) -> XPlatform {
        XPlatform(
            session(
                account: account, credentials: credentials, transport: transport, clock: clock,
                media: TestMedia(files: media)))
    }

    static func file(
        _ path: String, alt: String? = "A red bicycle", format: MediaInfo.Format = .jpeg, width: Int = 800,
        height: Int = 600, bytes: Int = 1000, frames: Int = 1
    ) -> MediaFile {
        MediaFile(
            reference: MediaReference(path: path, alt: alt, place: place),
            info: MediaInfo(format: format, width: width, height: height, byteCount: bytes, frameCount: frames),
            digest: "sha256:\(path)")
    }

    static func video(
        _ path: String = "a.mp4", format: MediaInfo.Format = .mp4, width: Int = 1280, height: Int = 720,
        bytes: Int = 1000, duration: Duration? = .seconds(5), alt: String? = nil, codec: String? = "avc1",
        sound: String? = "mp4a"
    ) -> MediaFile {
        var file = file(path, alt: alt, format: format, width: width, height: height, bytes: bytes)
        file.info.duration = duration
        (file.info.videoCodec, file.info.audioCodec) = (codec, sound)
        return file
    }

    static func captions(_ path: String, format: MediaInfo.Format = .subRip) -> MediaFile {
        file(path, alt: nil, format: format, width: 0, height: 0)
    }

    /// An upload as a draft keeps it.
    static func upload(
        _ id: String, digest: String = "sha256:a.jpg", begun: Instant = now, expires: Instant = now + .hours(24),
        _ stage: XDraft.Stage = .ready
    ) -> XDraft.Media {
        XDraft.Media(id: id, digest: digest, begun: begun, expires: expires, stage: stage)
    }

    static func content(_ parts: [String], media: [MediaFile] = []) -> Content {
        Content(
            post: "posts/a.md", account: account,
            parts: parts.map { Content.Part(text: $0, place: place) }, media: media, place: place)
    }

    /// The id of a post that was made at a moment.
    static func id(_ moment: Instant, _ number: Int64 = 1) -> String { String(XPost.firstID(at: moment) + number) }

    /// A file of vectors, e.g. `oauth1-vectors`.
    static func table(_ name: String) throws -> JSON {
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/clients/x/\(name).json")
        return try JSON(parsing: Data(contentsOf: fixtures))
    }

    static func receipt(_ id: String) -> Receipt { Receipt(id: id, url: nil, publishedAt: now) }
}
