/// What the emulated LinkedIn knows.
struct LinkedInWorld: Codable, Sendable {
    struct Post: Codable, Sendable {
        let urn: String
        let account: String
        let author: String
        /// As people see it, after the little text was read and possibly cut.
        let text: String
        /// As reads return it.
        let little: String
        let media: [StoredMedia]
        let content: Value?
        let visibility: String
        var details = PostDetails()
        /// May not be shared again.
        var isClosed = false
        let createdAt: Moment
        let visibleAt: Moment
        let sequence: Int
        var isDeleted = false
    }

    struct Comment: Codable, Sendable {
        let urn: String
        let account: String
        let actor: String
        let object: String
        let text: String
        let createdAt: Moment
        /// From when look-ups show it.
        let visibleAt: Moment
        let sequence: Int
    }

    var posts: [String: Post] = [:]
    var assets: [String: Asset] = [:]
    var comments: [Comment] = []
    var versions = LinkedInVersions()
    /// Calls of a day, by member and resource method, and of the app.
    var calls: [String: Int] = [:]
    /// Published for Share on LinkedIn: each member, and the app.
    var memberLimit = 150
    var appLimit = 100_000

    var feed: [LivePost] {
        posts.values.filter { !$0.isDeleted }.map { post in
            LivePost(
                network: .linkedin, account: post.account, author: post.author, id: post.urn,
                url: "https://www.linkedin.com/feed/update/\(post.urn)/", text: post.text, media: post.media,
                replyTo: nil, createdAt: post.createdAt, sequence: post.sequence, details: post.details)
        }
            + comments.filter { posts[$0.object]?.isDeleted == false }.map { comment in
                LivePost(
                    network: .linkedin, account: comment.account, author: comment.actor, id: comment.urn,
                    url: "https://www.linkedin.com/feed/update/\(comment.object)/", text: comment.text, media: [],
                    replyTo: comment.object, createdAt: comment.createdAt, sequence: comment.sequence)
            }
    }
}

extension LinkedInWorld {
    /// Counts one call of a resource method against both ceilings of the day, which ends at 00:00 UTC.
    mutating func count(_ call: Call, _ account: String, _ now: Moment) throws(Refusal) {
        let day = now.seconds / 86_400
        let resource = "\(call.method) \(call.segments.prefix(2).joined(separator: "/"))"
        if !calls.keys.contains(where: { $0.hasPrefix("\(day) ") }) { calls = [:] }
        for (key, limit) in [("\(day) \(account) \(resource)", memberLimit), ("\(day) app \(resource)", appLimit)] {
            guard calls[key, default: 0] < limit else { throw Refusal(LinkedInErrors.tooMany(retryAfter: nil)) }
        }
        calls["\(day) \(account) \(resource)", default: 0] += 1
        calls["\(day) app \(resource)", default: 0] += 1
    }
}
