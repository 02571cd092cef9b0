/// What the emulated X knows.
struct XWorld: Codable, Sendable {
    struct Post: Codable, Sendable {
        let id: Int
        let account: String
        let text: String
        let media: [Int]
        let replyTo: Int?
        let conversation: Int
        let quoted: Int?
        let replySettings: String?
        let poll: PostDetails.Poll?
        let pollMinutes: Int?
        let community: String?
        let labels: [String]
        let isPaidPartnership: Bool
        let createdAt: Moment
        let visibleAt: Moment
        let sequence: Int
    }

    var posts: [Int: Post] = [:]
    var media: [Int: Media] = [:]
    var rates: [String: RateWindow] = [:]
    /// Nonces are remembered with their timestamps; a pair counts once (RFC 5849 §3.3).
    var nonces: Set<String> = []
    /// Thousandths of a dollar; nothing: no end.
    var credit: Int?
    /// Posts of one user in 24 hours, when there is such a limit.
    var userDayLimit: Int?
    var names = XNames.both

    func account(ofUser id: String) -> String? {
        posts.values.first { SandboxCredentials.xUserID($0.account) == id }?.account
    }

    var feed: [LivePost] {
        posts.values.map { post in
            var details = PostDetails()
            details.poll = post.poll
            details.labels = post.labels
            details.quoted = post.quoted.map(String.init)
            return LivePost(
                network: .x, account: post.account, author: SandboxCredentials.xUserID(post.account),
                id: String(post.id),
                url: "https://x.com/\(SandboxCredentials.xUsername(post.account))/status/\(post.id)", text: post.text,
                media: post.media.compactMap { media[$0]?.content }, replyTo: post.replyTo.map(String.init),
                createdAt: post.createdAt, sequence: post.sequence, details: details)
        }
    }
}

/// Which spelling of the fields renamed on 2026-08-07 the server knows.
enum XNames: String, Codable, Sendable, CaseIterable {
    /// Whichever of the two a request uses; what the real server does is not known.
    case both
    /// Only `tweet.fields` and its kin, as in the document of 2026-08-05.
    case before
    /// Only `post.fields` and its kin, as in the document of 2026-08-22.
    case after
}

/// Ids of X: milliseconds since 2010-11-04T01:42:54.657Z, then 22 bits that keep them apart.
enum Snowflake {
    static func id(at moment: Moment, sequence: Int) -> Int {
        (moment.milliseconds - 1_288_834_974_657) << 22 | (sequence & 0x3F_FFFF)
    }
}
