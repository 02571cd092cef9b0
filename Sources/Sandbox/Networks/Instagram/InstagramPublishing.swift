internal import HTTPServer

/// `POST /{user}/media_publish`, comments and deleting.
enum InstagramPublishing {
    private static let commentLimit = 2200

    /// Turns a finished container into a post, once.
    static func publish(_ graph: GraphCall, _ turn: Turn, _ world: inout World) throws(Refusal) -> ServerAnswer {
        try graph.requireWrite()
        try graph.require("content_publish")
        try graph.allow(["creation_id"])
        guard let id = graph["creation_id"] else {
            throw GraphErrors.parameter("The parameter creation_id is required")
        }
        guard let container = world.instagram.containers[id], container.user == graph.user else {
            throw GraphErrors.refusal(
                24, 2_207_008, "The media builder with creation id = \(id) does not exist or has been expired.")
        }
        guard container.kind != .item else {
            throw GraphErrors.parameter("A carousel child cannot be published by itself")
        }
        switch container.status(turn.now) {
        case .finished: break
        case .inProgress, .error: throw GraphErrors.notReady
        case .expired: throw GraphErrors.refusal(-2, 2_207_020, "The media you are trying to access has expired")
        // What the real network answers here is not documented; a second post is never made.
        case .published: throw GraphErrors.parameter("The media with creation id = \(id) has already been published")
        }
        guard world.instagram.quotaUsed(graph.user, now: turn.now) < world.instagram.quotaTotal else {
            throw GraphErrors.refusal(
                9, 2_207_042, "Application request limit reached",
                userMessage:
                    "You reached maximum number of posts that is allowed to be published by Content Publishing API.")
        }
        let sequence = world.nextSequence()
        let mediaID = String(18_000_000_000_000_000 + sequence)
        world.instagram.media[mediaID] = InstagramWorld.Media(
            id: mediaID, account: graph.account, user: graph.user, kind: container.kind,
            caption: container.kind == .story ? "" : container.caption, media: container.media,
            details: container.details, isSharedToFeed: container.isSharedToFeed, createdAt: turn.now,
            visibleAt: turn.now + turn.effects.invisibleFor, sequence: sequence)
        world.instagram.containers[id]?.mediaID = mediaID
        return .json(200, ["id": .string(mediaID)])
    }

    static func comment(
        on id: String, _ graph: GraphCall, _ turn: Turn, _ world: inout World
    ) throws(Refusal) -> ServerAnswer {
        try graph.requireWrite()
        try graph.require("manage_comments")
        try graph.allow(["message"])
        guard let media = world.instagram.media[id], !media.isDeleted, turn.now >= media.visibleAt else {
            throw GraphErrors.missing(id)
        }
        guard media.takesComments else { throw GraphErrors.parameter("Comments are turned off for this media") }
        guard let text = graph["message"], !text.isEmpty, text.utf16.count <= commentLimit else {
            throw GraphErrors.parameter("The parameter message is required")
        }
        let sequence = world.nextSequence()
        let comment = String(17_850_000_000_000_000 + sequence)
        world.instagram.comments.append(
            InstagramWorld.Comment(
                id: comment, account: graph.account, user: graph.user, media: id, text: text, createdAt: turn.now,
                sequence: sequence))
        return .json(200, ["id": .string(comment)])
    }

    /// `comment_enabled` turns comments on and off; nothing else of a post can be changed.
    static func update(_ id: String, _ graph: GraphCall, _ world: inout World) throws(Refusal) -> ServerAnswer {
        try graph.requireWrite()
        try graph.require("manage_comments")
        try graph.allow(["comment_enabled"])
        guard let media = world.instagram.media[id], media.user == graph.user, !media.isDeleted else {
            throw GraphErrors.missing(id)
        }
        guard graph["comment_enabled"] != nil else { throw GraphErrors.parameter("comment_enabled is required") }
        world.instagram.media[id]?.takesComments = try graph.bool("comment_enabled")
        return .json(200, ["success": true])
    }

    /// Since 2025-12-03, with Facebook Login only.
    static func delete(_ id: String, _ graph: GraphCall, _ world: inout World) throws(Refusal) -> ServerAnswer {
        try graph.requireWrite()
        guard graph.login == .facebook else {
            throw GraphErrors.refusal(100, nil, "Unsupported delete request.", type: "GraphMethodException")
        }
        guard let media = world.instagram.media[id], media.user == graph.user, !media.isDeleted else {
            throw GraphErrors.missing(id)
        }
        try graph.require("manage_contents")
        world.instagram.media[id]?.isDeleted = true
        return .json(200, ["success": true])
    }
}
