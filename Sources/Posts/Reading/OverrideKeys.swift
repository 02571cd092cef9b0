/// The keys that a network's or an account's mapping may hold, and what each wants: one table for all networks.
/// Names are those of the network's own API in camelCase; sources are the networks' API pages of 2026.
struct OverrideKey: Sendable {
    let name: String
    let shape: Shape
    /// In an entry of a list, that it must be there.
    let isRequired: Bool

    init(_ name: String, _ shape: Shape, isRequired: Bool = false) {
        self.name = name
        self.shape = shape
        self.isRequired = isRequired
    }

    indirect enum Shape: Sendable {
        // What every network has; the reader knows what to do with these.
        case words, media, link, schedule, skip, firstComment, thread
        // A network's own, handed to it as text.
        case flag
        case text
        case number(ClosedRange<Int>)
        case decimal(ClosedRange<Double>)
        /// One of these words.
        case choice([String])
        /// A list of texts, of these words only if there are any; handed on joined by commas.
        case list(of: [String] = [], count: ClosedRange<Int>)
        /// A list of texts that may hold commas; handed on joined by line ends.
        case lines(count: ClosedRange<Int>)
        /// A mapping; handed on as `key.field`.
        case fields([OverrideKey])
        /// A list of mappings; handed on as `key.1.field`, `key.2.field`, …
        case entries([OverrideKey], count: ClosedRange<Int>)
    }
}

extension OverrideKey {
    static let common = [
        OverrideKey("text", .words), OverrideKey("media", .media), OverrideKey("link", .link),
        OverrideKey("schedule", .schedule), OverrideKey("skip", .skip), OverrideKey("firstComment", .firstComment),
        OverrideKey("thread", .thread),
    ]

    static func own(_ network: Network) -> [OverrideKey] {
        switch network {
        case .x:
            [
                OverrideKey("replySettings", .choice(["following", "mentionedUsers", "subscribers", "verified"])),
                OverrideKey(
                    "poll",
                    .fields([
                        OverrideKey("options", .lines(count: 2...4)),
                        OverrideKey("durationMinutes", .number(5...10080)),
                    ])),
                OverrideKey("madeWithAi", .flag), OverrideKey("paidPartnership", .flag),
                OverrideKey("quoteTweetId", .text), OverrideKey("communityId", .text),
                OverrideKey("shareWithFollowers", .flag), OverrideKey("forSuperFollowersOnly", .flag),
                OverrideKey("placeId", .text), OverrideKey("nullcast", .flag),
                OverrideKey("taggedUserIds", .list(count: 0...10)), OverrideKey("cardUri", .text),
                OverrideKey("directMessageDeepLink", .text),
            ]
        case .linkedin:
            [
                OverrideKey("visibility", .choice(["PUBLIC", "CONNECTIONS", "LOGGED_IN"])),
                OverrideKey("isReshareDisabledByAuthor", .flag),
                OverrideKey("feedDistribution", .choice(["MAIN_FEED", "NONE"])),
                OverrideKey(
                    "poll",
                    .fields([
                        OverrideKey("question", .text), OverrideKey("options", .lines(count: 2...4)),
                        OverrideKey("duration", .choice(["ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"])),
                    ])),
                OverrideKey("reshareContext", .fields([OverrideKey("parent", .text)])),
            ]
        case .instagram:
            [
                OverrideKey("kind", .choice(["feed", "reel", "story", "carousel"])),
                OverrideKey("collaborators", .list(count: 0...3)), OverrideKey("locationId", .text),
                OverrideKey("shareToFeed", .flag), OverrideKey("thumbOffset", .number(0...Int.max)),
                OverrideKey("audioName", .text), OverrideKey("isAiGenerated", .flag),
                OverrideKey(
                    "userTags",
                    .entries(
                        [
                            OverrideKey("username", .text, isRequired: true), OverrideKey("x", .decimal(0...1)),
                            OverrideKey("y", .decimal(0...1)),
                            // Ours: which picture of the post, as the API has it by the container it is sent with.
                            OverrideKey("media", .number(1...10)),
                        ], count: 0...200)),
                OverrideKey(
                    "trialParams",
                    .fields([OverrideKey("graduationStrategy", .choice(["MANUAL", "SS_PERFORMANCE"]))])),
            ]
        case .bluesky:
            [
                OverrideKey("langs", .list(count: 0...3)),
                OverrideKey(
                    "labels",
                    .list(of: ["porn", "sexual", "nudity", "graphic-media", "!no-unauthenticated"], count: 0...10)),
            ]
        case .mastodon:
            [
                OverrideKey("spoilerText", .text),
                OverrideKey("visibility", .choice(["public", "unlisted", "private", "direct"])),
                OverrideKey("language", .text), OverrideKey("sensitive", .flag),
                OverrideKey("quoteApprovalPolicy", .choice(["public", "followers", "nobody"])),
                OverrideKey(
                    "poll",
                    .fields([
                        OverrideKey("options", .lines(count: 2...20)), OverrideKey("expiresIn", .number(300...Int.max)),
                        OverrideKey("multiple", .flag), OverrideKey("hideTotals", .flag),
                    ])),
            ]
        case .threads:
            [
                OverrideKey(
                    "replyControl",
                    .choice([
                        "everyone", "accounts_you_follow", "mentioned_only", "parent_post_author_only",
                        "followers_only",
                    ])),
                OverrideKey("topicTag", .text), OverrideKey("quotePostId", .text), OverrideKey("locationId", .text),
                OverrideKey("isSpoilerMedia", .flag),
            ]
        case .facebook: []
        }
    }

    /// All keys of one network, common ones first.
    static func all(_ network: Network) -> [OverrideKey] { common + own(network) }

    private static let tables = Dictionary(
        uniqueKeysWithValues: Network.allCases.map { ($0, ByteTable(all($0).map { ($0.name, $0) })) })

    /// The keys of one network, to look up by bytes.
    static func table(_ network: Network) -> ByteTable<OverrideKey> { tables[network] ?? ByteTable([]) }

    /// The networks other than this one that have the key.
    static func networks(with name: String, except network: Network) -> [Network] {
        Network.allCases.filter { $0 != network && own($0).contains { $0.name == name } }
    }
}
