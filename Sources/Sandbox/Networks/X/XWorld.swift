/// What the emulated X knows.
struct XWorld: Codable, Sendable {
    struct Post: Codable, Sendable {
        let id: Int
        let account: String
        let text: String
        let media: [Int]
        let replyTo: Int?
        let conversation: Int
        let replySettings: String?
        let hasPoll: Bool
        let createdAt: Moment
        let visibleAt: Moment
        let sequence: Int
    }

    struct Media: Codable, Sendable {
        let id: Int
        let account: String
        let category: String
        let expiresAt: Moment
        /// Nothing until all bytes have come.
        var content: StoredMedia?
        var upload: Upload?
        var readyAt: Moment
        var pollsLeft = 0
        var failed = false

        /// Media keys begin with a digit for the kind: 3 photo, 13 video, 16 animated GIF.
        var key: String {
            switch category {
            case "tweet_video", "amplify_video": "13_\(id)"
            case "tweet_gif": "16_\(id)"
            default: "3_\(id)"
            }
        }
    }

    struct Upload: Codable, Sendable {
        let type: String
        let total: Int
        var segments: [Int: [UInt8]] = [:]
    }

    var posts: [Int: Post] = [:]
    var media: [Int: Media] = [:]
    var rates: [String: RateWindow] = [:]
    /// Nonces are remembered with their timestamps; a pair counts once (RFC 5849 §3.3).
    var nonces: Set<String> = []

    func account(ofUser id: String) -> String? {
        posts.values.first { SandboxCredentials.xUserID($0.account) == id }?.account
    }

    var feed: [LivePost] {
        posts.values.map { post in
            LivePost(
                network: .x, account: post.account, author: SandboxCredentials.xUserID(post.account),
                id: String(post.id),
                url: "https://x.com/\(SandboxCredentials.xUsername(post.account))/status/\(post.id)", text: post.text,
                media: post.media.compactMap { media[$0]?.content }, replyTo: post.replyTo.map(String.init),
                createdAt: post.createdAt, sequence: post.sequence)
        }
    }
}

/// Ids of X: milliseconds since 2010-11-04T01:42:54.657Z, then 22 bits that keep them apart.
enum Snowflake {
    static func id(at moment: Moment, sequence: Int) -> Int {
        (moment.milliseconds - 1_288_834_974_657) << 22 | (sequence & 0x3F_FFFF)
    }
}
