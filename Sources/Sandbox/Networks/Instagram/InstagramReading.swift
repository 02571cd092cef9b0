internal import HTTPServer

/// Containers, media, lists, quota and identity.
enum InstagramReading {
    private static let mediaFields: Set = [
        "id", "caption", "permalink", "shortcode", "timestamp", "media_type", "media_product_type", "media_url",
        "thumbnail_url", "username", "owner", "like_count", "comments_count", "children", "alt_text", "ig_id",
        "is_comment_enabled", "is_shared_to_feed", "view_count",
    ]
    private static let userFields: Set = [
        "id", "user_id", "username", "name", "account_type", "profile_picture_url", "biography", "website", "ig_id",
        "followers_count", "follows_count", "media_count",
    ]
    private static let containerFields: Set = ["id", "status_code", "status", "copyright_check_status", "video_status"]

    static func node(_ id: String, _ graph: GraphCall, _ turn: Turn, _ world: inout World) throws(Refusal)
        -> ServerAnswer
    {
        try graph.allow(["fields"])
        if id == graph.user || id == "me" { return try user(id, graph, world.instagram) }
        if let container = world.instagram.containers[id], container.user == graph.user {
            return try status(container, graph, turn.now, &world)
        }
        guard let media = visible(id, graph.user, turn.now, world.instagram) else { throw GraphErrors.missing(id) }
        return .json(200, value(of: media, fields: try graph.fields(mediaFields)))
    }

    /// Newest first, without stories.
    static func list(_ graph: GraphCall, _ turn: Turn, _ world: InstagramWorld) throws(Refusal) -> ServerAnswer {
        try graph.allow(["fields", "limit", "since", "until", "after"])
        let fields = try graph.fields(mediaFields)
        let limit = try graph.integer("limit") ?? 25
        guard (1...100).contains(limit) else { throw GraphErrors.parameter("Param limit must be between 1 and 100") }
        let since = try graph.integer("since").map(Moment.init(seconds:))
        let until = try graph.integer("until").map(Moment.init(seconds:))
        var all = world.media.values.filter { media in
            media.kind != .story && visible(media.id, graph.user, turn.now, world) != nil
                && (since.map { media.createdAt >= $0 } ?? true) && (until.map { media.createdAt <= $0 } ?? true)
        }.sorted { ($0.createdAt, $0.sequence) > ($1.createdAt, $1.sequence) }
        if let after = graph["after"] {
            guard let place = all.firstIndex(where: { $0.id == after }) else {
                throw GraphErrors.parameter("Invalid cursor")
            }
            all.removeSubrange(...place)
        }
        let shown = all.prefix(limit)
        var answer: [String: Value] = ["data": .array(shown.map { value(of: $0, fields: fields) })]
        if let first = shown.first, let last = shown.last {
            var paging: [String: Value] = ["cursors": ["before": .string(first.id), "after": .string(last.id)]]
            if all.count > limit {
                paging["next"] = .string(
                    "https://\(turn.call.host)/\(turn.call.segments.joined(separator: "/"))?limit=\(limit)&after=\(last.id)"
                )
            }
            answer["paging"] = .object(paging)
        }
        return .json(200, .object(answer))
    }

    /// Those of the last 24 hours, newest first.
    static func stories(_ graph: GraphCall, _ turn: Turn, _ world: InstagramWorld) throws(Refusal) -> ServerAnswer {
        try graph.allow(["fields"])
        let fields = try graph.fields(mediaFields)
        let shown = world.media.values.filter { media in
            media.kind == .story && visible(media.id, graph.user, turn.now, world) != nil
                && turn.now - media.createdAt < 86_400
        }.sorted { ($0.createdAt, $0.sequence) > ($1.createdAt, $1.sequence) }
        return .json(200, ["data": .array(shown.map { value(of: $0, fields: fields) })])
    }

