internal import HTTPServer

/// `POST /{user}/media`: containers.
enum InstagramContainers {
    static func create(_ graph: GraphCall, _ turn: Turn, _ world: inout World) throws(Refusal) -> ServerAnswer {
        try graph.requireWrite()
        try graph.require("content_publish")
        try graph.allow([
            "image_url", "video_url", "media_type", "caption", "alt_text", "is_carousel_item", "children", "user_tags",
            "collaborators", "location_id", "cover_url", "thumb_offset", "share_to_feed", "audio_name",
            "audio_configuration", "trial_params", "product_tags", "is_ai_generated", "upload_type",
        ])
        let rules = try InstagramRules(graph)
        guard world.instagram.containersUsed(graph.user, now: turn.now) < world.instagram.containerLimit else {
            throw GraphErrors.refusal(
                9, 2_207_042, "Application request limit reached",
                userMessage: "You have created too many containers within 24 hours.")
        }
        let sequence = world.nextSequence()
        var container = InstagramWorld.Container(
            id: String(17_890_000_000_000_000 + sequence), account: graph.account, user: graph.user, kind: rules.kind,
            caption: graph["caption"] ?? "", media: [], details: rules.details, isSharedToFeed: rules.isSharedToFeed,
            createdAt: turn.now, readyAt: turn.now)
        try fill(&container, graph, rules, turn, world.instagram)
        world.instagram.containers[container.id] = container
        var answer: [String: Value] = ["id": .string(container.id)]
        if container.resumable != nil {
            let version = turn.call.segments.first ?? ""
            answer["uri"] = .string("https://rupload.facebook.com/ig-api-upload/\(version)/\(container.id)")
        }
        return .json(200, .object(answer))
    }

    private static func fill(
        _ container: inout InstagramWorld.Container, _ graph: GraphCall, _ rules: InstagramRules, _ turn: Turn,
        _ world: InstagramWorld
    ) throws(Refusal) {
        if let cover = graph["cover_url"] {
            let bytes = try InstagramFetching.bytes(cover, turn)
            var placeholder = try InstagramFetching.image(bytes, anyRatio: true)
            turn.shelf.put(bytes, as: container.pictureName())
            placeholder.thumbnail = container.pictureName()
            container.media = [placeholder]
        }
        switch rules.source {
        case .children:
            container.media = try children(graph, turn.now, world)
            container.begin(turn, isFilm: false)
        case .image(let url):
            let bytes = try InstagramFetching.bytes(url, turn)
            var image = try InstagramFetching.image(bytes, anyRatio: rules.kind == .story)
            image.alt = graph["alt_text"]
            image.thumbnail = container.pictureName()
            turn.shelf.put(bytes, as: container.pictureName())
            container.media = [image]
            container.begin(turn, isFilm: false)
        case .video(let url):
            container.take(ByteSource(try InstagramFetching.bytes(url, turn)), thumbOffset: rules.thumbOffset)
            if container.errorSubcode == 2_207_057, let refusal = GraphErrors.row(2_207_057) { throw refusal }
            container.begin(turn, isFilm: true)
        case .resumable:
            container.resumable = InstagramWorld.Container.Resumable(
                alt: graph["alt_text"], thumbOffset: rules.thumbOffset)
        }
    }

    private static func children(
        _ graph: GraphCall, _ now: Moment, _ world: InstagramWorld
    ) throws(Refusal) -> [StoredMedia] {
        let text = graph["children"] ?? ""
        let ids =
            Value(json: Array(text.utf8))?.array?.compactMap(\.string) ?? text.split(separator: ",").map(String.init)
        guard (2...10).contains(ids.count) else {
            throw GraphErrors.parameter("A carousel needs 2 to 10 children", subcode: 2_207_028)
        }
        guard Set(ids).count == ids.count else { throw GraphErrors.parameter("A child can be used once") }
        var media: [StoredMedia] = []
        for id in ids {
            guard let child = world.containers[id], child.user == graph.user, child.kind == .item else {
                throw GraphErrors.refusal(24, 2_207_006, "The media with \(id) cannot be found")
            }
            switch child.status(now) {
            case .finished, .published: media += child.media
            case .inProgress: throw GraphErrors.notReady
            case .error: throw GraphErrors.refusal(-1, 2_207_032, "Create media fail, please try to re-create media")
            case .expired: throw GraphErrors.refusal(-2, 2_207_020, "The media you are trying to access has expired")
            }
        }
        return media
    }
}
