import HTTP
import JSON
import Posts

/// What an answer says of an upload; older ones have no `data`, and other names.
struct XUploadAnswer {
    private let client: XClient
    private let response: Response
    private let data: JSON?

    init(_ response: Response, of client: XClient) throws(PlatformFailure) {
        (self.response, self.client) = (response, client)
        let body = response.json
        data = body?["data"] ?? body
    }

    /// A new upload, as yet without a word on how far it is.
    func media(_ file: MediaFile, at now: Instant) throws(PlatformFailure) -> XDraft.Media {
        let ids = [data?["id"], data?["media_id_string"], data?["media_id"]]
        guard let id = ids.lazy.compactMap({ $0?.identifier }).first else {
            throw client.errors.unreadable(response, to: .uploading, without: "the id of the upload")
        }
        let expires = expires(at: now) ?? now + XMediaRules.mediaLife - XMediaRules.mediaMargin
        return XDraft.Media(id: id, digest: file.digest, begun: now, expires: expires, stage: .uploaded)
    }

    /// Until when the upload may be used, by our reckoning; nil if it does not say.
    func expires(at now: Instant) -> Instant? {
        data?["expires_after_secs"]?.integer.map { now + .seconds(min(max($0, 0), 1 << 31)) - XMediaRules.mediaMargin }
    }

    /// When to look again at an upload that X works on; nil when it is ready.
    func processing(at now: Instant) throws(PlatformFailure) -> Instant? {
        guard let info = data?["processing_info"], info.object != nil else { return nil }
        let state = info["state"]?.string
        // An error counts whatever the state says; it was seen with `in_progress`.
        if info["error"]?.object != nil || state == "failed" {
            let reason = info["error"]?["message"]?.string ?? info["error"]?["name"]?.string ?? "it does not say why"
            throw PlatformFailure(
                .permanent, code: "x.media-refused", "X cannot use the file: \(client.session.quotable(reason))",
                status: response.status)
        }
        guard state != "succeeded" else { return nil }
        let wait = info["check_after_secs"]?.integer.map { Duration.seconds(min(max($0, 1), 600)) }
        return now + (wait ?? XMediaRules.look)
    }
}