    /// Newest first.
    static func comments(
        of id: String, _ graph: GraphCall, _ turn: Turn, _ world: InstagramWorld
    ) throws(Refusal) -> ServerAnswer {
        try graph.require("manage_comments")
        try graph.allow(["fields", "limit"])
        let fields = try graph.fields(["id", "text", "timestamp", "username", "from", "like_count", "hidden"])
        let limit = try graph.integer("limit") ?? 25
        guard visible(id, graph.user, turn.now, world) != nil else { throw GraphErrors.missing(id) }
        let all = world.comments.filter { $0.media == id }.sorted { $0.sequence > $1.sequence }
        let shown = all.prefix(limit).map { comment -> Value in
            let members: [String: Value] = [
                "text": .string(comment.text), "timestamp": .string(comment.createdAt.graph),
                "username": .string(comment.account), "like_count": 0, "hidden": false,
                "from": ["id": .string(comment.user), "username": .string(comment.account)],
            ]
            var chosen = members.filter { fields.contains($0.key) }
            chosen["id"] = .string(comment.id)
            return .object(chosen)
        }
        var answer: [String: Value] = ["data": .array(shown)]
        if all.count > limit {
            answer["paging"] = ["next": .string("https://\(turn.call.host)/\(id)/comments?limit=\(limit)")]
        }
        return .json(200, .object(answer))
    }

    /// `since`: no longer ago than the quota's 24 hours.
    static func quota(_ graph: GraphCall, _ turn: Turn, _ world: InstagramWorld) throws(Refusal) -> ServerAnswer {
        try graph.allow(["fields", "since"])
        let fields = try graph.fields(["quota_usage", "config"])
        let since = try graph.integer("since").map(Moment.init(seconds:))
        if let since, turn.now - since > 86_400 || since - turn.now > 0 {
            throw GraphErrors.parameter("Param since must lie within the last 24 hours")
        }
        var row: [String: Value] = [
            "quota_usage": .integer(world.quotaUsed(graph.user, now: turn.now, since: since))
        ]
        if fields.contains("config") {
            row["config"] = ["quota_total": .integer(world.quotaTotal), "quota_duration": 86_400]
        }
        return .json(200, ["data": [.object(row)]])
    }

    /// Numbers of an imagined public; one unknown metric fails the whole call, as on the real network.
    static func insights(_ id: String, _ graph: GraphCall, _ turn: Turn, _ world: InstagramWorld) throws(Refusal)
        -> ServerAnswer
    {
        try graph.allow(["metric", "breakdown", "period"])
        guard let media = visible(id, graph.user, turn.now, world) else { throw GraphErrors.missing(id) }
        let common: Set = ["views", "reach", "likes", "comments", "saved", "shares", "total_interactions"]
        let more: Set<String> =
            switch media.kind {
            case .reel: ["ig_reels_avg_watch_time", "ig_reels_video_view_total_time"]
            case .image, .carousel: ["follows", "profile_visits", "profile_activity"]
            case .story, .item: ["replies", "navigation", "follows", "profile_visits", "profile_activity"]
            }
        let metrics = (graph["metric"] ?? "").split(separator: ",").map(String.init)
        if let stranger = metrics.first(where: { !common.union(more).contains($0) }) {
            throw GraphErrors.parameter(
                "metric[0] must be one of the following values: \(stranger) is not supported for this media")
        }
        let hours = max(0, turn.now - media.createdAt) / 3600
        let views = Int(Double(100 + StableHash.of(media.id) % 900) * hours / (hours + 24))
        let share: [String: Int] = [
            "views": 1, "reach": 2, "likes": 15, "comments": 90, "saved": 60, "shares": 70, "total_interactions": 10,
        ]
        return .json(
            200,
            [
                "data": .array(
                    metrics.map { metric in
                        [
                            "name": .string(metric), "period": "lifetime", "title": .string(metric), "description": "",
                            "values": [["value": .integer(views / (share[metric] ?? 200))]],
                            "id": .string("\(id)/insights/\(metric)/lifetime"),
                        ]
                    })
            ])
    }
}

