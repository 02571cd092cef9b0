internal import HTTPServer
internal import Pictures

/// `/rest/videos`: parts are put without a token, then named in order.
enum LinkedInVideos {
    private static let sizes = 76_800...524_288_000

    static func initialize(_ turn: Turn, _ caller: LinkedInCaller, _ world: inout World) throws(Refusal) -> ServerAnswer
    {
        let body = try LinkedInFields(Value(json: turn.call.body), allowed: ["initializeUploadRequest"])
        let allowed: Set = [
            "owner", "fileSizeBytes", "uploadCaptions", "uploadThumbnail", "templateName", "linkbackContext",
        ]
        guard let request = try body.object("initializeUploadRequest", allowed: allowed) else {
            throw LinkedInErrors.invalid("MISSING_FIELD", "/initializeUploadRequest", "is required")
        }
        let owner = try request.required("owner")
        try caller.requireAuthor(owner, for: "videos.ACTION-initializeUpload")
        guard let size = request["fileSizeBytes"]?.integer, sizes.contains(size) else {
            throw LinkedInErrors.invalid(
                "INVALID_VALUE_FOR_FIELD", "/initializeUploadRequest/fileSizeBytes", "75 KB to 500 MB expected")
        }
        let id = "D5E10AQ" + StableHash.word("video/\(world.nextSequence())", count: 12)
        var video = LinkedInWorld.Asset(
            urn: "urn:li:video:\(id)", kind: .video, account: caller.account, owner: owner, createdAt: turn.now)
        video.size = size
        world.linkedIn.assets[video.urn] = video
        let place = "https://www.linkedin.com/dms-uploads/sp/v2/\(id)"
        let instructions = (0..<video.partCount).map { part -> Value in
            let first = part * LinkedInWorld.Asset.partSize
            return [
                "uploadUrl": .string("\(place)/\(part)?ut=\(video.ticket)"), "firstByte": .integer(first),
                "lastByte": .integer(first + video.partLength(part) - 1),
            ]
        }
        var value: [String: Value] = [
            "video": .string(video.urn), "uploadToken": "", "uploadInstructions": .array(instructions),
            "uploadUrlsExpireAt": .integer((turn.now + LinkedInWorld.Asset.uploadLifetime).milliseconds),
        ]
        if try request.bool("uploadCaptions") == true {
            value["captionsUploadUrl"] = .string("\(place)/captions?ut=\(video.ticket)")
        }
        if try request.bool("uploadThumbnail") == true {
            value["thumbnailUploadUrl"] = .string("\(place)/thumbnail?ut=\(video.ticket)")
        }
        return .json(200, ["value": .object(value)])
    }

    /// A part, the captions or the thumbnail; an `Authorization` header is refused.
    static func put(_ turn: Turn, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let path = turn.call.segments
        guard turn.call.header("Authorization") == nil else {
            throw Refusal(.html(400, "<html><body>Only one auth mechanism allowed</body></html>"))
        }
        guard turn.call.method == "PUT", path.count == 5,
            var video = world.linkedIn.assets["urn:li:video:\(path[3])"], !video.isFinished,
            turn.call.parameter("ut") == video.ticket
        else { throw LinkedInUploads.notFound }
        guard turn.now - video.createdAt < LinkedInWorld.Asset.uploadLifetime else {
            throw LinkedInErrors.refusal(400, "EXPIRED_UPLOAD_URL", "The upload URL has expired")
        }
        var content = video.content ?? StoredMedia(kind: .video, width: 0, height: 0, bytes: 0)
        switch path[4] {
        case "captions":
            let parts = Multipart.parse(turn.call.body, contentType: turn.call.header("Content-Type"))
            guard let parts, parts.contains(where: { SubtitleFile($0.bytes)?.format == .srt }) else {
                throw Refusal(.html(400, "<html><body>SRT in multipart/form-data expected</body></html>"))
            }
            content.captions = ["und"]
            video.content = content
            world.linkedIn.assets[video.urn] = video
            return ServerAnswer(201)
        case "thumbnail":
            guard turn.call.header("media-type-family") == "STILLIMAGE", (try? Picture.decode(turn.call.body)) != nil
            else { throw Refusal(.html(400, "<html><body>A picture of STILLIMAGE expected</body></html>")) }
            content.thumbnail = video.shelfName
            turn.shelf.put(turn.call.body, as: video.shelfName)
            video.content = content
            world.linkedIn.assets[video.urn] = video
            return ServerAnswer(201)
        case let text:
            guard let part = Int(text), (0..<video.partCount).contains(part),
                turn.call.contentType == "application/octet-stream",
                turn.call.body.count == video.partLength(part)
            else { throw Refusal(.html(400, "<html><body>These are not the bytes of this part</body></html>")) }
            video.parts.insert(part)
            turn.shelf.put(turn.call.body, as: video.partName(part))
            world.linkedIn.assets[video.urn] = video
            return ServerAnswer(200, headers: [("ETag", video.header(part))])
        }
    }

    static func finalize(_ turn: Turn, _ caller: LinkedInCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let body = try LinkedInFields(Value(json: turn.call.body), allowed: ["finalizeUploadRequest"])
        let allowed: Set = ["video", "uploadToken", "uploadedPartIds"]
        guard let request = try body.object("finalizeUploadRequest", allowed: allowed),
            var video = world.linkedIn.assets[try request.required("video")], video.account == caller.account,
            video.kind == .video, !video.isLegacy
        else { throw LinkedInErrors.refusal(400, "INVALID_VIDEO_ID", "The video is not known") }
        guard try request.string("uploadToken") == "" else {
            throw LinkedInErrors.invalid("MISSING_FIELD", "/finalizeUploadRequest/uploadToken", "as it was given")
        }
        let tags = try request.array("uploadedPartIds")?.compactMap(\.string) ?? []
        guard tags == (0..<video.partCount).map(video.tag), video.parts.count == video.partCount else {
            throw LinkedInErrors.refusal(400, "UPDATING_ASSET_FAILED", "The uploaded parts do not match")
        }
        if !video.isFinished {
            let names = (0..<video.partCount).map(video.partName)
            LinkedInUploads.film(turn.shelf.joined(names), &video)
            turn.shelf.remove(names)
            // Video always needs one look.
            video.finish(turn, looks: 1)
            world.linkedIn.assets[video.urn] = video
        }
        return ServerAnswer(200)
    }

    /// Members may ask, unlike with images.
    static func status(_ urn: String, _ turn: Turn, _ caller: LinkedInCaller, _ world: inout World) throws(Refusal)
        -> ServerAnswer
    {
        let (video, status) = try world.linkedIn.looked(at: urn, .video, caller, turn.now)
        var fields: [String: Value] = [
            "id": .string(urn), "owner": .string(video.owner), "status": .string(status),
        ]
        if status == "PROCESSING_FAILED" { fields["processingFailureReason"] = video.failure.map(Value.string) }
        return .json(200, .object(fields))
    }
}
