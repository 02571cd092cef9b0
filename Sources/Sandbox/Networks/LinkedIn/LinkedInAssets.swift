extension LinkedInWorld {
    /// An image, a document or a video, from its registration until posts show it.
    struct Asset: Codable, Sendable {
        enum Kind: String, Codable, Sendable { case image, document, video }

        let urn: String
        let kind: Kind
        let account: String
        let owner: String
        let createdAt: Moment
        /// Registered with the older API, as `urn:li:digitalmediaAsset:…`.
        var isLegacy = false
        /// Announced bytes of a video.
        var size = 0
        /// Parts of a video that have come; their bytes are on the shelf until it is finalized.
        var parts: Set<Int> = []
        var content: StoredMedia?
        var readyAt: Moment?
        var pollsLeft = 0
        /// From when on it is finished however often it was looked at: members may not look at documents.
        var readyAnyway: Moment?
        /// Why processing failed.
        var failure: String?

        init(urn: String, kind: Kind, account: String, owner: String, createdAt: Moment) {
            self.urn = urn
            self.kind = kind
            self.account = account
            self.owner = owner
            self.createdAt = createdAt
        }

        /// Bytes of each part of a video but the last.
        static let partSize = 4 << 20
        /// Seconds for which an upload URL works.
        static let uploadLifetime = 30 * 86_400.0
        /// Seconds of processing for those who may not look.
        static let processing = 10.0

        var id: String { urn.split(separator: ":").last.map(String.init) ?? "" }
        /// What makes an upload URL secret.
        var ticket: String { StableHash.word(id, count: 13) }
        var isFinished: Bool { readyAt != nil }
        var partCount: Int { (size + Self.partSize - 1) / Self.partSize }
        var shelfName: String { "li-\(id)" }
        func partName(_ part: Int) -> String { "li-\(id)-\(part)" }

        /// The two forms in which ETags come: hexadecimal in quotes, and a bare path.
        func tag(_ part: Int) -> String {
            part % 2 == 0
                ? String(StableHash.of("\(urn)/\(part)"), radix: 16)
                : "/ambry-videoei/signedId/\(StableHash.word("\(urn)/\(part)", count: 24)).bin"
        }

        func header(_ part: Int) -> String { part % 2 == 0 ? "\"\(tag(part))\"" : tag(part) }

        /// Bytes that a part must have.
        func partLength(_ part: Int) -> Int { min(size, (part + 1) * Self.partSize) - part * Self.partSize }

        func status(_ now: Moment) -> String {
            guard let readyAt else { return "WAITING_UPLOAD" }
            if now < readyAt || (pollsLeft > 0 && readyAnyway.map { now < $0 } ?? true) { return "PROCESSING" }
            return failure == nil ? "AVAILABLE" : "PROCESSING_FAILED"
        }

        /// All bytes have come; `looks` status requests are answered with “processing”.
        mutating func finish(_ turn: Turn, looks: Int) {
            if turn.effects.processingError != nil { failure = "The media could not be processed" }
            readyAt = turn.now + (turn.effects.slow?.seconds ?? 0)
            pollsLeft = turn.effects.slow?.polls ?? looks
            readyAnyway = turn.effects.slow == nil ? turn.now + Self.processing : nil
        }
    }

    /// The asset of that URN as the caller may see it; counts a look at its state.
    mutating func looked(at urn: String, _ kind: Asset.Kind, _ caller: LinkedInCaller, _ now: Moment)
        throws(Refusal) -> (asset: Asset, status: String)
    {
        guard let asset = assets[urn], asset.kind == kind, asset.account == caller.account else {
            throw LinkedInErrors.refusal(404, "NOT_FOUND", "Could not find entity")
        }
        let status = asset.status(now)
        if asset.pollsLeft > 0 { assets[urn]?.pollsLeft -= 1 }
        return (asset, status)
    }
}