private extension InstagramReading {
    static func status(
        _ container: InstagramWorld.Container, _ graph: GraphCall, _ now: Moment, _ world: inout World
    ) throws(Refusal) -> ServerAnswer {
        let fields = try graph.fields(containerFields)
        let status = container.status(now)
        if container.pollsLeft > 0 { world.instagram.containers[container.id]?.pollsLeft -= 1 }
        var shown: [String: Value] = ["id": .string(container.id)]
        if fields.contains("status_code") { shown["status_code"] = .string(status.rawValue) }
        if fields.contains("status") {
            let sentence =
                switch status {
                case .inProgress: "In Progress: Media is still being processed."
                case .finished: "Finished: Media has been uploaded and it is ready to be published."
                case .published: "Published: Media has been published."
                case .error:
                    "Error: Media upload has failed with error code \(container.errorSubcode ?? 2_207_001)"
                        + (container.problem.map { ": \($0)" } ?? "")
                case .expired: "Expired: Media was not published within 24 hours."
                }
            shown["status"] = .string(sentence)
        }
        if fields.contains("copyright_check_status") {
            shown["copyright_check_status"] = ["status": "completed", "matches_found": false]
        }
        if fields.contains("video_status"), let upload = container.resumable {
            shown["video_status"] = [
                "uploading_phase": [
                    "status": upload.isComplete ? "complete" : "in_progress",
                    "bytes_transferred": .integer(upload.bytes),
                ],
                "processing_phase": ["status": status == .inProgress ? "not_started" : "complete"],
            ]
        }
        return .json(200, .object(shown))
    }

    static func user(_ id: String, _ graph: GraphCall, _ world: InstagramWorld) throws(Refusal) -> ServerAnswer {
        guard id != "me" || graph.login == .instagram else { throw GraphErrors.missing(id) }
        let fields = try graph.fields(userFields)
        let all: [String: Value] = [
            "user_id": .string(graph.user), "username": .string(graph.account), "name": .string(graph.account),
            "account_type": "BUSINESS",
            "media_count": .integer(world.media.values.filter { $0.user == graph.user }.count),
            "followers_count": 0, "follows_count": 0, "ig_id": .string(graph.user), "biography": "", "website": "",
        ]
        var shown = all.filter { fields.contains($0.key) }
        // With Instagram Login `id` is another number than the one used in paths.
        shown["id"] = .string(
            id == "me" ? String(26_000_000_000_000_000 + StableHash.of(graph.user) % 99_999_999) : graph.user)
        return .json(200, .object(shown))
    }

    static func visible(_ id: String, _ user: String, _ now: Moment, _ world: InstagramWorld) -> InstagramWorld.Media? {
        guard let media = world.media[id], media.user == user, !media.isDeleted, now >= media.visibleAt else {
            return nil
        }
        return media
    }

    static func value(of media: InstagramWorld.Media, fields: Set<String>) -> Value {
        let type = media.kind == .carousel ? "CAROUSEL_ALBUM" : media.media.first?.kind == .video ? "VIDEO" : "IMAGE"
        let product =
            switch media.kind {
            case .reel: "REELS"
            case .story: "STORY"
            case .image, .carousel, .item: "FEED"
            }
        var all: [String: Value] = [
            "permalink": .string(media.permalink), "shortcode": .string(media.shortcode),
            "timestamp": .string(media.createdAt.graph), "media_type": .string(type),
            "media_product_type": .string(product), "username": .string(media.account),
            "owner": ["id": .string(media.user)], "like_count": 0,
            "comments_count": 0, "ig_id": .string(media.id),
            "media_url": .string("https://scontent.cdninstagram.com/v/\(media.shortcode).jpg"),
            "is_comment_enabled": .bool(media.takesComments), "is_shared_to_feed": .bool(media.isSharedToFeed),
        ]
        // Absent, not empty, when there is none.
        if !media.caption.isEmpty { all["caption"] = .string(media.caption) }
        if let alt = media.media.first?.alt, media.media.count == 1 { all["alt_text"] = .string(alt) }
        if media.kind == .carousel {
            all["children"] = ["data": .array(media.media.indices.map { ["id": .string("\(media.id)\($0)")] })]
        }
        var shown = all.filter { fields.contains($0.key) }
        shown["id"] = .string(media.id)
        return .object(shown)
    }
}
