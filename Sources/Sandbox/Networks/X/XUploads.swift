internal import HTTPServer
internal import Pictures

/// Media upload v2: one shot for images, chunks for everything.
enum XUploads {
    private static let photoLimit = 5 << 20
    private static let gifLimit = 15 << 20
    private static let videoLimit = 512 << 20
    /// Bigger pieces were answered 413 without a body by X's edge.
    private static let pieceLimit = 4 << 20
    /// Seconds in which uploaded media can be attached.
    private static let lifetime = 86_400
    private static let altLimit = 1000

    static func oneShot(_ turn: Turn, _ caller: XCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        try caller.requireWrite()
        let parts = try form(turn.call, required: ["media", "media_category"], optional: ["additional_owners"])
        guard parts["media_category"]?.text == "tweet_image" else {
            throw XErrors.invalid(
                "media_category: only tweet_image is uploaded in one piece",
                parameters: ["media_category": [parts["media_category"]?.text ?? ""]])
        }
        let content = try decode(parts["media"]?.bytes ?? [], category: "tweet_image")
        let sequence = world.nextSequence()
        let id = Snowflake.id(at: turn.now, sequence: sequence)
        let media = finished(
            XWorld.Media(
                id: id, account: caller.account, category: "tweet_image", expiresAt: turn.now + Double(lifetime),
                content: content, readyAt: turn.now), turn)
        world.x.media[id] = media
        return .json(200, ["data": describe(media, turn.now)])
    }

    static func initialize(_ turn: Turn, _ caller: XCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        try caller.requireWrite()
        let body = try XFields(
            Value(json: turn.call.body),
            allowed: ["media_type", "total_bytes", "media_category", "additional_owners", "shared"])
        guard let type = try body.string("media_type"), let category = try body.string("media_category"),
            let total = try body.integer("total_bytes"), total > 0
        else { throw XErrors.invalid("$: media_type, total_bytes and media_category are required") }
        let limit: Int
        switch (category, type) {
        case ("tweet_image", "image/jpeg"), ("tweet_image", "image/png"), ("tweet_image", "image/webp"):
            limit = photoLimit
        case ("tweet_gif", "image/gif"): limit = gifLimit
        case ("tweet_video", "video/mp4"), ("tweet_video", "video/quicktime"): limit = videoLimit
        default:
            throw XErrors.invalid("$.media_category: does not go with media_type", parameters: ["media_type": [type]])
        }
        guard total <= limit else {
            throw XErrors.invalid(
                "$.total_bytes: at most \(limit) for \(category)", parameters: ["total_bytes": [String(total)]])
        }
        let id = Snowflake.id(at: turn.now, sequence: world.nextSequence())
        let media = XWorld.Media(
            id: id, account: caller.account, category: category, expiresAt: turn.now + Double(lifetime), content: nil,
            upload: XWorld.Upload(type: type, total: total), readyAt: turn.now)
        world.x.media[id] = media
        return .json(200, ["data": describe(media, turn.now)])
    }

    static func append(
        _ id: String, _ turn: Turn, _ caller: XCaller, _ world: inout World
    ) throws(Refusal) -> ServerAnswer {
        let media = try own(id, turn, caller, world.x)
        guard turn.call.body.count <= pieceLimit + 4096 else { throw Refusal(ServerAnswer(413)) }
        let parts = try form(turn.call, required: ["media", "segment_index"], optional: [])
        guard let index = parts["segment_index"].flatMap({ Int($0.text) }), (0...999).contains(index),
            let bytes = parts["media"]?.bytes, !bytes.isEmpty, media.upload != nil
        else { throw XErrors.invalid("segment_index: 0 to 999 expected", parameters: ["segment_index": []]) }
        world.x.media[media.id]?.upload?.segments[index] = bytes
        return .json(200, ["data": ["expires_at": .integer(media.expiresAt.seconds)]])
    }

    static func finalize(
        _ id: String, _ turn: Turn, _ caller: XCaller, _ world: inout World
    ) throws(Refusal) -> ServerAnswer {
        var media = try own(id, turn, caller, world.x)
        if media.content == nil {
            guard let upload = media.upload, upload.segments.keys.sorted() == Array(0..<upload.segments.count) else {
                throw XErrors.invalid("Segments do not add up to provided total file size.")
            }
            let bytes = upload.segments.sorted { $0.key < $1.key }.flatMap(\.value)
            guard bytes.count == upload.total else {
                throw XErrors.invalid("Segments do not add up to provided total file size.")
            }
            media.content = try decode(bytes, category: media.category)
            media.upload = nil
            media = finished(media, turn)
            world.x.media[media.id] = media
        }
        return .json(200, ["data": describe(media, turn.now)])
    }

    static func status(_ turn: Turn, _ caller: XCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        guard turn.call.parameter("command") ?? "STATUS" == "STATUS" else {
            throw XErrors.invalid("command: STATUS expected", parameters: ["command": []])
        }
        var media = try own(turn.call.parameter("media_id") ?? "", turn, caller, world.x)
        let answer = describe(media, turn.now)
        if media.pollsLeft > 0 {
            media.pollsLeft -= 1
            world.x.media[media.id] = media
        }
        return .json(200, ["data": answer])
    }

