import HTTP
import JSON
import Posts

/// Media on their way into LinkedIn. Everything here may be repeated: what was uploaded and not posted is invisible.
struct LinkedInMedia {
    let client: LinkedInClient

    /// Uploads what a draft does not hold yet, then waits for LinkedIn by coming back.
    func prepare(
        _ step: Step, author: String, resuming kept: LinkedInDraft?
    ) async throws(PlatformFailure) -> Preparation<LinkedInDraft> {
        let files = step.uploads
        guard !files.isEmpty else { return .ready(LinkedInDraft(author: author)) }
        let resumed = kept.flatMap { $0.fits(files, author: author) ? $0 : nil }
        let start = resumed ?? LinkedInDraft(author: author, uploading: files)
        let (draft, failure) = try await uploaded(start, files)
        if let failure {
            // What came through is kept, and the rest follows.
            guard failure.kind == .retryable, draft != start else { throw failure }
            return .notYet(draft, lookAgain: client.session.clock.now + LinkedInRules.firstLook)
        }
        return try await look(at: draft, files)
    }

    /// The draft with all that could be uploaded, and why the rest could not.
    private func uploaded(
        _ draft: LinkedInDraft, _ files: [MediaFile]
    ) async throws(PlatformFailure) -> (LinkedInDraft, PlatformFailure?) {
        var (draft, failure) = (draft, PlatformFailure?.none)
        let missing = draft.assets.indices.filter { draft.assets[$0].state == .missing }
        let waiting = missing.map { (asset: draft.assets[$0], file: files[$0]) }
        let author = draft.author
        let outcomes = try await concurrently(waiting) { item throws(PlatformFailure) in
            await upload(item.file, item.asset, owner: author)
        }
        for (index, outcome) in zip(missing, outcomes) {
            draft.assets[index] = outcome.asset
            failure = failure ?? outcome.failure
        }
        return (draft, failure)
    }

    private typealias Outcome = (asset: LinkedInDraft.Asset, failure: PlatformFailure?)

    private func upload(_ file: MediaFile, _ asset: LinkedInDraft.Asset, owner: String) async -> Outcome {
        var asset = asset
        do throws(PlatformFailure) {
            switch (client.session.account.api, file.info.kind) {
            case (.legacy, _): asset.urn = try await LinkedInLegacy(client: client).upload(file, owner: owner)
            case (.rest, .video):
                if let failure = await LinkedInVideo(client: client).upload(file, &asset, owner: owner) {
                    return (asset, failure)
                }
            case (.rest, .document): asset.urn = try await put(file, in: "documents", "document", owner: owner)
            case (.rest, .picture), (.rest, .captions):
                asset.urn = try await put(file, in: "images", "image", owner: owner)
            }
            asset.state = .uploaded
            return (asset, nil)
        } catch {
            return (asset, error)
        }
    }

    /// An image or a document: opened, and put whole.
    private func put(
        _ file: MediaFile, in collection: String, _ field: String, owner: String
    ) async throws(PlatformFailure) -> String {
        let media = try await client.session.media.open(file)
        let response = try await client.send(
            .post, "/\(collection)?action=initializeUpload",
            body: ["initializeUploadRequest": ["owner": JSON(owner)]])
        guard let value = response.json?["value"], let url = value["uploadUrl"]?.string,
            let urn = value[field]?.string
        else { throw client.errors.unreadable(response, to: .repeatable, "an upload URL") }
        try await client.put(
            try media.bytes(), to: url, headers: ["Content-Type": media.contentType], withToken: true)
        return urn
    }

    private func look(
        at draft: LinkedInDraft, _ files: [MediaFile]
    ) async throws(PlatformFailure) -> Preparation<LinkedInDraft> {
        var draft = draft
        let waiting = draft.assets.indices.filter { draft.assets[$0].state != .ready }
        guard !waiting.isEmpty else { return .ready(draft) }
        let kinds = Set(waiting.map { files[$0].info.kind })
        guard mayLook(at: kinds) else { return waitOnce(draft, kinds) }
        let items = waiting.map { (asset: draft.assets[$0], file: files[$0]) }
        do {
            let states = try await concurrently(items) { item throws(PlatformFailure) in
                try await state(of: item.asset, item.file)
            }
            for (index, state) in zip(waiting, states) { draft.assets[index].state = state }
        } catch  where error.status == 403 {
            return waitOnce(draft, kinds)
        }
        if draft.assets.allSatisfy({ $0.state == .ready }) { return .ready(draft) }
        let pause = LinkedInRules.firstLook * (1 << min(draft.waits, 10))
        draft.waits += 1
        return .notYet(draft, lookAgain: client.session.clock.now + min(pause, LinkedInRules.longestLook))
    }

    /// Members are answered 403 for images and documents, which is not worth the question.
    private func mayLook(at kinds: Set<MediaInfo.Kind>) -> Bool {
        switch client.session.account.api {
        case .rest: client.session.account.isOrganization || kinds == [.video]
        case .legacy: true
        }
    }

    /// For tokens that may not read the state of media. Counted, not timed: the clock may stand still.
    private func waitOnce(_ draft: LinkedInDraft, _ kinds: Set<MediaInfo.Kind>) -> Preparation<LinkedInDraft> {
        var draft = draft
        guard draft.waits == 0 else { return .ready(draft) }
        draft.waits = 1
        let grace = kinds.map { kind in
            switch kind {
            case .picture, .captions: LinkedInRules.grace
            case .document: LinkedInRules.documentGrace
            case .video: LinkedInRules.videoGrace
            }
        }
        return .notYet(draft, lookAgain: client.session.clock.now + (grace.max() ?? LinkedInRules.grace))
    }

    private func state(
        of asset: LinkedInDraft.Asset, _ file: MediaFile
    ) async throws(PlatformFailure) -> LinkedInDraft.State {
        let urn = asset.urn ?? ""
        let response: Response
        let answer: JSON?
        switch client.session.account.api {
        case .rest:
            response = try await client.send(.get, "/\(file.info.kind.collection)/\(RestLi.segment(urn))")
            answer = response.json
        case .legacy:
            response = try await LinkedInLegacy(client: client).state(of: urn)
            answer = response.json?["recipes"]?[0]
        }
        switch answer?["status"]?.string {
        case "AVAILABLE": return .ready
        case "PROCESSING_FAILED", "CLIENT_ERROR", "INCOMPLETE":
            let reason = answer?["processingFailureReason"]?.string.map { ": \(client.session.quotable($0))" } ?? ""
            throw PlatformFailure(
                .permanent, code: "linkedin.media-failed", "LinkedIn could not process \(file.path)\(reason)",
                hint: file.info.kind.wayOut, status: response.status)
        default: return .uploaded
        }
    }
}

extension MediaInfo.Kind {
    /// Where LinkedIn keeps media of this kind.
    fileprivate var collection: String {
        switch self {
        case .picture, .captions: "images"
        case .video: "videos"
        case .document: "documents"
        }
    }

    fileprivate var wayOut: String {
        switch self {
        case .picture, .captions: "save the picture anew as JPEG or PNG"
        case .video: "export the video anew as MP4 with H.264 and AAC"
        case .document: "export the document anew as PDF"
        }
    }
}
