/// The `content` of a post: exactly one of media, multiImage, article and poll.
struct LinkedInContent {
    let value: Value?
    let media: [StoredMedia]
    let isPoll: Bool
    /// Videos and polls get the other kind of URN.
    var isUGCPost: Bool { isPoll || media.first?.kind == .video }

    private static let altLimit = 4086
    private static let articleTitleLimit = 400

    init(_ body: LinkedInFields, author: String, now: Moment, _ world: LinkedInWorld) throws(Refusal) {
        let kinds: Set = ["media", "multiImage", "article", "poll"]
        guard let content = try body.object("content", allowed: kinds) else {
            value = nil
            media = []
            isPoll = false
            return
        }
        guard kinds.filter(content.has).count == 1 else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", "/content", "exactly one kind of content expected")
        }
        value = body["content"]
        isPoll = content.has("poll")
        if let single = try content.object("media", allowed: ["id", "altText", "title"]) {
            media = [try Self.image(single, author, now, world)]
        } else if let several = try content.object("multiImage", allowed: ["images", "altText"]) {
            let images = try several.array("images") ?? []
            guard (2...20).contains(images.count) else {
                throw LinkedInErrors.invalid(
                    "INVALID_VALUE_FOR_FIELD", "/content/multiImage/images", "2 to 20 images expected")
            }
            var stored: [StoredMedia] = []
            for image in images {
                let fields = try LinkedInFields(image, at: "/content/multiImage/images", allowed: ["id", "altText"])
                let image = try Self.image(fields, author, now, world)
                guard image.kind != .video else {
                    throw LinkedInErrors.invalid(
                        "INVALID_URN_TYPE", "/content/multiImage/images", "a video stands alone")
                }
                stored.append(image)
            }
            media = stored
        } else if let article = try content.object(
            "article", allowed: ["source", "title", "description", "thumbnail", "thumbnailAltText"])
        {
            media = try Self.article(article, author, now, world)
        } else {
            try Self.checkPoll(content)
            media = []
        }
    }

    private static func image(
        _ fields: LinkedInFields, _ author: String, _ now: Moment, _ world: LinkedInWorld
    ) throws(Refusal) -> StoredMedia {
        let urn = try fields.required("id")
        _ = try fields.string("title")
        let alt = try fields.string("altText", atMost: altLimit)
        var stored = try available(urn, author, now, world)
        stored.alt = alt
        return stored
    }

    private static func available(
        _ urn: String, _ author: String, _ now: Moment, _ world: LinkedInWorld
    ) throws(Refusal) -> StoredMedia {
        let owner: String?
        let status: String?
        let content: StoredMedia?
        if urn.hasPrefix("urn:li:image:") {
            let image = world.images[urn]
            (owner, status, content) = (image?.owner, image?.status(now), image?.content)
        } else if urn.hasPrefix("urn:li:video:") {
            let video = world.videos[urn]
            (owner, status, content) = (video?.owner, video?.status(now), video?.content)
        } else {
            throw LinkedInErrors.invalid("INVALID_URN_TYPE", "/content/media/id", "\(urn) is no image and no video")
        }
        guard let status, owner == author else {
            throw LinkedInErrors.invalid("INVALID_URN_ID", "/content/media/id", "\(urn) does not belong to \(author)")
        }
        switch (status, content) {
        case ("AVAILABLE", let content?): return content
        case ("PROCESSING_FAILED", _):
            throw LinkedInErrors.invalid(
                "MEDIA_ASSET_PROCESSING_FAILED", "/content/media/id", "\(urn) could not be processed")
        default:
            throw LinkedInErrors.invalid(
                "MEDIA_ASSET_WAITING_UPLOAD", "/content/media/id", "\(urn) is not available yet")
        }
    }

    private static func article(
        _ article: LinkedInFields, _ author: String, _ now: Moment, _ world: LinkedInWorld
    ) throws(Refusal) -> [StoredMedia] {
        let source = try article.required("source")
        guard source.hasPrefix("https://") || source.hasPrefix("http://") else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", "/content/article/source", "\(source) is not a URL")
        }
        _ = try article.required("title")
        _ = try article.string("title", atMost: articleTitleLimit)
        _ = try article.string("description", atMost: altLimit)
        guard let thumbnail = try article.string("thumbnail") else { return [] }
        var stored = try available(thumbnail, author, now, world)
        stored.alt = try article.string("thumbnailAltText", atMost: altLimit)
        return [stored]
    }

    private static func checkPoll(_ content: LinkedInFields) throws(Refusal) {
        guard let poll = try content.object("poll", allowed: ["question", "options", "settings"]) else { return }
        _ = try poll.required("question")
        _ = try poll.string("question", atMost: 140)
        let options = try poll.array("options") ?? []
        guard (2...4).contains(options.count) else {
            throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", "/content/poll/options", "2 to 4 options expected")
        }
        for option in options {
            let fields = try LinkedInFields(option, at: "/content/poll/options", allowed: ["text"])
            _ = try fields.required("text")
            _ = try fields.string("text", atMost: 30)
        }
        _ = try poll.object("settings", allowed: ["duration", "voteSelectionType", "isVoterVisibleToAuthor"])?
            .oneOf("duration", ["ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"])
    }
}
