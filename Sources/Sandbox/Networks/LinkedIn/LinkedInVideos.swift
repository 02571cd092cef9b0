internal import HTTPServer

/// `/rest/videos`: parts are put without a token, then named in order.
enum LinkedInVideos {
    private static let partSize = 4 << 20
    private static let sizes = 75_000...500_000_000

    static func initialize(_ turn: Turn, _ caller: LinkedInCaller, _ world: inout World) throws(Refusal) -> ServerAnswer
    {
        let body = try LinkedInFields(Value(json: turn.call.body), allowed: ["initializeUploadRequest"])
        let allowed: Set = ["owner", "fileSizeBytes", "uploadCaptions", "uploadThumbnail"]
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
        let video = LinkedInWorld.Video(
            urn: "urn:li:video:\(id)", account: caller.account, owner: owner, size: size)
        world.linkedIn.videos[video.urn] = video
        let instructions = stride(from: 0, to: size, by: partSize).map { first -> Value in
            [
                "uploadUrl": .string("https://www.linkedin.com/dms-uploads/sp/v2/\(id)/\(first / partSize)"),
                "firstByte": .integer(first), "lastByte": .integer(min(size, first + partSize) - 1),
            ]
        }
        return .json(
            200,
            [
                "value": [
                    "video": .string(video.urn), "uploadToken": "", "uploadInstructions": .array(instructions),
                    "uploadUrlsExpireAt": .integer((turn.now + 30 * 86_400).milliseconds),
                ]
            ])
    }

    /// A part; an `Authorization` header is refused.
    static func put(_ turn: Turn, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let path = turn.call.segments
        guard turn.call.header("Authorization") == nil else {
            throw Refusal(.html(400, "<html><body>Only one auth mechanism allowed</body></html>"))
        }
        guard turn.call.method == "PUT", path.count == 5, let index = Int(path[4]),
            var video = world.linkedIn.videos["urn:li:video:\(path[3])"], !video.isFinished,
            turn.call.body.count == video.partLength(index, partSize)
        else { throw Refusal(.html(404, "<html><body>Not Found</body></html>")) }
        video.parts[index] = turn.call.body
        world.linkedIn.videos[video.urn] = video
        return ServerAnswer(200, headers: [("ETag", "\"\(video.tag(index))\"")])
    }

    static func finalize(_ turn: Turn, _ caller: LinkedInCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let body = try LinkedInFields(Value(json: turn.call.body), allowed: ["finalizeUploadRequest"])
        let allowed: Set = ["video", "uploadToken", "uploadedPartIds"]
        guard let request = try body.object("finalizeUploadRequest", allowed: allowed),
            var video = world.linkedIn.videos[try request.required("video")], video.account == caller.account
        else { throw LinkedInErrors.refusal(400, "INVALID_VIDEO_ID", "The video is not known") }
        let count = (video.size + partSize - 1) / partSize
        let tags = try request.array("uploadedPartIds")?.compactMap(\.string) ?? []
        guard tags == (0..<count).map(video.tag), video.parts.count == count || video.isFinished else {
            throw LinkedInErrors.refusal(400, "UPDATING_ASSET_FAILED", "The uploaded parts do not match")
        }
        if !video.isFinished {
            let bytes = video.parts.sorted { $0.key < $1.key }.flatMap(\.value)
            if let size = MP4.videoSize(bytes), turn.effects.processingError == nil {
                video.content = StoredMedia(kind: .video, width: size.width, height: size.height, bytes: bytes.count)
            }
            video.parts = [:]
            video.readyAt = turn.now + (turn.effects.slow?.seconds ?? 0)
            // Video always needs one look.
            video.pollsLeft = turn.effects.slow?.polls ?? 1
            world.linkedIn.videos[video.urn] = video
        }
        return ServerAnswer(200)
    }

    static func status(_ urn: String, _ turn: Turn, _ caller: LinkedInCaller, _ world: inout World) throws(Refusal)
        -> ServerAnswer
    {
        guard let video = world.linkedIn.videos[urn], video.account == caller.account else {
            throw LinkedInErrors.refusal(404, "NOT_FOUND", "Could not find entity")
        }
        if video.pollsLeft > 0 { world.linkedIn.videos[urn]?.pollsLeft -= 1 }
        var fields: [String: Value] = [
            "id": .string(urn), "owner": .string(video.owner), "status": .string(video.status(turn.now)),
        ]
        if video.status(turn.now) == "PROCESSING_FAILED" {
            fields["processingFailureReason"] = "The video is not an MP4"
        }
        return .json(200, .object(fields))
    }
}
