internal import HTTPServer
internal import Pictures

/// `/rest/images` and the upload host.
enum LinkedInImages {
    /// Pictures must have fewer pixels than this.
    private static let pixelLimit = 36_152_320
    private static let frameLimit = 250
    /// Seconds for which an upload URL works.
    private static let uploadLifetime = 30 * 86_400.0

    static func initialize(_ turn: Turn, _ caller: LinkedInCaller, _ world: inout World) throws(Refusal) -> ServerAnswer
    {
        guard turn.call.parameter("action") == "initializeUpload" else {
            throw LinkedInErrors.refusal(400, "ILLEGAL_ARGUMENT", "Resource method could not be resolved")
        }
        let body = try LinkedInFields(Value(json: turn.call.body), allowed: ["initializeUploadRequest"])
        guard let request = try body.object("initializeUploadRequest", allowed: ["owner", "mediaLibraryMetadata"])
        else {
            throw LinkedInErrors.invalid("MISSING_FIELD", "/initializeUploadRequest", "is required")
        }
        let owner = try request.required("owner")
        try caller.requireAuthor(owner, for: "images.ACTION-initializeUpload")
        let id = "D4E10AQ" + StableHash.word("image/\(world.nextSequence())", count: 12)
        let urn = "urn:li:image:\(id)"
        world.linkedIn.images[urn] = LinkedInWorld.Image(
            urn: urn, account: caller.account, owner: owner, createdAt: turn.now)
        let url =
            "https://www.linkedin.com/dms-uploads/sp/\(id)/uploaded-image/0?ca=vector_ads&cn=uploads&iri=B01-00&sync=0&v=beta&ut=\(StableHash.word(id, count: 13))"
        return .json(
            200,
            [
                "value": [
                    "uploadUrl": .string(url), "image": .string(urn),
                    "uploadUrlExpiresAt": .integer((turn.now + uploadLifetime).milliseconds),
                ]
            ])
    }

    /// The bytes; 201 also for a file that later fails, as on the real network.
    static func put(_ turn: Turn, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let caller = try LinkedInCaller.authorize(turn.call)
        guard turn.call.method == "PUT", turn.call.segments.count == 5 else { throw LinkedInErrors.noSuchResource }
        let id = turn.call.segments[2]
        guard var image = world.linkedIn.images["urn:li:image:\(id)"], image.account == caller.account,
            turn.call.parameter("ut") == StableHash.word(id, count: 13)
        else { throw Refusal(.html(404, "<html><body>Not Found</body></html>")) }
        guard turn.now - image.createdAt < uploadLifetime else {
            throw LinkedInErrors.refusal(400, "EXPIRED_UPLOAD_URL", "The upload URL has expired")
        }
        guard !turn.call.body.isEmpty else { throw Refusal(.html(400, "<html><body>Empty body</body></html>")) }
        image.content = content(turn.call.body)
        image.failed = image.content == nil || turn.effects.processingError != nil
        image.readyAt = turn.now + (turn.effects.slow?.seconds ?? 0)
        image.pollsLeft = turn.effects.slow?.polls ?? 0
        world.linkedIn.images[image.urn] = image
        return ServerAnswer(201)
    }

    static func status(_ urn: String, _ turn: Turn, _ caller: LinkedInCaller, _ world: inout World) throws(Refusal)
        -> ServerAnswer
    {
        guard caller.scopes.contains("r_organization_social") else { throw LinkedInErrors.denied("images.GET") }
        guard var image = world.linkedIn.images[urn], image.account == caller.account else {
            throw LinkedInErrors.refusal(404, "NOT_FOUND", "Could not find entity")
        }
        let status = image.status(turn.now)
        if image.pollsLeft > 0 {
            image.pollsLeft -= 1
            world.linkedIn.images[urn] = image
        }
        var fields: [String: Value] = [
            "id": .string(urn), "owner": .string(image.owner), "status": .string(status),
        ]
        if status == "AVAILABLE" {
            fields["downloadUrl"] = .string("https://media.licdn.com/dms/image/\(urn.split(separator: ":").last ?? "")")
        }
        return .json(200, .object(fields))
    }

    private static func content(_ bytes: [UInt8]) -> StoredMedia? {
        guard let picture = try? Picture.decode(bytes, pixelLimit: pixelLimit - 1), picture.format != .webp,
            picture.frames <= frameLimit
        else { return nil }
        let kind: StoredMedia.Kind = picture.frames > 1 ? .animatedGIF : .photo
        return StoredMedia(kind: kind, width: picture.width, height: picture.height, bytes: bytes.count)
    }
}
