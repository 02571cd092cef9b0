import HTTP
import JSON
import Posts

/// Uploads the pictures of a post and gives them their alt texts.
struct XMedia: Sendable {
    let client: XClient

    private var now: Instant { client.session.clock.now }

    /// Each file uploaded, unless the draft has it. Repeatable.
    func prepare(_ files: [MediaFile], resuming draft: XDraft?) async throws(PlatformFailure) -> Preparation<XDraft> {
        let items = try await concurrently(Array(files.enumerated())) { item async throws(PlatformFailure) -> Upload in
            let kept = draft.flatMap { $0.media.indices.contains(item.offset) ? $0.media[item.offset] : nil }
            return try await upload(item.element, kept: kept)
        }
        let made = XDraft(media: items.map(\.media))
        guard let look = items.compactMap(\.lookAgain).min() else { return .ready(made) }
        return .notYet(made, lookAgain: look)
    }

    /// One file's upload, and when to look again if X still works on it.
    private struct Upload: Sendable {
        var media: XDraft.Media
        var lookAgain: Instant?
    }

    private func upload(_ file: MediaFile, kept: XDraft.Media?) async throws(PlatformFailure) -> Upload {
        var upload: Upload
        if let kept, kept.digest == file.digest, kept.expires > now {
            guard let since = kept.processingSince else { return Upload(media: kept) }
            upload = try await look(at: kept, since: since)
        } else if file.info.isAnimated {
            upload = try await uploadInPieces(file)
        } else {
            upload = try await uploadAtOnce(file)
        }
        if upload.lookAgain == nil, let alt = file.alt, !alt.isEmpty {
            _ = try await client.send(
                .uploading, .post, "/2/media/metadata",
                body: .json(["id": JSON(upload.media.id), "metadata": ["alt_text": ["text": JSON(alt)]]]))
        }
        return upload
    }

    private func uploadAtOnce(_ file: MediaFile) async throws(PlatformFailure) -> Upload {
        let bytes = try await client.session.media.open(file).bytes()
        let response = try await client.send(
            .uploading, .post, "/2/media/upload",
            body: .parts([.media(bytes, type: file.info.contentType), .field("media_category", "tweet_image")]))
        return try self.upload(response, of: file)
    }

    private func uploadInPieces(_ file: MediaFile) async throws(PlatformFailure) -> Upload {
        let bytes = try await client.session.media.open(file).bytes()
        let piece = max(XRules.piece, (bytes.count + XRules.mostPieces - 1) / XRules.mostPieces)
        do { return try await upload(bytes, of: file, piece: piece) } catch {
            // The edge refuses pieces that the API would take; an upload keeps the size of its pieces.
            guard error.status == 413, piece / 2 * XRules.mostPieces >= bytes.count else { throw error }
            return try await upload(bytes, of: file, piece: piece / 2)
        }
    }

    private func upload(_ bytes: [UInt8], of file: MediaFile, piece: Int) async throws(PlatformFailure) -> Upload {
        let begun = try await client.send(
            .uploading, .post, "/2/media/upload/initialize",
            body: .json([
                "media_type": JSON(file.info.contentType), "total_bytes": JSON(bytes.count),
                "media_category": "tweet_gif",
            ]))
        let id = percentEncoded(try self.upload(begun, of: file).media.id)
        for (index, start) in stride(from: 0, to: bytes.count, by: piece).enumerated() {
            let segment = Array(bytes[start..<min(start + piece, bytes.count)])
            _ = try await client.send(
                .uploading, .post, "/2/media/upload/\(id)/append",
                body: .parts([
                    .field("segment_index", String(index)), .media(segment, type: "application/octet-stream"),
                ]))
        }
        return try self.upload(try await client.send(.uploading, .post, "/2/media/upload/\(id)/finalize"), of: file)
    }

    private func look(at media: XDraft.Media, since: Instant) async throws(PlatformFailure) -> Upload {
        let response = try await client.send(
            .uploading, .get, "/2/media/upload", query: [("command", "STATUS"), ("media_id", media.id)])
        var media = media
        guard let look = try processing(response) else {
            media.processingSince = nil
            return Upload(media: media)
        }
        guard now - since < XRules.longestProcessing else {
            throw PlatformFailure(.retryable, code: "x.media-slow", "X still works on the upload \(media.id)")
        }
        return Upload(media: media, lookAgain: look)
    }

    /// What an answer says of an upload; older ones have no `data`, and other names.
    private func upload(_ response: Response, of file: MediaFile) throws(PlatformFailure) -> Upload {
        let body = response.json
        let data = body?["data"] ?? body
        guard
            let id = [data?["id"], data?["media_id_string"], data?["media_id"]].lazy.compactMap({ $0?.identifier })
                .first
        else { throw client.errors.unreadable(response, to: .uploading, without: "the id of the upload") }
        let life = data?["expires_after_secs"]?.integer.map { Duration.seconds(min($0, 1 << 31)) } ?? XRules.mediaLife
        let look = try processing(response)
        return Upload(
            media: XDraft.Media(
                id: id, digest: file.digest, expires: now + life - XRules.mediaMargin,
                processingSince: look == nil ? nil : now),
            lookAgain: look)
    }

    /// When to look again at an upload that X works on; nil when it is ready.
    private func processing(_ response: Response) throws(PlatformFailure) -> Instant? {
        let body = response.json
        guard let info = (body?["data"] ?? body)?["processing_info"], info.object != nil else { return nil }
        let state = info["state"]?.string
        // An error counts whatever the state says; it was seen with `in_progress`.
        if info["error"]?.object != nil || state == "failed" {
            let reason = info["error"]?["message"]?.string ?? info["error"]?["name"]?.string ?? "it does not say why"
            throw PlatformFailure(
                .permanent, code: "x.media-refused", "X cannot use the file: \(client.session.quotable(reason))",
                status: response.status)
        }
        guard state != "succeeded" else { return nil }
        return now + (info["check_after_secs"]?.integer.map { Duration.seconds(min(max($0, 1), 600)) } ?? XRules.look)
    }
}

extension XClient.Part {
    /// The bytes of a file, under a name that says nothing.
    fileprivate static func media(_ bytes: [UInt8], type: String) -> XClient.Part {
        XClient.Part(name: "media", fileName: "media", type: type, bytes: bytes)
    }
}