    static func metadata(_ turn: Turn, _ caller: XCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        try caller.requireWrite()
        let body = try XFields(Value(json: turn.call.body), allowed: ["id", "metadata"])
        let media = try own(try body.string("id") ?? "", turn, caller, world.x)
        let metadata = try body.object(
            "metadata",
            allowed: [
                "alt_text", "allow_download_status", "audience_policy", "content_expiration", "domain_restrictions",
                "found_media_origin", "geo_restrictions", "management_info", "preview_image", "sensitive_media_warning",
                "shared_info", "sticker_info", "upload_source",
            ])
        guard let text = try metadata?.object("alt_text", allowed: ["text"])?.string("text") else {
            return .json(200, ["data": ["id": .string(String(media.id))]])
        }
        guard (1...altLimit).contains(text.unicodeScalars.count) else {
            throw XErrors.invalid("$.metadata.alt_text.text: 1 to \(altLimit) characters expected")
        }
        world.x.media[media.id]?.content?.alt = text
        return .json(
            200,
            [
                "data": [
                    "id": .string(String(media.id)), "associated_metadata": ["alt_text": ["text": .string(text)]],
                ]
            ])
    }
}

private extension XUploads {
    static func form(
        _ call: Call, required: Set<String>, optional: Set<String>
    ) throws(Refusal) -> [String: MultipartPart] {
        guard let parts = Multipart.parse(call.body, contentType: call.header("Content-Type")) else {
            throw XErrors.invalid("The body is not well-formed multipart/form-data.")
        }
        let byName = Dictionary(parts.map { ($0.name, $0) }) { first, _ in first }
        guard byName.count == parts.count, required.isSubset(of: byName.keys),
            required.union(optional).isSuperset(of: byName.keys)
        else {
            throw XErrors.invalid(
                "The form has [\(parts.map(\.name).joined(separator: ","))]; required are [\(required.sorted().joined(separator: ","))]"
            )
        }
        return byName
    }

    static func own(_ text: String, _ turn: Turn, _ caller: XCaller, _ world: XWorld) throws(Refusal) -> XWorld.Media {
        guard let media = Int(text).flatMap({ world.media[$0] }), media.account == caller.account,
            turn.now < media.expiresAt
        else { throw XErrors.invalid("Could not find media with id: [\(text)].", parameters: ["id": [text]]) }
        return media
    }

    static func decode(_ bytes: [UInt8], category: String) throws(Refusal) -> StoredMedia {
        if category == "tweet_video" {
            guard let size = MP4.videoSize(bytes) else { throw XErrors.invalid("media type unrecognized.") }
            return StoredMedia(kind: .video, width: size.width, height: size.height, bytes: bytes.count)
        }
        let limit = category == "tweet_gif" ? gifLimit : photoLimit
        guard bytes.count <= limit else {
            throw XErrors.invalid("File size exceeds \(limit) bytes.", parameters: ["media": [String(bytes.count)]])
        }
        let picture: Picture
        do { picture = try Picture.decode(bytes) } catch { throw XErrors.invalid("media type unrecognized.") }
        let isAnimated = picture.format == .gif && picture.frames > 1
        guard isAnimated == (category == "tweet_gif") else {
            throw XErrors.invalid("media_category: an animated GIF is tweet_gif, any other image tweet_image")
        }
        if isAnimated {
            guard picture.width <= 1280, picture.height <= 1080, picture.frames <= 350 else {
                throw XErrors.invalid("The animated GIF has more than 1280 × 1080 pixels or 350 frames.")
            }
        }
        return StoredMedia(
            kind: isAnimated ? .animatedGIF : .photo, width: picture.width, height: picture.height, bytes: bytes.count)
    }

    static func finished(_ media: XWorld.Media, _ turn: Turn) -> XWorld.Media {
        var media = media
        if let slow = turn.effects.slow {
            media.readyAt = turn.now + slow.seconds
            media.pollsLeft = slow.polls
        } else if media.category != "tweet_image" {
            // Video and GIF always need one look.
            media.pollsLeft = 1
        }
        media.failed = turn.effects.processingError != nil
        return media
    }

    static func describe(_ media: XWorld.Media, _ now: Moment) -> Value {
        var fields: [String: Value] = [
            "id": .string(String(media.id)), "media_key": .string(media.key),
            "expires_after_secs": .integer(max(0, Int(media.expiresAt - now))),
        ]
        guard let content = media.content else { return .object(fields) }
        fields["size"] = .integer(content.bytes)
        let isPending = now < media.readyAt || media.pollsLeft > 0
        if isPending {
            fields["processing_info"] = ["state": "in_progress", "check_after_secs": 1, "progress_percent": 50]
        } else if media.failed {
            fields["processing_info"] = [
                "state": "failed", "error": ["code": 1, "name": "InvalidMedia", "message": "The media is invalid."],
            ]
        } else if media.category != "tweet_image" {
            fields["processing_info"] = ["state": "succeeded", "progress_percent": 100]
        }
        return .object(fields)
    }
}
