import HTTP
import JSON
import Posts

/// Uploads the media of a post and gives them their words.
struct XMedia: Sendable {
    let client: XClient

    /// Each file uploaded, as far as the draft does not have it. Repeatable.
    func prepare(_ files: [MediaFile], resuming draft: XDraft?) async throws(PlatformFailure) -> Preparation<XDraft> {
        let items = try await concurrently(Array(files.enumerated())) {
            item async throws(PlatformFailure) -> XUpload.Progress in
            let kept = draft.flatMap { $0.media.indices.contains(item.offset) ? $0.media[item.offset] : nil }
            return try await XUpload(client: client, file: item.element).advance(kept)
        }
        let made = XDraft(media: items.map(\.media))
        guard let look = items.compactMap(\.lookAgain).min() else { return .ready(made) }
        return .notYet(made, lookAgain: look)
    }

    /// X may have lost an upload that is not fresh; a fresh one that it calls invalid will be invalid again.
    func judged(_ failure: PlatformFailure, of draft: XDraft) -> PlatformFailure {
        let now = client.session.clock.now
        guard failure.code == "x.media-invalid",
            draft.media.contains(where: { now - $0.begun > XMediaRules.freshMedia })
        else { return failure }
        var failure = failure
        (failure.kind, failure.hint) = (.retryable, "the media are uploaded anew")
        return failure
    }
}
