import HTTP
import JSON
import Posts

/// The older API, for apps that got no access to the newer one: register, upload, post.
struct LinkedInLegacy {
    let client: LinkedInClient

    /// Registers an upload and puts the file whole; the URN of the asset. Repeatable.
    func upload(_ file: MediaFile, owner: String) async throws(PlatformFailure) -> String {
        let media = try await client.session.media.open(file)
        let response = try await client.sendLegacy(
            .post, "/assets?action=registerUpload",
            body: [
                "registerUploadRequest": [
                    "owner": JSON(owner),
                    "recipes": [JSON(file.info.isVideo ? LinkedInLegacyRules.videos : LinkedInLegacyRules.pictures)],
                    "serviceRelationships": [
                        ["relationshipType": "OWNER", "identifier": "urn:li:userGeneratedContent"]
                    ],
                ]
            ])
        let value = response.json?["value"]
        let mechanism = value?["uploadMechanism"]?[LinkedInLegacyRules.mechanism]
        guard let urn = value?["asset"]?.string, let url = mechanism?["uploadUrl"]?.string else {
            throw client.errors.unreadable(response, to: .repeatable, "an upload URL")
        }
        var headers: Headers = [:]
        for (name, value) in (mechanism?["headers"]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            if let value = value.string, name.lowercased() != "authorization" { headers.add(name, value) }
        }
        if headers["Content-Type"] == nil { headers.add("Content-Type", media.contentType) }
        // Videos refuse the token, as with the newer API.
        try await client.put(try media.bytes(), to: url, headers: headers, withToken: !file.info.isVideo)
        return urn
    }

    func state(of urn: String) async throws(PlatformFailure) -> Response {
        try await client.sendLegacy(
            .get, "/assets/\(RestLi.segment(String(urn.split(separator: ":").last ?? "")))")
    }

    /// NOT repeatable.
    func publish(_ step: Step, _ draft: LinkedInDraft) async throws(PlatformFailure) -> Response {
        try await client.sendLegacy(.post, "/ugcPosts", as: .publishing, body: Self.body(step, draft: draft))
    }

    /// The words are plain here: a backslash would be seen.
    static func body(_ step: Step, draft: LinkedInDraft) -> JSON {
        var (category, media) = ("NONE", [JSON]())
        for (asset, file) in zip(draft.assets, step.media) {
            category = file.info.isVideo ? "VIDEO" : "IMAGE"
            var item: JSON = ["status": "READY", "media": JSON(asset.urn ?? "")]
            item["title"] = file.reference.title.map { ["text": JSON($0)] }
            item["description"] = file.alt.map { ["text": JSON($0)] }
            media.append(item)
        }
        if media.isEmpty, let link = step.link {
            category = "ARTICLE"
            var item: JSON = ["status": "READY", "originalUrl": JSON(link.url)]
            item["title"] = link.title.map { ["text": JSON($0)] }
            item["description"] = link.description.map { ["text": JSON($0)] }
            media.append(item)
        }
        return [
            "author": JSON(draft.author), "lifecycleState": "PUBLISHED",
            "specificContent": [
                LinkedInLegacyRules.share: [
                    "shareCommentary": ["text": JSON(step.text)], "shareMediaCategory": JSON(category),
                    "media": .array(media),
                ]
            ],
            "visibility": [LinkedInLegacyRules.network: JSON(step.options["visibility"] ?? "PUBLIC")],
        ]
    }
}
