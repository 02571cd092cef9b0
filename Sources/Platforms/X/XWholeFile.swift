import HTTP
import Posts

/// Uploads a small file in one request: a picture, or subtitles. Repeatable.
struct XWholeFile: Sendable {
    let client: XClient

    func upload(
        _ source: any OpenMedia, of file: MediaFile, _ category: String
    ) async throws(PlatformFailure) -> XDraft.Media {
        let response = try await client.send(
            .uploading, .post, "/2/media/upload",
            body: .parts([
                .media(try source.bytes(), type: source.contentType), .field("media_category", category),
            ]))
        let now = client.session.clock.now
        let answer = try XUploadAnswer(response, of: client)
        var media = try answer.media(file, at: now)
        if try answer.processing(at: now) != nil { media.stage = .processing(since: now) }
        return media
    }
}

extension XClient.Part {
    /// The bytes of a file, under a name that says nothing.
    static func media(_ bytes: [UInt8], type: String) -> XClient.Part {
        XClient.Part(name: "media", fileName: "media", type: type, bytes: bytes)
    }
}
