import JSON
import Posts

/// A post as LinkedIn takes it.
enum LinkedInPost {
    /// The body of the request that publishes.
    static func body(_ step: Step, draft: LinkedInDraft) -> JSON {
        var body: JSON = [
            "author": JSON(draft.author),
            "commentary": JSON(LittleText.escape(step.text)),
            "visibility": JSON(step.options["visibility"] ?? "PUBLIC"),
            "distribution": [
                "feedDistribution": JSON(step.options["feedDistribution"] ?? "MAIN_FEED"), "targetEntities": [],
                "thirdPartyDistributionChannels": [],
            ],
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": .bool(step.options["isReshareDisabledByAuthor"] == "true"),
        ]
        body["content"] = content(step, urns: draft.assets.map { $0.urn ?? "" })
        body["reshareContext"] = step.parent.map { ["parent": JSON($0)] }
        return body
    }

    /// Alt texts, titles, descriptions and polls are plain text.
    private static func content(_ step: Step, urns: [String]) -> JSON? {
        if let poll = step.poll {
            return [
                "poll": [
                    "question": JSON(poll.question), "options": .array(poll.options.map { ["text": JSON($0)] }),
                    "settings": ["duration": JSON(poll.duration)],
                ]
            ]
        }
        let shown = zip(urns, step.media).map(medium)
        if let first = shown.first {
            return shown.count == 1 ? ["media": first] : ["multiImage": ["images": .array(shown)]]
        }
        guard let link = step.link else { return nil }
        var article: JSON = ["source": JSON(link.url)]
        article["title"] = link.title.map { JSON($0) }
        article["description"] = link.description.map { JSON($0) }
        article["thumbnail"] = urns.first.map { JSON($0) }
        return ["article": article]
    }

    private static func medium(_ urn: String, _ file: MediaFile) -> JSON {
        var medium: JSON = ["id": JSON(urn)]
        switch file.info.kind {
        case .picture, .captions: medium["altText"] = file.alt.map { JSON($0) }
        case .video, .document: medium["title"] = file.reference.title.map { JSON($0) }
        }
        return medium
    }

    static func url(of urn: String) -> String { "\(LinkedInRules.post)\(urn)/" }

    static func receipt(_ urn: String, at moment: Instant, found: Receipt.Found = .answered) -> Receipt {
        Receipt(id: urn, url: url(of: urn), publishedAt: moment, found: found)
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

    /// Times are milliseconds since 1970.
    static func moment(_ value: JSON?) -> Instant? { value?.integer.map { Instant(milliseconds: Int64($0)) } }
}

/// A poll as written in a post; checked by `compose`.
struct LinkedInPoll: Sendable, Hashable {
    let question: String
    let options: [String]
    let duration: String
}

extension Step {
    var poll: LinkedInPoll? {
        guard let question = options["poll.question"], let answers = options["poll.options"],
            let duration = options["poll.duration"]
        else { return nil }
        return LinkedInPoll(
            question: question,
            options: answers.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
            duration: duration)
    }

    /// The post that is shared again.
    var parent: String? { options["reshareContext.parent"] }
}

extension Account {
    /// Whether LinkedIn posts are those of a page, which its API can list.
    var isOrganization: Bool { author?.hasPrefix("urn:li:organization:") ?? false }
}
