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

    var value: Value {
        [
            "network": .string(network.rawValue), "account": .string(account), "author": .string(author),
            "id": .string(id), "url": .string(url), "text": .string(text),
            "media": .array(
                media.map {
                    [
                        "kind": .string($0.kind.rawValue), "alt": $0.alt.map(Value.string) ?? .null,
                        "width": .integer($0.width), "height": .integer($0.height),
                    ]
                }),
            "replyTo": replyTo.map(Value.string) ?? .null, "createdAt": .string(createdAt.rfc3339),
        ]
    }
}

extension World {
    /// What is live on all networks, in the order of creation; also what look-ups do not show yet.
    var feed: [LivePost] {
        (x.feed + linkedIn.feed + instagram.feed).sorted { ($0.createdAt, $0.sequence) < ($1.createdAt, $1.sequence) }
    }
}
