/// What the emulated Instagram knows.
struct InstagramWorld: Codable, Sendable {
    struct Container: Codable, Sendable {
        enum Kind: String, Codable, Sendable { case image, reel, story, carousel, item }

        let id: String
        let user: String
        let kind: Kind
        let caption: String
        let media: [StoredMedia]
        let createdAt: Moment
        var readyAt: Moment
        var pollsLeft = 0
        var errorSubcode: Int?
        /// Once published it stays so.
        var mediaID: String?

        /// Containers live for a day.
        static let lifetime = 86_400.0

        func status(_ now: Moment) -> Status {
            if mediaID != nil { return .published }
            if now - createdAt >= Self.lifetime { return .expired }
            if now < readyAt || pollsLeft > 0 { return .inProgress }
            return errorSubcode == nil ? .finished : .error
        }
    }

    enum Status: String, Sendable {
        case inProgress = "IN_PROGRESS"
        case finished = "FINISHED"
        case published = "PUBLISHED"
        case error = "ERROR"
        case expired = "EXPIRED"
    }

    struct Media: Codable, Sendable {
        let id: String
        let account: String
        let user: String
        let kind: Container.Kind
        let caption: String
        let media: [StoredMedia]
        let createdAt: Moment
        let visibleAt: Moment
        let sequence: Int
        var isDeleted = false

        var shortcode: String {
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
            var rest = Int(id) ?? 0
            var code = ""
            while rest > 0 {
                code = String(alphabet[rest % 64]) + code
                rest /= 64
            }
            return code
        }

        var permalink: String { "https://www.instagram.com/\(kind == .reel ? "reel" : "p")/\(shortcode)/" }
    }

    struct Comment: Codable, Sendable {
        let id: String
        let account: String
        let user: String
        let media: String
        let text: String
        let createdAt: Moment
        let sequence: Int
    }

    var containers: [String: Container] = [:]
    var media: [String: Media] = [:]
    var comments: [Comment] = []
    /// Posts in a rolling day; the documentation names 100 and 50.
    var quotaTotal = 100
    var calls: [String: RateWindow] = [:]

    /// How much of the quota a user has used; what was deleted still counts.
    func quotaUsed(_ user: String, now: Moment) -> Int {
        media.values.filter { $0.user == user && now - $0.createdAt < 86_400 }.count
    }

    var feed: [LivePost] {
        media.values.filter { !$0.isDeleted }.map { post in
            LivePost(
                network: .instagram, account: post.account, author: post.user, id: post.id, url: post.permalink,
                text: post.caption, media: post.media, replyTo: nil, createdAt: post.createdAt, sequence: post.sequence)
        }
            + comments.filter { media[$0.media]?.isDeleted == false }.map { comment in
                LivePost(
                    network: .instagram, account: comment.account, author: comment.user, id: comment.id,
                    url: media[comment.media]?.permalink ?? "", text: comment.text, media: [], replyTo: comment.media,
                    createdAt: comment.createdAt, sequence: comment.sequence)
            }
    }
}
