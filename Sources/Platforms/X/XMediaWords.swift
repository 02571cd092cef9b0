import HTTP
import JSON
import Posts

/// What goes with an upload: the alt text of a picture, the subtitles and the preview of a video. Repeatable.
struct XMediaWords: Sendable {
    let client: XClient
    let file: MediaFile

    func add(to media: inout XDraft.Media) async throws(PlatformFailure) {
        if XPrice.isDescribed(file), let alt = file.alt {
            _ = try await client.send(
                .uploading, .post, "/2/media/metadata",
                body: .json(["id": JSON(media.id), "metadata": ["alt_text": ["text": JSON(alt)]]]))
        }
        guard file.info.isVideo else { return }
        if let captions = file.captions { try await add(captions, to: media.id) }
        if let thumbnail = file.thumbnail, media.preview == nil {
            media.preview = try await upload(thumbnail, "tweet_image")
        }
    }

    private func add(_ captions: MediaFile, to id: String) async throws(PlatformFailure) {
        let category = XMediaRules.category(of: file.info, isPremium: client.session.account.isPremium)
        guard let language = XVideoCheck.language(of: captions), let video = XMediaRules.subtitledCategories[category]
        else { return }
        let subtitles = try await upload(captions, "subtitles")
        _ = try await client.send(
            .uploading, .post, "/2/media/subtitles",
            body: .json([
                "id": JSON(id), "media_category": JSON(video),
                "subtitles": [
                    "id": JSON(subtitles), "language_code": JSON(language),
                    "display_name": JSON(XMediaRules.languages[language] ?? language),
                ],
            ]))
    }

    private func upload(_ companion: MediaFile, _ category: String) async throws(PlatformFailure) -> String {
        let source = try await client.session.media.open(companion)
        return try await XWholeFile(client: client).upload(source, of: companion, category).id
    }
}
