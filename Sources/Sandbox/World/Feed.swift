/// A post that people see on an emulated network.
struct LivePost: Sendable {
    let network: Network
    /// NAME of the token that published it.
    let account: String
    /// User id or URN of the author.
    let author: String
    let id: String
    let url: String
    let text: String
    let media: [StoredMedia]
    let replyTo: String?
    let createdAt: Moment
    let sequence: Int
    var details = PostDetails()

    var value: Value {
        var fields: [String: Value] = [
            "network": .string(network.rawValue), "account": .string(account), "author": .string(author),
            "id": .string(id), "url": .string(url), "text": .string(text), "media": .array(media.map(\.value)),
            "replyTo": replyTo.map(Value.string) ?? .null, "createdAt": .string(createdAt.rfc3339),
        ]
        fields.merge(details.fields) { first, _ in first }
        return .object(fields)
    }
}

/// What a post may have besides words and media.
struct PostDetails: Codable, Sendable, Hashable {
    /// `feed`, `reel`, `story`, `carousel`; `comment`.
    var kind: String?
    var poll: Poll?
    var card: Card?
    /// Made with AI, paid partnership, who may answer or see it, where it was made.
    var labels: [String] = []
    /// The post that is quoted or shared again.
    var quoted: String?
    /// People and organizations that the text or a picture names.
    var mentions: [String] = []

    struct Poll: Codable, Sendable, Hashable {
        let question: String?
        let options: [String]
        let endsAt: Moment
    }

    struct Card: Codable, Sendable, Hashable {
        let url: String
        let title: String
        let description: String
        let thumbnail: StoredMedia?
    }

    /// Only what is there.
    var fields: [String: Value] {
        var fields: [String: Value] = [:]
        fields["kind"] = kind.map(Value.string)
        fields["quoted"] = quoted.map(Value.string)
        if !labels.isEmpty { fields["labels"] = .array(labels.map(Value.string)) }
        if !mentions.isEmpty { fields["mentions"] = .array(mentions.map(Value.string)) }
        fields["poll"] = poll.map { poll in
            [
                "question": poll.question.map(Value.string) ?? .null,
                "options": .array(poll.options.map(Value.string)), "endsAt": .string(poll.endsAt.rfc3339),
            ]
        }
        fields["card"] = card.map { card in
            [
                "url": .string(card.url), "title": .string(card.title), "description": .string(card.description),
                "thumbnail": card.thumbnail?.value ?? .null,
            ]
        }
        return fields
    }
}

extension World {
    /// What is live on all networks, in the order of creation; also what look-ups do not show yet.
    var feed: [LivePost] {
        (x.feed + linkedIn.feed + instagram.feed).sorted { ($0.createdAt, $0.sequence) < ($1.createdAt, $1.sequence) }
    }
}
