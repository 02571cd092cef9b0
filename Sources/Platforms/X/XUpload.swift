import HTTP
import JSON
import Posts

/// One file on its way to X: begun, sent in pieces, worked on, given its words. A call goes on from where the last one
/// ended, so that a run that breaks off loses little. All of it is repeatable.
struct XUpload: Sendable {
    let client: XClient
    let file: MediaFile

    /// How far the file is, and when to go on; nil when it is ready.
    struct Progress: Sendable {
        var media: XDraft.Media
        var lookAgain: Instant?
    }

    var now: Instant { client.session.clock.now }

    func advance(_ kept: XDraft.Media?) async throws(PlatformFailure) -> Progress {
        guard let kept, kept.digest == file.digest, kept.expires > now else { return try await begin() }
        var media = kept
        let failure: PlatformFailure
        do {
            let look = try await goOn(&media)
            if media.stage != kept.stage { media.troubles = 0 }
            return Progress(media: media, lookAgain: look)
        } catch { failure = error }
        if failure.status == 413, case .sending(_, let piece) = media.stage {
            return try await beginSmaller(than: piece, failure)
        }
        switch failure.kind {
        case .retryable, .after:
            let isMoving = media.stage != kept.stage
            media.troubles = isMoving ? 0 : kept.troubles + 1
            if media.troubles < XMediaRules.mostTroubles, isOnTheWay(failure) {
                var look = now + XRules.pause
                if case .after(let moment) = failure.kind { look = moment }
                return Progress(media: media, lookAgain: look)
            }
        case .permanent, .auth, .account, .config, .ambiguous: break
        }
        guard !kept.isSecond, isForgotten(failure) else { throw failure }
        return try await begin(isSecond: true)
    }

    private static let slow = "x.media-slow"

    /// Trouble between here and X, not with the file.
    private func isOnTheWay(_ failure: PlatformFailure) -> Bool {
        failure.code.hasPrefix("x.") && failure.code != Self.slow
    }

    /// X no longer knows the upload, or never finished hearing of it.
    private func isForgotten(_ failure: PlatformFailure) -> Bool { failure.status == 400 || failure.status == 404 }

    /// The edge refuses pieces that the API would take; an upload keeps the size of its pieces.
    private func beginSmaller(than piece: Int, _ failure: PlatformFailure) async throws(PlatformFailure) -> Progress {
        let half = piece / 2
        guard half >= XMediaRules.smallestPiece, half * XMediaRules.mostPieces >= file.info.byteCount else {
            throw failure
        }
        return try await begin(piece: half)
    }

    /// Still pictures go up at once. Of others the id is told as soon as there is one.
    private func begin(piece: Int? = nil, isSecond: Bool = false) async throws(PlatformFailure) -> Progress {
        let category = XMediaRules.category(of: file.info, isPremium: client.session.account.isPremium)
        let source = try await client.session.media.open(file)
        if category == "tweet_image" {
            var media = try await XWholeFile(client: client).upload(source, of: file, category)
            let look = try await goOn(&media)
            return Progress(media: media, lookAgain: look)
        }
        let count = source.byteCount
        let response = try await client.send(
            .uploading, .post, "/2/media/upload/initialize",
            body: .json([
                "media_type": JSON(source.contentType), "total_bytes": JSON(count), "media_category": JSON(category),
            ]))
        var media = try XUploadAnswer(response, of: client).media(file, at: now)
        let size = max(XMediaRules.piece, (count + XMediaRules.mostPieces - 1) / XMediaRules.mostPieces)
        media.stage = .sending(next: 0, piece: piece ?? size)
        media.isSecond = isSecond
        return Progress(media: media, lookAgain: now)
    }

    /// As far as it goes now; when to go on, or nil when the file is ready. What was reached is in `media` also if it
    /// throws.
    private func goOn(_ media: inout XDraft.Media) async throws(PlatformFailure) -> Instant? {
        if case .sending = media.stage {
            guard try await XPieces(client: client, file: file).send(&media) else { return now }
            let response = try await client.send(
                .uploading, .post, "/2/media/upload/\(percentEncoded(media.id))/finalize")
            let answer = try XUploadAnswer(response, of: client)
            let look = try answer.processing(at: now)
            media.expires = answer.expires(at: now) ?? media.expires
            media.stage = look == nil ? .uploaded : .processing(since: now)
            if let look { return look }
        }
        if case .processing(let since) = media.stage {
            if let look = try await look(at: media, since: since) { return look }
            media.stage = .uploaded
        }
        if media.stage == .uploaded {
            try await XMediaWords(client: client, file: file).add(to: &media)
            media.stage = .ready
        }
        return nil
    }

    private func look(at media: XDraft.Media, since: Instant) async throws(PlatformFailure) -> Instant? {
        let response = try await client.send(
            .uploading, .get, "/2/media/upload", query: [("command", "STATUS"), ("media_id", media.id)])
        guard let look = try XUploadAnswer(response, of: client).processing(at: now) else { return nil }
        guard now - since < XMediaRules.longestProcessing else {
            throw PlatformFailure(.retryable, code: Self.slow, "X still works on the upload \(media.id)")
        }
        return look
    }
}
