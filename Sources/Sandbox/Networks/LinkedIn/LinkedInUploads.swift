internal import HTTPServer
internal import Pictures

/// `/rest/images`, `/rest/documents` and the host that takes their bytes.
enum LinkedInUploads {
    /// Pictures must have fewer pixels than this.
    private static let pixelLimit = 36_152_320
    private static let frameLimit = 250
    private static let documentLimit = 100 << 20
    private static let pageLimit = 300

    static func initialize(
        _ kind: LinkedInWorld.Asset.Kind, _ turn: Turn, _ caller: LinkedInCaller, _ world: inout World
    ) throws(Refusal) -> ServerAnswer {
        guard turn.call.parameter("action") == "initializeUpload", turn.call.query.count == 1 else {
            throw LinkedInErrors.refusal(400, "ILLEGAL_ARGUMENT", "Resource method could not be resolved")
        }
        let body = try LinkedInFields(Value(json: turn.call.body), allowed: ["initializeUploadRequest"])
        let allowed: Set<String> = kind == .image ? ["owner", "mediaLibraryMetadata"] : ["owner"]
        guard let request = try body.object("initializeUploadRequest", allowed: allowed) else {
            throw LinkedInErrors.invalid("MISSING_FIELD", "/initializeUploadRequest", "is required")
        }
        let owner = try request.required("owner")
        try caller.requireAuthor(owner, for: "\(kind.rawValue)s.ACTION-initializeUpload")
        let id =
            (kind == .image ? "D4E10AQ" : "D4E1FAQ") + StableHash.word("\(kind)/\(world.nextSequence())", count: 12)
        let asset = LinkedInWorld.Asset(
            urn: "urn:li:\(kind.rawValue):\(id)", kind: kind, account: caller.account, owner: owner,
            createdAt: turn.now)
        world.linkedIn.assets[asset.urn] = asset
        let url =
            "https://www.linkedin.com/dms-uploads/sp/\(id)/uploaded-\(kind.rawValue)/0?ca=vector_ads&cn=uploads&iri=B01-00&sync=0&v=beta&ut=\(asset.ticket)"
        return .json(
            200,
            [
                "value": .object([
                    "uploadUrl": .string(url), kind.rawValue: .string(asset.urn),
                    "uploadUrlExpiresAt": .integer((turn.now + LinkedInWorld.Asset.uploadLifetime).milliseconds),
                ])
            ])
    }

    /// The bytes; 201 also for a file that later fails, as on the real network.
    static func put(_ turn: Turn, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let caller = try LinkedInCaller.authorize(turn.call)
        guard turn.call.method == "PUT", turn.call.segments.count == 5 else { throw LinkedInErrors.noSuchResource }
        let name = turn.call.segments[3].dropFirst("uploaded-".count)
        guard let asset = world.linkedIn.assets["urn:li:\(name):\(turn.call.segments[2])"] else { throw notFound }
        return try take(asset, turn, caller, &world)
    }

    /// Bytes of an image or document, whichever API has registered it.
    static func take(
        _ asset: LinkedInWorld.Asset, _ turn: Turn, _ caller: LinkedInCaller, _ world: inout World
    ) throws(Refusal) -> ServerAnswer {
        var asset = asset
        guard asset.account == caller.account, turn.call.parameter("ut") == asset.ticket else { throw notFound }
        guard turn.now - asset.createdAt < LinkedInWorld.Asset.uploadLifetime else {
            throw LinkedInErrors.refusal(400, "EXPIRED_UPLOAD_URL", "The upload URL has expired")
        }
        guard !turn.call.body.isEmpty else { throw Refusal(.html(400, "<html><body>Empty body</body></html>")) }
        switch asset.kind {
        case .image: picture(turn, &asset)
        case .document: document(turn.call.body, &asset)
        case .video: film(ByteSource(turn.call.body), &asset)
        }
        asset.finish(turn, looks: asset.kind == .image ? 0 : 1)
        world.linkedIn.assets[asset.urn] = asset
        return ServerAnswer(201)
    }

    static func status(
        _ urn: String, _ kind: LinkedInWorld.Asset.Kind, _ turn: Turn, _ caller: LinkedInCaller, _ world: inout World
    ) throws(Refusal) -> ServerAnswer {
        guard caller.scopes.contains("r_organization_social") else {
            throw LinkedInErrors.denied("\(kind.rawValue)s.GET")
        }
        let (asset, status) = try world.linkedIn.looked(at: urn, kind, caller, turn.now)
        var fields: [String: Value] = [
            "id": .string(urn), "owner": .string(asset.owner), "status": .string(status),
        ]
        if status == "AVAILABLE" {
            fields["downloadUrl"] = .string("https://media.licdn.com/dms/\(kind.rawValue)/\(asset.id)")
        }
        return .json(200, .object(fields))
    }

    /// Looks at a film: MP4, 3 seconds to 30 minutes.
    static func film(_ source: ByteSource, _ asset: inout LinkedInWorld.Asset) {
        do throws(VideoProblem) {
            let video = try Video(source)
            asset.content?.seconds = video.seconds
            var content = StoredMedia(video)
            content.captions = asset.content?.captions
            content.thumbnail = asset.content?.thumbnail
            asset.content = content
            if video.container != .mp4 { asset.failure = "The video is not an MP4" }
            if video.seconds < 3 { asset.failure = "The video is shorter than 3 seconds" }
            if video.seconds > 1800 { asset.failure = "The video is longer than 30 minutes" }
        } catch {
            asset.failure = "The video is not an MP4: \(error.reason)"
        }
    }

    static let notFound = Refusal(.html(404, "<html><body>Not Found</body></html>"))
}

private extension LinkedInUploads {
    static func picture(_ turn: Turn, _ asset: inout LinkedInWorld.Asset) {
        let bytes = turn.call.body
        guard let picture = try? Picture.decode(bytes, pixelLimit: pixelLimit - 1), picture.format != .webp,
            picture.frames <= frameLimit
        else {
            asset.failure = "The image is no JPEG, PNG or GIF within the limits"
            return
        }
        var content = StoredMedia(
            kind: picture.frames > 1 ? .animatedGIF : .photo, width: picture.width, height: picture.height,
            bytes: bytes.count)
        content.thumbnail = asset.shelfName
        turn.shelf.put(bytes, as: asset.shelfName)
        asset.content = content
    }

    static func document(_ bytes: [UInt8], _ asset: inout LinkedInWorld.Asset) {
        guard bytes.count <= documentLimit, let file = OfficeFile(bytes), file.pages ?? 0 <= pageLimit else {
            asset.failure = "The document is no PDF, PPT, PPTX, DOC or DOCX of 100 MB and 300 pages"
            return
        }
        asset.content = StoredMedia(kind: .document, width: 0, height: 0, bytes: bytes.count)
    }
}
