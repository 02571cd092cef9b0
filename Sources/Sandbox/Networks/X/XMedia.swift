extension XWorld {
    /// Why processing failed, as `processing_info.error` tells it.
    struct Failure: Codable, Sendable, Hashable {
        let code: Int
        let name: String
        let message: String
    }

    struct Media: Codable, Sendable {
        let id: Int
        let account: String
        let category: String
        var type: String?
        let total: Int
        let expiresAt: Moment
        /// Ids of other users who may attach it.
        var owners: [String] = []
        /// Bytes of each segment; the bytes themselves are on the shelf.
        var segments: [Int: Int] = [:]
        /// More may be appended.
        var isOpen = true
        /// Nothing when it is no picture or film, or a broken one.
        var content: StoredMedia?
        var failure: Failure?
        /// By language.
        var subtitles: [String: Int] = [:]
        var startedAt: Moment
        var readyAt: Moment
        /// Looks that are still answered with “in progress”.
        var pollsLeft = 0
        var polls = 0

        init(
            id: Int, account: String, category: String, type: String?, total: Int, expiresAt: Moment,
            startedAt: Moment, readyAt: Moment
        ) {
            self.id = id
            self.account = account
            self.category = category
            self.type = type
            self.total = total
            self.expiresAt = expiresAt
            self.startedAt = startedAt
            self.readyAt = readyAt
        }

        /// Media keys begin with a digit for the kind: 3 photo, 13 video, 16 animated GIF.
        var key: String {
            switch category {
            case "tweet_video", "amplify_video": "13_\(id)"
            case "tweet_gif": "16_\(id)"
            default: "3_\(id)"
            }
        }

        var shelfName: String { "x-\(id)" }
        func segmentName(_ index: Int) -> String { "x-\(id)-\(index)" }

        private var isProcessed: Bool { category != "tweet_image" && category != "subtitles" }

        /// All bytes have come: processing begins, and lasts as faults want it.
        mutating func finish(_ turn: Turn) {
            isOpen = false
            startedAt = turn.now
            readyAt = turn.now + (turn.effects.slow?.seconds ?? 0)
            // Moving pictures always need one look.
            pollsLeft = turn.effects.slow?.polls ?? (isProcessed ? 1 : 0)
            if turn.effects.processingError != nil { failure = .unreadable }
        }

        func isPending(_ now: Moment) -> Bool { now < readyAt || pollsLeft > 0 }

        /// Whether a post can have it now.
        func isUsable(_ now: Moment, by caller: XCaller) -> Bool {
            (account == caller.account || owners.contains(caller.userID)) && now < expiresAt && !isOpen
                && content != nil && failure == nil && !isPending(now)
        }

        /// `data` of the upload calls.
        func view(_ now: Moment) -> Value {
            var fields: [String: Value] = [
                "id": .string(String(id)), "media_key": .string(key),
                "expires_after_secs": .integer(max(0, Int(expiresAt - now))),
            ]
            guard !isOpen else { return .object(fields) }
            fields["size"] = .integer(content?.bytes ?? total)
            if isPending(now) {
                let rest = readyAt - now
                let progress = rest > 0 ? Int((now - startedAt) / (readyAt - startedAt) * 100) : 50
                fields["processing_info"] = [
                    "state": polls == 0 ? "pending" : "in_progress",
                    "check_after_secs": .integer(min(10, max(1, Int(rest)))),
                    "progress_percent": .integer(polls == 0 ? 0 : min(99, progress)),
                ]
            } else if let failure {
                fields["processing_info"] = [
                    "state": "failed",
                    "error": [
                        "code": .integer(failure.code), "name": .string(failure.name),
                        "message": .string(failure.message),
                    ],
                ]
            } else if isProcessed {
                fields["processing_info"] = ["state": "succeeded", "progress_percent": 100]
            }
            return .object(fields)
        }
    }
}
