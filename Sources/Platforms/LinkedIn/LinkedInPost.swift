import JSON
import Posts

/// A post as LinkedIn takes and lists it.
enum LinkedInPost {
    /// The body of the request that publishes.
    static func body(_ step: Step, draft: LinkedInDraft) -> JSON {
        var body: JSON = [
            "author": JSON(draft.author),
            "commentary": JSON(LittleText.escape(step.text)),
            "visibility": JSON(step.options["visibility"] ?? "PUBLIC"),
            "distribution": [
                "feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": [],
            ],
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": .bool(step.options["isReshareDisabledByAuthor"] == "true"),
        ]
        body["content"] = content(step, images: draft.images.map(\.urn))
        return body
    }

    /// Alt texts, titles and descriptions are plain text.
    private static func content(_ step: Step, images: [String]) -> JSON? {
        let described = zip(images, step.media).map { urn, file in
            var image: JSON = ["id": JSON(urn)]
            image["altText"] = file.alt.map { JSON($0) }
            return image
        }
        if let first = described.first {
            return described.count == 1 ? ["media": first] : ["multiImage": ["images": .array(described)]]
        }
        guard let link = step.link else { return nil }
        var article: JSON = ["source": JSON(link.url)]
        article["title"] = link.title.map { JSON($0) }
        article["description"] = link.description.map { JSON($0) }
        return ["article": article]
    }

    static func receipt(_ urn: String, at moment: Instant, found: Receipt.Found = .answered) -> Receipt {
        Receipt(id: urn, url: "\(LinkedInRules.post)\(urn)/", publishedAt: moment, found: found)
    }

    /// The first URN of a post that a message names.
    static func urn(in message: String) -> String? {
        let kinds = ["urn:li:share:", "urn:li:ugcPost:", "urn:li:activity:"]
        for start in message.indices where message[start] == "u" {
            for kind in kinds where message[start...].hasPrefix(kind) {
                let digits = message[start...].dropFirst(kind.count).prefix { $0.isASCII && $0.isNumber }
                if !digits.isEmpty { return kind + digits }
            }
        }
        return nil
    }

    /// Those of an author's posts that are this step: live, created since `start`, the same words; where several are,
    /// those with the images of the draft.
    static func matches(_ step: Step, draft: LinkedInDraft?, since start: Instant, among posts: [JSON]) -> [Receipt] {
        let words = normal(step.text)
        let same = posts.filter { post in
            guard let created = moment(post["createdAt"]), created >= start - LinkedInRules.clockSkew else {
                return false
            }
            let state = post["lifecycleState"]?.string ?? "PUBLISHED"
            return state.hasPrefix("PUBLISH") && state != "PUBLISH_FAILED"
                && normal(LittleText.unescape(post["commentary"]?.string ?? "")) == words
        }
        let images = Set(draft?.images.map(\.urn) ?? [])
        let chosen = same.count > 1 && !images.isEmpty ? same.filter { images.isSubset(of: Self.images(of: $0)) } : same
        return chosen.compactMap { post in
            post["id"]?.string.map {
                receipt($0, at: moment(post["publishedAt"]) ?? moment(post["createdAt"]) ?? start, found: .recovered)
            }
        }
    }

    /// Whether a list of an author's last modified posts goes back to a moment, so that what it lacks is not there.
    static func reaches(_ start: Instant, _ posts: [JSON]) -> Bool {
        guard posts.count >= LinkedInRules.found else { return true }
        return posts.contains { post in
            (moment(post["lastModifiedAt"]) ?? moment(post["createdAt"])).map { $0 < start - LinkedInRules.clockSkew }
                ?? false
        }
    }

    /// Times are milliseconds since 1970.
    static func moment(_ value: JSON?) -> Instant? { value?.integer.map { Instant(milliseconds: Int64($0)) } }

    private static func images(of post: JSON) -> Set<String> {
        let content = post["content"]
        let several = content?["multiImage"]?["images"]?.array ?? []
        return Set(([content?["media"]].compactMap(\.self) + several).compactMap { $0["id"]?.string })
    }

    /// Reads return every hashtag with an ASCII hash, and no blanks around the words.
    private static func normal(_ text: String) -> String {
        let words = text.unicodeScalars.map { $0.isHash ? "#" : $0 }.drop(while: \.isBlank)
        guard let last = words.lastIndex(where: { !$0.isBlank }) else { return "" }
        return String(words[...last])
    }
}

extension Account {
    /// Whether LinkedIn posts are those of a page, which its API can list.
    var isOrganization: Bool { author?.hasPrefix("urn:li:organization:") ?? false }
}
