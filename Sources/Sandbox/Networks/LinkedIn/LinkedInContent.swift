/// The `content` of a post: exactly one of media, multiImage, article and poll.
struct LinkedInContent {
    let value: Value?
    let media: [StoredMedia]
    let poll: PostDetails.Poll?
    let card: PostDetails.Card?
    /// Videos, documents and polls get the other kind of URN.
    var isUGCPost: Bool { poll != nil || media.first?.kind == .video || media.first?.kind == .document }

    private static let altLimit = 4086
    private static let articleTitleLimit = 400

    init(_ body: LinkedInFields, author: String, now: Moment, _ world: LinkedInWorld) throws(Refusal) {
        let kinds: Set = ["media", "multiImage", "article", "poll"]
        value = body["content"]
        guard let content = try body.object("content", allowed: kinds) else {
            (media, poll, card) = ([], nil, nil)
            return
        }
        guard kinds.filter(content.has).count == 1 else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", "/content", "exactly one kind of content expected")
        }
        var poll: PostDetails.Poll?
        var card: PostDetails.Card?
        if let single = try content.object("media", allowed: ["id", "altText", "title"]) {
            media = [try Self.media(single, author, now, world)]
            if media.first?.kind == .document { _ = try single.required("title") }
        } else if let several = try content.object("multiImage", allowed: ["images"]) {
            media = try Self.images(several, author, now, world)
        } else if let article = try content.object(
            "article", allowed: ["source", "title", "description", "thumbnail", "thumbnailAltText"])
        {
            card = try Self.article(article, author, now, world)
            media = []
        } else {
            poll = try Self.poll(content, now)
            media = []
        }
        (self.poll, self.card) = (poll, card)
    }

    private static func images(
        _ several: LinkedInFields, _ author: String, _ now: Moment, _ world: LinkedInWorld
    ) throws(Refusal) -> [StoredMedia] {
        let images = try several.array("images") ?? []
        guard (2...20).contains(images.count) else {
            throw LinkedInErrors.invalid(
                "INVALID_VALUE_FOR_FIELD", "/content/multiImage/images", "2 to 20 images expected")
        }
        var stored: [StoredMedia] = []
        for image in images {
            let fields = try LinkedInFields(image, at: "/content/multiImage/images", allowed: ["id", "altText"])
            let image = try media(fields, author, now, world)
            guard image.kind == .photo || image.kind == .animatedGIF else {
                throw LinkedInErrors.invalid(
                    "INVALID_URN_TYPE", "/content/multiImage/images", "a video or document stands alone")
            }
            stored.append(image)
        }
        return stored
    }

    private static func media(
        _ fields: LinkedInFields, _ author: String, _ now: Moment, _ world: LinkedInWorld
    ) throws(Refusal) -> StoredMedia {
        let urn = try fields.required("id")
        var stored = try available(urn, author, now, world)
        stored.title = try fields.string("title", atMost: articleTitleLimit)
        stored.alt = try fields.string("altText", atMost: altLimit)
        return stored
    }

    /// What was uploaded under that URN by the author, once it can be shown.
    static func available(
        _ urn: String, _ author: String, _ now: Moment, _ world: LinkedInWorld
    ) throws(Refusal) -> StoredMedia {
        guard ["image", "video", "document"].contains(where: { urn.hasPrefix("urn:li:\($0):") }) else {
            throw LinkedInErrors.invalid(
                "INVALID_URN_TYPE", "/content/media/id", "\(urn) is no image, video or document")
        }
        return try LinkedInWorld.shown(urn, author, now, world)
    }

    private static func article(
        _ article: LinkedInFields, _ author: String, _ now: Moment, _ world: LinkedInWorld
    ) throws(Refusal) -> PostDetails.Card {
        let source = try article.required("source")
        guard source.hasPrefix("https://") || source.hasPrefix("http://") else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", "/content/article/source", "\(source) is not a URL")
        }
        let title = try article.required("title")
        _ = try article.string("title", atMost: articleTitleLimit)
        let description = try article.string("description", atMost: altLimit)
        var picture: StoredMedia?
        if let thumbnail = try article.string("thumbnail") {
            picture = try available(thumbnail, author, now, world)
            guard picture?.kind == .photo || picture?.kind == .animatedGIF else {
                throw LinkedInErrors.invalid("INVALID_URN_TYPE", "/content/article/thumbnail", "is no image")
            }
            picture?.alt = try article.string("thumbnailAltText", atMost: altLimit)
        }
        return PostDetails.Card(url: source, title: title, description: description ?? "", thumbnail: picture)
    }

    /// Hours that a poll is open.
    private static let durations = ["ONE_DAY": 24, "THREE_DAYS": 72, "SEVEN_DAYS": 168, "FOURTEEN_DAYS": 336]

    private static func poll(_ content: LinkedInFields, _ now: Moment) throws(Refusal) -> PostDetails.Poll? {
        guard let poll = try content.object("poll", allowed: ["question", "options", "settings"]) else { return nil }
        let question = try poll.required("question")
        _ = try poll.string("question", atMost: 140)
        let options = try poll.array("options") ?? []
        guard (2...4).contains(options.count) else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", "/content/poll/options", "2 to 4 options expected")
        }
        var texts: [String] = []
        for option in options {
            let fields = try LinkedInFields(option, at: "/content/poll/options", allowed: ["text"])
            texts.append(try fields.required("text"))
            _ = try fields.string("text", atMost: 30)
        }
        guard
            let settings = try poll.object(
                "settings", allowed: ["duration", "voteSelectionType", "isVoterVisibleToAuthor"])
        else { throw LinkedInErrors.invalid("MISSING_FIELD", "/content/poll/settings", "is required") }
        let duration = try settings.oneOf("duration", durations.keys.sorted())
        return PostDetails.Poll(
            question: question, options: texts, endsAt: now + Double(durations[duration] ?? 0) * 3600)
    }
}

extension LinkedInWorld {
    /// The content of an asset of that owner, once it is available; the errors that LinkedIn has until then.
    static func shown(
        _ urn: String, _ owner: String, _ now: Moment, _ world: LinkedInWorld
    ) throws(Refusal) -> StoredMedia {
        guard let asset = world.assets[urn], asset.owner == owner else {
            throw LinkedInErrors.invalid("INVALID_URN_ID", "/content/media/id", "\(urn) does not belong to \(owner)")
        }
        switch (asset.status(now), asset.content) {
        case ("AVAILABLE", let content?): return content
        case ("PROCESSING_FAILED", _), ("AVAILABLE", nil):
            throw LinkedInErrors.invalid(
                "MEDIA_ASSET_PROCESSING_FAILED", "/content/media/id", "\(urn) could not be processed")
        default:
            throw LinkedInErrors.invalid(
                "MEDIA_ASSET_WAITING_UPLOAD", "/content/media/id", "\(urn) is not available yet")
        }
    }
}
