internal import HTTPServer

/// The older, unversioned API: register, upload, `ugcPosts`. Its texts are plain.
enum LinkedInLegacy {
    static func answer(
        _ turn: Turn, _ path: [String], _ caller: LinkedInCaller, _ world: inout World
    ) throws(Refusal) -> ServerAnswer {
        let call = turn.call
        switch (call.method, path.first ?? "", path.count) {
        case ("POST", "assets", 1):
            guard call.parameter("action") == "registerUpload" else {
                throw LinkedInErrors.refusal(400, "ILLEGAL_ARGUMENT", "Resource method could not be resolved")
            }
            return try register(turn, caller, &world)
        case ("GET", "assets", 2):
            return try status(path[1], turn, caller, &world)
        case ("POST", "ugcPosts", 1):
            return try LinkedInLegacyPosts.create(turn, caller, &world)
        case ("DELETE", "ugcPosts", 2), ("DELETE", "shares", 2):
            return try LinkedInPublishing.delete(path[1], turn, caller, &world)
        case ("POST", "socialActions", 3) where path[2] == "comments":
            return try LinkedInComments.create(path[1], turn, caller, &world)
        case ("GET", "ugcPosts", _):
            throw LinkedInErrors.denied("ugcPosts.GET.NO_VERSION")
        default:
            throw LinkedInErrors.noSuchResource
        }
    }

    /// The bytes: a picture with a token, a video without one.
    static func put(_ turn: Turn, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let path = turn.call.segments
        guard ["PUT", "POST"].contains(turn.call.method), path.count == 4,
            let asset = world.linkedIn.assets["urn:li:digitalmediaAsset:\(path[1])"], !asset.isFinished
        else { throw LinkedInUploads.notFound }
        switch asset.kind {
        case .image, .document:
            guard turn.call.body.count <= 100 << 20 else { throw Refusal(ServerAnswer(413)) }
            guard
                turn.call.contentType.isEmpty || turn.call.contentType.hasPrefix("image/")
                    || turn.call.contentType == "application/octet-stream"
            else { throw Refusal(ServerAnswer(415)) }
            return try LinkedInUploads.take(asset, turn, LinkedInCaller.authorize(turn.call), &world)
        case .video:
            guard turn.call.header("Authorization") == nil else {
                throw Refusal(.html(400, "<html><body>Only one auth mechanism allowed</body></html>"))
            }
            guard turn.call.body.count <= 524_288_000 else { throw Refusal(ServerAnswer(413)) }
            return try LinkedInUploads.take(asset, turn, LinkedInCaller(account: asset.account, scopes: []), &world)
        }
    }
}

private extension LinkedInLegacy {
    static func register(_ turn: Turn, _ caller: LinkedInCaller, _ world: inout World) throws(Refusal) -> ServerAnswer {
        let body = try LinkedInFields(Value(json: turn.call.body), allowed: ["registerUploadRequest"])
        let allowed: Set = ["owner", "recipes", "serviceRelationships", "supportedUploadMechanism"]
        guard let request = try body.object("registerUploadRequest", allowed: allowed) else {
            throw LinkedInErrors.invalid("MISSING_FIELD", "/registerUploadRequest", "is required")
        }
        let owner = try request.required("owner")
        try caller.requireAuthor(owner, for: "assets.ACTION-registerUpload.NO_VERSION")
        let recipes = try request.array("recipes")?.compactMap(\.string) ?? []
        let kinds: [String: LinkedInWorld.Asset.Kind] = [
            "urn:li:digitalmediaRecipe:feedshare-image": .image, "urn:li:digitalmediaRecipe:feedshare-video": .video,
        ]
        guard recipes.count == 1, let kind = kinds[recipes[0]] else {
            throw LinkedInErrors.invalid(
                "INVALID_VALUE_FOR_FIELD", "/registerUploadRequest/recipes", "feedshare-image or feedshare-video")
        }
        let relation: Value = ["relationshipType": "OWNER", "identifier": "urn:li:userGeneratedContent"]
        guard try request.array("serviceRelationships") == [relation] else {
            throw LinkedInErrors.invalid(
                "INVALID_VALUE_FOR_FIELD", "/registerUploadRequest/serviceRelationships", "OWNER expected")
        }
        let id = "C5522AQ" + StableHash.word("asset/\(world.nextSequence())", count: 12)
        var asset = LinkedInWorld.Asset(
            urn: "urn:li:digitalmediaAsset:\(id)", kind: kind, account: caller.account, owner: owner,
            createdAt: turn.now)
        asset.isLegacy = true
        world.linkedIn.assets[asset.urn] = asset
        let word = kind == .image ? "uploadedImage" : "uploadedVideo"
        let url =
            "https://api.linkedin.com/mediaUpload/\(id)/feedshare-\(word)/0?ca=vector_feedshare&cn=uploads&sync=0&v=beta&ut=\(asset.ticket)"
        let mechanism: Value = ["uploadUrl": .string(url), "headers": [:]]
        return .json(
            200,
            [
                "value": [
                    "asset": .string(asset.urn),
                    "mediaArtifact": .string("urn:li:digitalmediaMediaArtifact:(\(asset.urn),\(recipes[0]))"),
                    "uploadMechanism": .object([
                        "com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest": mechanism
                    ]),
                ]
            ])
    }

    static func status(
        _ id: String, _ turn: Turn, _ caller: LinkedInCaller, _ world: inout World
    ) throws(Refusal) -> ServerAnswer {
        let urn = id.hasPrefix("urn:") ? id : "urn:li:digitalmediaAsset:\(id)"
        let kind = world.linkedIn.assets[urn]?.kind ?? .image
        let (asset, status) = try world.linkedIn.looked(at: urn, kind, caller, turn.now)
        let word = status == "PROCESSING_FAILED" ? "CLIENT_ERROR" : status
        return .json(
            200,
            [
                "id": .string(asset.id), "mediaTypeFamily": kind == .video ? "VIDEO" : "STILLIMAGE",
                "recipes": [
                    [
                        "recipe": .string("urn:li:digitalmediaRecipe:feedshare-\(kind.rawValue)"),
                        "status": .string(word),
                    ]
                ],
                "status": "ALLOWED",
            ])
    }
}
