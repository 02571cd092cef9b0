internal import HTTPServer
internal import Pictures

/// `POST /{user}/media`: containers and the rules of what goes into them.
enum InstagramContainers {
    private static let captionLimit = 2200
    private static let hashtagLimit = 30
    private static let mentionLimit = 20
    private static let altLimit = 1000
    private static let imageLimit = 8 << 20
    private static let reelLimit = 300 << 20
    private static let storyVideoLimit = 100 << 20

    static func create(_ graph: GraphCall, _ turn: Turn, _ world: inout World) throws(Refusal) -> ServerAnswer {
        try graph.requireWrite()
        try graph.allow([
            "image_url", "video_url", "media_type", "caption", "alt_text", "is_carousel_item", "children", "user_tags",
            "collaborators", "location_id", "cover_url", "thumb_offset", "share_to_feed", "audio_name",
            "audio_configuration", "trial_params", "product_tags", "is_ai_generated",
        ])
        let kind = try kind(graph)
        try checkCaption(graph, kind)
        try checkPeople(graph, kind)
        for flag in ["share_to_feed", "is_ai_generated"] { _ = try graph.bool(flag) }
        _ = try graph.integer("thumb_offset")
        let media =
            try kind == .carousel
            ? children(graph, turn.now, world.instagram) : [stored(graph, kind, turn.fetched)]
        let sequence = world.nextSequence()
        let id = String(17_890_000_000_000_000 + sequence)
        world.instagram.containers[id] = InstagramWorld.Container(
            id: id, user: graph.user, kind: kind, caption: graph["caption"] ?? "", media: media, createdAt: turn.now,
            readyAt: turn.now + (turn.effects.slow?.seconds ?? 0), pollsLeft: turn.effects.slow?.polls ?? 0,
            errorSubcode: turn.effects.processingError)
        return .json(200, ["id": .string(id)])
    }

    /// The URL that the network fetches before it answers.
    static func mediaURL(_ call: Call) -> String? {
        guard let graph = try? GraphCall(call) else { return nil }
        return graph["image_url"] ?? graph["video_url"]
    }
}

private extension InstagramContainers {
    static func kind(_ graph: GraphCall) throws(Refusal) -> InstagramWorld.Container.Kind {
        let isItem = try graph.bool("is_carousel_item")
        let source = (graph["image_url"] != nil, graph["video_url"] != nil)
        switch (graph["media_type"], isItem) {
        case (nil, _):
            guard source == (true, false) else { throw GraphErrors.parameter("The parameter image_url is required") }
            return isItem ? .item : .image
        case ("VIDEO", true):
            guard source == (false, true) else { throw GraphErrors.parameter("The parameter video_url is required") }
            return .item
        case ("CAROUSEL", false):
            guard source == (false, false) else {
                throw GraphErrors.parameter("A carousel has children, no media of its own")
            }
            return .carousel
        case ("STORIES", false):
            guard source.0 != source.1 else { throw GraphErrors.parameter("A story has either image_url or video_url") }
            return .story
        case ("REELS", false):
            guard source == (false, true) else { throw GraphErrors.parameter("The parameter video_url is required") }
            return .reel
        case (let type?, _):
            throw GraphErrors.parameter("Param media_type: \(type) is not possible here", subcode: 2_207_023)
        }
    }

    static func checkCaption(_ graph: GraphCall, _ kind: InstagramWorld.Container.Kind) throws(Refusal) {
        if let caption = graph["caption"] {
            guard kind != .item else { throw GraphErrors.parameter("caption is not allowed on carousel children") }
            guard caption.utf16.count <= captionLimit, count("#＃", in: caption) <= hashtagLimit,
                count("@", in: caption) <= mentionLimit
            else {
                throw GraphErrors.refusal(
                    36004, 2_207_010, "The caption was too long",
                    userMessage: "The caption exceeds 2200 characters, 30 hashtags or 20 mentions.")
            }
        }
        if let alt = graph["alt_text"] {
            guard kind == .image || kind == .item, graph["video_url"] == nil else {
                throw GraphErrors.parameter("alt_text is for images only")
            }
            guard alt.utf16.count <= altLimit else {
                throw GraphErrors.parameter("Param alt_text must be at most \(altLimit) characters long")
            }
        }
    }

