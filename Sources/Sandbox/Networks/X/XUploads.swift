internal import Foundation
internal import HTTPServer

/// Media upload v2: one shot for images and subtitles, chunks for everything.
enum XUploads {
    /// Bigger pieces were answered 413 without a body by X's edge; documented are 5 MB, advised 1 MiB.
    private static let pieceLimit = 4 << 20
    /// Seconds in which uploaded media can be attached.
    private static let lifetime = 86_400.0

    static func oneShot(_ turn: Turn, _ caller: XCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let body = try XUploadForm(turn.call, XBodies.oneShot, categories: XBodies.oneShotCategories)
        var media = new(turn, caller, &world, category: body.category, type: nil, total: body.bytes.count)
        if body.category == "subtitles" {
            guard body.bytes.count <= XMediaRules.subtitleLimit, let file = SubtitleFile(body.bytes) else {
                throw XErrors.invalid("media type unrecognized.")
            }
            media.type = file.format.rawValue
        } else {
            media.content = try XMediaRules.photo(body.bytes, type: nil)
            keep(body.bytes, &media, turn)
        }
        media.finish(turn)
        world.x.media[media.id] = media
        return .json(200, ["data": media.view(turn.now)])
    }

    static func initialize(_ turn: Turn, _ caller: XCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let body = try XBodies.read(turn.call, XBodies.initialize)
        let type = body["media_type"]?.string ?? ""
        let category = body["media_category"]?.string ?? ""
        let total = body["total_bytes"]?.integer ?? 0
        guard let limit = XMediaRules.limit(category, type) else {
            throw XErrors.wrong("$.media_category", "\(category) does not go with \(type)", category)
        }
        guard total > 0, total <= limit else {
            throw XErrors.wrong("$.total_bytes", "must be 1 to \(limit) for \(category)", "\(total)")
        }
        guard category != "amplify_video" || caller.isPremium else {
            throw XErrors.forbidden("This account may not upload amplify_video.")
        }
        var media = new(turn, caller, &world, category: category, type: type, total: total)
        media.owners = body["additional_owners"]?.array?.compactMap(\.string) ?? []
        world.x.media[media.id] = media
        return .json(200, ["data": media.view(turn.now)])
    }

    /// Pieces may come in any order, and again.
    static func append(
        _ id: String, _ turn: Turn, _ caller: XCaller, _ world: inout World
    ) throws(Refusal) -> ServerAnswer {
        guard turn.call.body.count <= pieceLimit * (turn.call.contentType == "application/json" ? 4 : 3) / 3 + 4096
        else { throw Refusal(ServerAnswer(413)) }
        var media = try XUploads.own(id, turn, caller, world.x)
        let body = try XUploadForm(turn.call, XBodies.append)
        guard body.bytes.count <= pieceLimit else { throw Refusal(ServerAnswer(413)) }
        guard !body.bytes.isEmpty, media.isOpen else {
            throw XErrors.invalid("Segments are not allowed after finalize, nor empty ones.")
        }
        let others = media.segments.filter { $0.key != body.segment }.values.reduce(0, +)
        guard others + body.bytes.count <= media.total else {
            throw XErrors.invalid("Segments exceed provided total file size.")
        }
        media.segments[body.segment] = body.bytes.count
        turn.shelf.put(body.bytes, as: media.segmentName(body.segment))
        world.x.media[media.id] = media
        return .json(200, ["data": ["expires_at": .integer(media.expiresAt.seconds)]])
    }

    static func finalize(
        _ id: String, _ turn: Turn, _ caller: XCaller, _ world: inout World
    ) throws(Refusal) -> ServerAnswer {
        guard turn.call.body.isEmpty || Value(json: turn.call.body) == [:] else {
            throw XErrors.invalid("finalize has no body")
        }
        var media = try XUploads.own(id, turn, caller, world.x)
        if media.isOpen {
            let indices = media.segments.keys.sorted()
            guard indices == Array(0..<indices.count), media.segments.values.reduce(0, +) == media.total else {
                throw XErrors.invalid("Segments do not add up to provided total file size.")
            }
            let names = indices.map(media.segmentName)
            try judge(turn.shelf.joined(names), &media, turn, caller)
            turn.shelf.remove(names)
            media.isOpen = false
            media.finish(turn)
            world.x.media[media.id] = media
        }
        return .json(200, ["data": media.view(turn.now)])
    }

    static func status(_ turn: Turn, _ caller: XCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        for pair in turn.call.query where !["command", "media_id"].contains(pair.name) {
            throw XErrors.wrong(pair.name, "is not one of [command,media_id]", pair.value)
        }
        guard turn.call.parameter("command") ?? "STATUS" == "STATUS" else {
            throw XErrors.wrong("command", "STATUS expected", turn.call.parameter("command") ?? "")
        }
        var media = try own(turn.call.parameter("media_id") ?? "", turn, caller, world.x)
        guard !media.isOpen else { throw XErrors.invalid("The upload was not finalized.") }
        media.polls += 1
        let answer = media.view(turn.now)
        if media.pollsLeft > 0 { media.pollsLeft -= 1 }
        world.x.media[media.id] = media
        return .json(200, ["data": answer])
    }

    /// Media that the caller has uploaded and that has not expired.
    static func own(_ text: String, _ turn: Turn, _ caller: XCaller, _ world: XWorld) throws(Refusal) -> XWorld.Media {
        guard XText.Pattern.id.matches(text) else {
            throw XErrors.wrong("id", "does not match the regex pattern \(XText.Pattern.id.rawValue)", text)
        }
        guard let media = Int(text).flatMap({ world.media[$0] }), media.account == caller.account,
            turn.now < media.expiresAt
        else { throw XErrors.wrong("id", "Could not find media with id: [\(text)].", text) }
        return media
    }
}

private extension XUploads {
    static func new(
        _ turn: Turn, _ caller: XCaller, _ world: inout World, category: String, type: String?, total: Int
    ) -> XWorld.Media {
        XWorld.Media(
            id: Snowflake.id(at: turn.now, sequence: world.nextSequence()), account: caller.account,
            category: category, type: type, total: total, expiresAt: turn.now + lifetime, startedAt: turn.now,
            readyAt: turn.now)
    }

    /// Pictures and subtitles are refused at once, moving pictures fail while they are processed.
    static func judge(
        _ source: ByteSource, _ media: inout XWorld.Media, _ turn: Turn, _ caller: XCaller
    ) throws(Refusal) {
        switch media.category {
        case "subtitles":
            guard let file = SubtitleFile(source.all), file.format.rawValue == media.type else {
                throw XErrors.invalid("media type unrecognized.")
            }
        case "tweet_image":
            let bytes = source.all
            media.content = try XMediaRules.photo(bytes, type: media.type)
            keep(bytes, &media, turn)
        case "tweet_gif":
            let bytes = source.all
            do throws(XWorld.Failure) { media.content = try XMediaRules.gif(bytes) } catch { media.failure = error }
            keep(bytes, &media, turn)
        default:
            do throws(XWorld.Failure) {
                media.content = try XMediaRules.video(
                    source, type: media.type ?? "", category: media.category, isEntitled: caller.isPremium)
            } catch {
                media.failure = error
            }
        }
    }

    static func keep(_ bytes: [UInt8], _ media: inout XWorld.Media, _ turn: Turn) {
        let name = media.shelfName
        guard media.content != nil else { return }
        media.content?.thumbnail = name
        turn.shelf.put(bytes, as: name)
    }
}
