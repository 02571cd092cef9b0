import HTTP
import JSON
import Posts

/// Where the parts of a video go.
struct VideoUpload: Sendable {
    struct Part: Sendable {
        let url: String
        let range: Range<Int>
    }

    let urn: String
    let token: String
    let parts: [Part]
    let captions: String?
    let thumbnail: String?
}

/// The videos of a session whose parts are on their way, by their URNs. Their URLs are as good as a token, so that they
/// are kept nowhere else.
actor OpenVideos {
    private var uploads: [String: VideoUpload] = [:]

    subscript(_ urn: String) -> VideoUpload? { uploads[urn] }
    func keep(_ upload: VideoUpload) { uploads[upload.urn] = upload }
    func forget(_ urn: String) { uploads[urn] = nil }
}

/// A video on its way: opened, put in the parts that LinkedIn asks for, finalized.
struct LinkedInVideo {
    let client: LinkedInClient

    /// Puts the parts that are missing, reading a few of them at a time. What came through stays in the asset, whatever
    /// becomes of the rest. Repeatable.
    func upload(_ file: MediaFile, _ asset: inout LinkedInDraft.Asset, owner: String) async -> PlatformFailure? {
        do throws(PlatformFailure) {
            let media = try await client.session.media.open(file)
            let upload = try await opened(asset, file, media, owner: owner)
            if asset.urn != upload.urn || asset.parts.count != upload.parts.count {
                asset.urn = upload.urn
                asset.parts = upload.parts.map { _ in "" }
            }
            try await put(upload, media, &asset.parts)
            try await putCompanions(of: file, upload)
            try await finalize(upload, asset.parts)
            await client.videos.forget(upload.urn)
            return nil
        } catch {
            if error.code == "linkedin.upload-expired" {
                if let urn = asset.urn { await client.videos.forget(urn) }
                (asset.urn, asset.parts) = (nil, [])
            }
            return error
        }
    }

    private func opened(
        _ asset: LinkedInDraft.Asset, _ file: MediaFile, _ media: any OpenMedia, owner: String
    ) async throws(PlatformFailure) -> VideoUpload {
        if let urn = asset.urn, let upload = await client.videos[urn] { return upload }
        let response = try await client.send(
            .post, "/videos?action=initializeUpload",
            body: [
                "initializeUploadRequest": [
                    "owner": JSON(owner), "fileSizeBytes": JSON(media.byteCount),
                    "uploadCaptions": .bool(file.captions != nil), "uploadThumbnail": .bool(file.thumbnail != nil),
                ]
            ])
        guard let upload = VideoUpload(response.json?["value"], byteCount: media.byteCount) else {
            throw client.errors.unreadable(response, to: .repeatable, "the parts of the upload")
        }
        await client.videos.keep(upload)
        return upload
    }

    private func put(
        _ upload: VideoUpload, _ media: any OpenMedia, _ tags: inout [String]
    ) async throws(PlatformFailure) {
        var missing = upload.parts.indices.filter { tags[$0].isEmpty }[...]
        while !missing.isEmpty {
            let batch = Array(missing.prefix(LinkedInRules.partsAtOnce))
            missing = missing.dropFirst(batch.count)
            let outcomes = try await concurrently(batch) { index throws(PlatformFailure) in
                await tag(upload.parts[index], media)
            }
            for (index, outcome) in zip(batch, outcomes) {
                if case .success(let tag) = outcome { tags[index] = tag }
            }
            for outcome in outcomes { _ = try outcome.get() }
        }
    }

    /// What LinkedIn calls a part that it has taken, without quotes around it.
    private func tag(_ part: VideoUpload.Part, _ media: any OpenMedia) async -> Result<String, PlatformFailure> {
        do throws(PlatformFailure) {
            let response = try await client.put(
                try media.bytes(in: part.range), to: part.url,
                headers: ["Content-Type": "application/octet-stream"], withToken: false)
            let tag = response.headers["ETag"]?.trimmingQuotes ?? ""
            guard !tag.isEmpty else { throw client.errors.unreadable(response, to: .repeatable, "the part's ETag") }
            return .success(tag)
        } catch {
            return .failure(error)
        }
    }

    private func putCompanions(of file: MediaFile, _ upload: VideoUpload) async throws(PlatformFailure) {
        if let captions = file.captions, let url = upload.captions {
            let form = CaptionsForm(try await client.session.media.open(captions).bytes())
            try await client.put(form.body, to: url, headers: ["Content-Type": form.contentType], withToken: false)
        }
        if let thumbnail = file.thumbnail, let url = upload.thumbnail {
            let media = try await client.session.media.open(thumbnail)
            try await client.put(
                try media.bytes(), to: url,
                headers: ["Content-Type": media.contentType, "media-type-family": "STILLIMAGE"], withToken: false)
        }
    }

    private func finalize(_ upload: VideoUpload, _ tags: [String]) async throws(PlatformFailure) {
        _ = try await client.send(
            .post, "/videos?action=finalizeUpload",
            body: [
                "finalizeUploadRequest": [
                    "video": JSON(upload.urn), "uploadToken": JSON(upload.token),
                    "uploadedPartIds": .array(tags.map { JSON($0) }),
                ]
            ])
    }
}

extension VideoUpload {
    /// nil if the parts are not the file from its first byte to its last.
    fileprivate init?(_ value: JSON?, byteCount: Int) {
        guard let urn = value?["video"]?.string, let instructions = value?["uploadInstructions"]?.array else {
            return nil
        }
        var (parts, end) = ([Part](), 0)
        for instruction in instructions {
            guard let url = instruction["uploadUrl"]?.string, instruction["firstByte"]?.integer == end,
                let last = instruction["lastByte"]?.integer, last >= end, last < byteCount
            else { return nil }
            parts.append(Part(url: url, range: end..<last + 1))
            end = last + 1
        }
        guard end == byteCount, end > 0 else { return nil }
        self.init(
            urn: urn, token: value?["uploadToken"]?.string ?? "", parts: parts,
            captions: value?["captionsUploadUrl"]?.string, thumbnail: value?["thumbnailUploadUrl"]?.string)
    }
}

/// Subtitles as the form that LinkedIn wants.
private struct CaptionsForm {
    let contentType: String
    let body: [UInt8]

    init(_ captions: [UInt8]) {
        // Nothing that SubRip files hold looks like it; if one does, the boundary grows.
        var boundary = "socials-pipeline-captions"
        let text = String(decoding: captions, as: UTF8.self)
        while text.contains(boundary) { boundary += "-x" }
        let metadata: JSON = ["format": "SRT", "source": "USER_PROVIDED", "transcriptType": "CLOSED_CAPTION"]
        var body = Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"metadata\"\r\n".utf8)
        body += Array("Content-Type: application/json\r\n\r\n".utf8) + metadata.compact()
        body += Array("\r\n--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; ".utf8)
        body += Array("filename=\"captions.srt\"\r\nContent-Type: application/x-subrip\r\n\r\n".utf8)
        body += captions + Array("\r\n--\(boundary)--\r\n".utf8)
        self.body = body
        contentType = "multipart/form-data; boundary=\(boundary)"
    }
}

extension String {
    /// Without the quotes that stand around most ETags.
    fileprivate var trimmingQuotes: String {
        hasPrefix("\"") && hasSuffix("\"") && count > 1 ? String(dropFirst().dropLast()) : self
    }
}