    static func checkPeople(_ graph: GraphCall, _ kind: InstagramWorld.Container.Kind) throws(Refusal) {
        if let text = graph["collaborators"] {
            guard let names = Value(json: Array(text.utf8))?.array, names.allSatisfy({ $0.string != nil }),
                names.count <= 3,
                kind == .image || kind == .reel || kind == .carousel
            else { throw GraphErrors.parameter("Param collaborators must be up to 3 usernames of a feed post") }
        }
        if let text = graph["user_tags"] {
            let tags = Value(json: Array(text.utf8))?.array
            let areGood = tags?.allSatisfy { tag in
                let isPlaced = [tag["x"]?.double, tag["y"]?.double].allSatisfy {
                    $0.map { (0...1).contains($0) } ?? false
                }
                return tag["username"]?.string != nil && (isPlaced || kind == .story || kind == .reel)
            }
            guard areGood == true, (tags?.count ?? 0) <= 20 else {
                throw GraphErrors.parameter("Param user_tags must be up to 20 objects with username, x and y")
            }
        }
        if let place = graph["location_id"], kind == .item || !place.allSatisfy(\.isNumber) {
            throw GraphErrors.parameter("Param location_id must be the id of a Page, not on carousel children")
        }
    }

    /// A mark counts when a letter, digit or underscore follows and none stands before.
    static func count(_ marks: String, in text: String) -> Int {
        var previous: Character = " "
        var count = 0
        var isOpen = false
        for character in text {
            let isWord = character.isLetter || character.isNumber || character == "_"
            if isOpen, isWord { count += 1 }
            isOpen = marks.contains(character) && !(previous.isLetter || previous.isNumber || previous == "_")
            previous = character
        }
        return count
    }

    static func children(_ graph: GraphCall, _ now: Moment, _ world: InstagramWorld) throws(Refusal) -> [StoredMedia] {
        let text = graph["children"] ?? ""
        let ids =
            Value(json: Array(text.utf8))?.array?.compactMap(\.string) ?? text.split(separator: ",").map(String.init)
        guard (2...10).contains(ids.count) else {
            throw GraphErrors.parameter("A carousel needs 2 to 10 children", subcode: 2_207_028)
        }
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

    static func stored(
        _ graph: GraphCall, _ kind: InstagramWorld.Container.Kind, _ fetched: FetchResult?
    ) throws(Refusal) -> StoredMedia {
        guard case .file(let bytes) = fetched else { throw GraphErrors.unfetchable }
        guard graph["video_url"] == nil else {
            let limit = kind == .story ? storyVideoLimit : reelLimit
            guard bytes.count <= limit, let size = MP4.videoSize(bytes) else {
                throw GraphErrors.refusal(352, 2_207_026, "The video format is not supported")
            }
            return StoredMedia(kind: .video, width: size.width, height: size.height, bytes: bytes.count)
        }
        guard bytes.count <= imageLimit else {
            throw GraphErrors.refusal(
                36000, 2_207_004, "The image size is too large", userMessage: "It should be 8 MiB or less.")
        }
        guard let picture = try? Picture.decode(bytes), picture.format == .jpeg else {
            throw GraphErrors.refusal(
                36001, 2_207_005, "The image format is not supported", userMessage: "Supported formats: JPEG")
        }
        // From 4:5 to 1.91:1, without rounding; stories may have any ratio.
        let isTooTall = picture.width * 5 < picture.height * 4
        let isTooWide = picture.width * 100 > picture.height * 191
        guard kind == .story || !(isTooTall || isTooWide) else {
            throw GraphErrors.refusal(
                36003, 2_207_009,
                "The submitted image with aspect ratio ('\(picture.width)/\(picture.height)',) cannot be published. Please submit an image with a valid aspect ratio."
            )
        }
        return StoredMedia(
            kind: .photo, width: picture.width, height: picture.height, bytes: bytes.count, alt: graph["alt_text"])
    }
}
