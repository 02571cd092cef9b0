internal import HTTPServer

/// `POST /v2/ugcPosts`.
enum LinkedInLegacyPosts {
    private static let content = "com.linkedin.ugc.ShareContent"
    private static let network = "com.linkedin.ugc.MemberNetworkVisibility"

    static func create(_ turn: Turn, _ caller: LinkedInCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let body = try LinkedInFields(
            Value(json: turn.call.body), allowed: ["author", "lifecycleState", "specificContent", "visibility"])
        let author = try body.required("author")
        try caller.requireAuthor(author, for: "ugcPosts.CREATE.NO_VERSION")
        _ = try body.oneOf("lifecycleState", ["PUBLISHED"])
        guard let visibility = try body.object("visibility", allowed: [network]) else {
            throw LinkedInErrors.invalid("MISSING_FIELD", "/visibility", "is required")
        }
        let seen = try visibility.oneOf(network, ["PUBLIC", "CONNECTIONS"])
        guard
            let share = try body.object("specificContent", allowed: [content])?.object(
                content, allowed: ["shareCommentary", "shareMediaCategory", "media"])
        else { throw LinkedInErrors.invalid("MISSING_FIELD", "/specificContent", "is required") }
        guard
            let text = try share.object("shareCommentary", allowed: ["text"])?.string(
                "text", atMost: LinkedInPublishing.textLimit)
        else { throw LinkedInErrors.invalid("MISSING_FIELD", "/shareCommentary", "is required") }
        let category = try share.oneOf("shareMediaCategory", ["NONE", "ARTICLE", "IMAGE", "VIDEO"])
        var details = PostDetails()
        let media = try media(share, category, author, turn.now, world.linkedIn, &details)
        guard !text.isEmpty || category != "NONE" else {
            throw LinkedInErrors.refusal(422, "UNPROCESSABLE_ENTITY", "A post needs text or content")
        }
        try LinkedInPublishing.checkDuplicate(text, author, turn.now, world.linkedIn)
        if seen != "PUBLIC" { details.labels.append("visible to: \(seen)") }
        let sequence = world.nextSequence()
        let urn = LinkedInPublishing.urn(category == "VIDEO" ? "ugcPost" : "share", turn.now, sequence)
        world.linkedIn.posts[urn] = LinkedInWorld.Post(
            urn: urn, account: caller.account, author: author, text: text, little: text, media: media, content: nil,
            visibility: seen, details: details, createdAt: turn.now,
            visibleAt: turn.now + turn.effects.invisibleFor, sequence: sequence)
        return .json(201, ["id": .string(urn)], headers: [("x-restli-id", urn)])
    }

    private static func media(
        _ share: LinkedInFields, _ category: String, _ author: String, _ now: Moment, _ world: LinkedInWorld,
        _ details: inout PostDetails
    ) throws(Refusal) -> [StoredMedia] {
        let items = try share.array("media") ?? []
        let counts = ["NONE": 0...0, "ARTICLE": 1...1, "VIDEO": 1...1, "IMAGE": 1...20]
        guard counts[category]?.contains(items.count) == true else {
            throw LinkedInErrors.invalid(
                "INVALID_VALUE_FOR_FIELD", "/media", "\(items.count) items do not go with \(category)")
        }
        var shown: [StoredMedia] = []
        for item in items {
            let fields = try LinkedInFields(
                item, at: "/media", allowed: ["status", "media", "title", "description", "originalUrl"])
            _ = try fields.oneOf("status", ["READY"])
            let title = try fields.object("title", allowed: ["text"])?.string("text", atMost: 400)
            let description = try fields.object("description", allowed: ["text"])?.string("text", atMost: 4086)
            if category == "ARTICLE" {
                let url = try fields.required("originalUrl")
                guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
                    throw LinkedInErrors.invalid("INVALID_VALUE_FOR_FIELD", "/media/originalUrl", "is not a URL")
                }
                details.card = PostDetails.Card(
                    url: url, title: title ?? url, description: description ?? "", thumbnail: nil)
                continue
            }
            let urn = try fields.required("media")
            var stored = try LinkedInWorld.shown(urn, author, now, world)
            guard world.assets[urn]?.isLegacy == true, (category == "VIDEO") == (stored.kind == .video) else {
                throw LinkedInErrors.invalid("INVALID_URN_TYPE", "/media/media", "\(urn) does not go with \(category)")
            }
            stored.title = title
            stored.alt = description
            shown.append(stored)
        }
        return shown
    }
}
