/// What the emulated LinkedIn knows. Documents are not emulated.
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
        let createdAt: Moment
        let visibleAt: Moment
        let sequence: Int
        var isDeleted = false
    }

    struct Image: Codable, Sendable {
        let urn: String
        let account: String
        let owner: String
        let createdAt: Moment
        var content: StoredMedia?
        var readyAt: Moment?
        var pollsLeft = 0
        var failed = false

        func status(_ now: Moment) -> String {
            guard let readyAt else { return "WAITING_UPLOAD" }
            if now < readyAt || pollsLeft > 0 { return "PROCESSING" }
            return failed ? "PROCESSING_FAILED" : "AVAILABLE"
        }
    }

    struct Video: Codable, Sendable {
        let urn: String
        let account: String
        let owner: String
        let size: Int
        /// Kept until all have come.
        var parts: [Int: [UInt8]] = [:]
        var content: StoredMedia?
        var readyAt: Moment?
        var pollsLeft = 0

        var isFinished: Bool { readyAt != nil }

        func tag(_ part: Int) -> String { StableHash.word("\(urn)/\(part)", count: 32) }

        /// Bytes that a part must have.
        func partLength(_ part: Int, _ partSize: Int) -> Int { min(size, (part + 1) * partSize) - part * partSize }

        func status(_ now: Moment) -> String {
            guard let readyAt else { return "WAITING_UPLOAD" }
            if now < readyAt || pollsLeft > 0 { return "PROCESSING" }
            return content == nil ? "PROCESSING_FAILED" : "AVAILABLE"
        }
    }

    struct Comment: Codable, Sendable {
        let urn: String
        let account: String
        let actor: String
        let object: String
        let text: String
        let createdAt: Moment
        let sequence: Int
    }

    var posts: [String: Post] = [:]
    var images: [String: Image] = [:]
    var videos: [String: Video] = [:]
    var comments: [Comment] = []

    var feed: [LivePost] {
        posts.values.filter { !$0.isDeleted }.map { post in
            LivePost(
                network: .linkedin, account: post.account, author: post.author, id: post.urn,
                url: "https://www.linkedin.com/feed/update/\(post.urn)/", text: post.text, media: post.media,
                replyTo: nil, createdAt: post.createdAt, sequence: post.sequence)
        }
            + comments.filter { posts[$0.object]?.isDeleted == false }.map { comment in
                LivePost(
                    network: .linkedin, account: comment.account, author: comment.actor, id: comment.urn,
                    url: "https://www.linkedin.com/feed/update/\(comment.object)/", text: comment.text, media: [],
                    replyTo: comment.object, createdAt: comment.createdAt, sequence: comment.sequence)
            }
    }
}
