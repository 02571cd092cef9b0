import HTTP
package import JSON
import Posts

/// The images that were uploaded for a step, and by whom.
package struct LinkedInDraft: Sendable, Hashable {
    /// The URN that owns the images and will post them.
    package var author: String
    package var images: [Image] = []
    /// How often the images were waited for.
    package var waits = 0

    package struct Image: Sendable, Hashable {
        package var urn: String
        /// Digest of the uploaded file.
        package var digest: String
        package var isReady = false
    }

    func fits(_ step: Step, author: String) -> Bool {
        self.author == author && images.map(\.digest) == step.media.map(\.digest)
    }
}

extension LinkedInDraft: JSONRepresentable {
    package init?(json: JSON) {
        guard let author = json["author"]?.string, let images = json["images"]?.array else { return nil }
        self.author = author
        waits = json["waits"]?.integer ?? 0
        for image in images {
            guard let urn = image["urn"]?.string, let digest = image["digest"]?.string else { return nil }
            self.images.append(Image(urn: urn, digest: digest, isReady: image["ready"]?.bool ?? false))
        }
    }

    package var json: JSON {
        let images = images.map { image -> JSON in
            ["urn": JSON(image.urn), "digest": JSON(image.digest), "ready": .bool(image.isReady)]
        }
        return ["author": JSON(author), "images": .array(images), "waits": JSON(waits)]
    }
}

/// Images on their way into LinkedIn. Everything here may be repeated: an image without a post is invisible.
struct LinkedInMedia {
    let client: LinkedInClient

    /// Uploads what a draft does not hold yet, then waits for LinkedIn by coming back.
    func prepare(
        _ step: Step, author: String, resuming kept: LinkedInDraft?
    ) async throws(PlatformFailure) -> Preparation<LinkedInDraft> {
        guard !step.media.isEmpty else { return .ready(LinkedInDraft(author: author)) }
        guard let kept, kept.fits(step, author: author) else {
            let images = try await concurrently(step.media) { file throws(PlatformFailure) in
                try await upload(file, owner: author)
            }
            return try await look(at: LinkedInDraft(author: author, images: images))
        }
        return try await look(at: kept)
    }

    private func upload(_ file: MediaFile, owner: String) async throws(PlatformFailure) -> LinkedInDraft.Image {
        let bytes = try await client.session.media.open(file).bytes()
        let response = try await client.send(
            .post, LinkedInRules.api + "/images?action=initializeUpload",
            body: ["initializeUploadRequest": ["owner": JSON(owner)]])
        guard let value = response.json?["value"], let url = value["uploadUrl"]?.string,
            let urn = value["image"]?.string
        else { throw client.errors.unreadable(response, to: .repeatable, "an upload URL") }
        try await client.put(bytes, type: file.info.contentType, to: url)
        return LinkedInDraft.Image(urn: urn, digest: file.digest)
    }

    private func look(at draft: LinkedInDraft) async throws(PlatformFailure) -> Preparation<LinkedInDraft> {
        guard client.session.account.isOrganization else { return waitOnce(draft) }
        var draft = draft
        do {
            draft.images = try await concurrently(draft.images) { image throws(PlatformFailure) in
                try await seen(image)
            }
        } catch  where error.status == 403 {
            return waitOnce(draft)
        }
        if draft.images.allSatisfy(\.isReady) { return .ready(draft) }
        let pause = LinkedInRules.firstLook * (1 << min(draft.waits, 10))
        draft.waits += 1
        return .notYet(draft, lookAgain: client.session.clock.now + min(pause, LinkedInRules.longestLook))
    }

    /// For tokens that may not read the state of an image. Counted, not timed: the clock may stand still.
    private func waitOnce(_ draft: LinkedInDraft) -> Preparation<LinkedInDraft> {
        var draft = draft
        guard draft.waits == 0 else { return .ready(draft) }
        draft.waits = 1
        return .notYet(draft, lookAgain: client.session.clock.now + LinkedInRules.grace)
    }

    private func seen(_ image: LinkedInDraft.Image) async throws(PlatformFailure) -> LinkedInDraft.Image {
        var image = image
        guard !image.isReady else { return image }
        let response = try await client.send(.get, "\(LinkedInRules.api)/images/\(RestLi.segment(image.urn))")
        switch response.json?["status"]?.string {
        case "AVAILABLE": image.isReady = true
        case "PROCESSING_FAILED":
            throw PlatformFailure(
                .permanent, code: "linkedin.media-failed", "LinkedIn could not process the image \(image.urn)",
                hint: "save the picture anew as JPEG or PNG", status: response.status)
        default: break
        }
        return image
    }
}
