/// What a post may say besides words and media: our names, in camel case, of the API's.
/// Source: `POST /2/tweets` of the OpenAPI documents 2.166 and 2.167, 2026-08.
enum XOptionRules {
    struct Option: Sendable {
        /// The members of the request's body that lead to it.
        let path: [String]
        let shape: Shape
        /// Whether it goes on every part of a thread, for each is seen alone too; else on the first.
        var isOnEveryPart = false

        init(_ path: String..., as shape: Shape, onEveryPart: Bool = false) {
            self.path = path
            self.shape = shape
            isOnEveryPart = onEveryPart
        }
    }

    enum Shape: Sendable, Hashable {
        case flag, id, ids, text, choices, number
        case oneOf([String])
    }

    static let all: [String: Option] = [
        "replySettings": Option(
            "reply_settings", as: .oneOf(["following", "mentionedUsers", "subscribers", "verified"])),
        "madeWithAi": Option("made_with_ai", as: .flag, onEveryPart: true),
        "paidPartnership": Option("paid_partnership", as: .flag, onEveryPart: true),
        "forSuperFollowersOnly": Option("for_super_followers_only", as: .flag, onEveryPart: true),
        "nullcast": Option("nullcast", as: .flag, onEveryPart: true),
        "communityId": Option("community_id", as: .id),
        "shareWithFollowers": Option("share_with_followers", as: .flag),
        "quoteTweetId": Option("quote_tweet_id", as: .id),
        "placeId": Option("geo", "place_id", as: .text),
        "taggedUserIds": Option("media", "tagged_user_ids", as: .ids),
        "cardUri": Option("card_uri", as: .text),
        "directMessageDeepLink": Option("direct_message_deep_link", as: .text),
        "poll.options": Option("poll", "options", as: .choices),
        "poll.durationMinutes": Option("poll", "duration_minutes", as: .number),
    ]

    /// What stands in a post alone, by the first option that tells of it. `media` is the fourth of them.
    static let exclusive = ["poll.options", "quoteTweetId", "cardUri"]

    static let mostTagged = 10
    /// Characters of a choice in a poll.
    static let longestChoice = 25
    static let (fewestChoices, mostChoices) = (2, 4)
    /// Minutes.
    static let (shortestPoll, longestPoll) = (5, 10080)
}
