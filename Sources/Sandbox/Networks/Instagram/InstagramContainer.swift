extension InstagramWorld {
    struct Container: Codable, Sendable {
        enum Kind: String, Codable, Sendable { case image, reel, story, carousel, item }

        let id: String
        let account: String
        let user: String
        let kind: Kind
        let caption: String
        var media: [StoredMedia]
        var details: PostDetails
        let isSharedToFeed: Bool
        let createdAt: Moment
        var readyAt: Moment
        var pollsLeft = 0
        var errorSubcode: Int?
        /// In words, for `status`.
        var problem: String?
        var resumable: Resumable?
        /// Once published it stays so.
        var mediaID: String?

        /// A film that comes in pieces.
        struct Resumable: Codable, Sendable {
            let alt: String?
            let thumbOffset: Int?
            /// As the first piece announced it.
            var size: Int?
            /// Bytes of the pieces so far.
            var pieces: [Int] = []
            var isComplete = false

            var bytes: Int { pieces.reduce(0, +) }
        }

        /// Containers live for a day.
        static let lifetime = 86_400.0

        func status(_ now: Moment) -> Status {
            if mediaID != nil { return .published }
            if now - createdAt >= Self.lifetime { return .expired }
            if resumable?.isComplete == false { return .inProgress }
            if now < readyAt || pollsLeft > 0 { return .inProgress }
            return errorSubcode == nil ? .finished : .error
        }

        func pieceName(_ index: Int) -> String { "ig-\(id)-\(index)" }
        func pictureName(_ index: Int = 0) -> String { "ig-\(id)-picture-\(index)" }

        /// Processing begins; a film always needs one look.
        mutating func begin(_ turn: Turn, isFilm: Bool) {
            readyAt = turn.now + (turn.effects.slow?.seconds ?? 0)
            pollsLeft = turn.effects.slow?.polls ?? (isFilm ? 1 : 0)
            errorSubcode = turn.effects.processingError ?? errorSubcode
        }

        /// Looks at a film; what is wrong with it shows when processing ends.
        mutating func take(_ source: ByteSource, thumbOffset: Int?) {
            do throws(VideoProblem) {
                let video = try Video(source)
                var stored = StoredMedia(video)
                stored.thumbnail = media.first?.thumbnail
                media = [stored]
                problem = InstagramFilm.problem(video, isStory: kind == .story)
                if problem != nil { errorSubcode = 2_207_026 }
                if let thumbOffset, Double(thumbOffset) > video.seconds * 1000 { errorSubcode = 2_207_057 }
            } catch {
                problem = error.reason
                errorSubcode = 2_207_026
            }
        }
    }

    enum Status: String, Sendable {
        case inProgress = "IN_PROGRESS"
        case finished = "FINISHED"
        case published = "PUBLISHED"
        case error = "ERROR"
        case expired = "EXPIRED"
    }
}
