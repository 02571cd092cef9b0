/// What the emulated Instagram knows.
struct InstagramWorld: Codable, Sendable {
    struct Media: Codable, Sendable {
        let id: String
        let account: String
        let user: String
        let kind: Container.Kind
        let caption: String
        let media: [StoredMedia]
        var details: PostDetails
        let isSharedToFeed: Bool
        let createdAt: Moment
        let visibleAt: Moment
        let sequence: Int
        var isDeleted = false
        var takesComments = true

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
    /// Containers in a rolling day; a carousel of N is N + 1.
    var containerLimit = 400
    var calls: [String: RateWindow] = [:]

    /// How much of the quota a user has used; what was deleted still counts.
    func quotaUsed(_ user: String, now: Moment, since: Moment? = nil) -> Int {
        media.values.filter { media in
            media.user == user && now - media.createdAt < 86_400 && since.map { media.createdAt >= $0 } ?? true
        }.count
    }

    func containersUsed(_ user: String, now: Moment) -> Int {
        containers.values.filter { $0.user == user && now - $0.createdAt < 86_400 }.count
    }

    var feed: [LivePost] {
        media.values.filter { !$0.isDeleted }.map { post in
            LivePost(
                network: .instagram, account: post.account, author: post.user, id: post.id, url: post.permalink,
                text: post.caption, media: post.media, replyTo: nil, createdAt: post.createdAt, sequence: post.sequence,
                details: post.details)
        }
            + comments.filter { media[$0.media]?.isDeleted == false }.map { comment in
                LivePost(
                    network: .instagram, account: comment.account, author: comment.user, id: comment.id,
                    url: media[comment.media]?.permalink ?? "", text: comment.text, media: [], replyTo: comment.media,
                    createdAt: comment.createdAt, sequence: comment.sequence)
            }
    }
}
