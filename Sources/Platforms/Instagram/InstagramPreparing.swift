import Posts

extension InstagramContainers {
    private typealias Prepared = Preparation<InstagramDraft>

    /// Makes containers, or goes on with those of a draft, until the last one can be published.
    func prepare(
        _ step: Step, user: String, resuming kept: InstagramDraft?
    ) async throws(PlatformFailure) -> Preparation<InstagramDraft> {
        guard !step.media.isEmpty else {
            throw PlatformFailure(
                .permanent, code: "instagram.no-media",
                "Instagram takes no post without a picture or video")
        }
        // Asked beside the post's own requests, so that nothing waits for it.
        async let shortage = quota.shortage(of: user)
        let draft =
            if let kept, kept.fits(step, user: user) { kept } else {
                try await create(for: step, user: user, renewals: 0)
            }
        let prepared = try await advance(draft, step)
        if case .ready = prepared, let shortage = await shortage { throw shortage }
        return prepared
    }

    private func advance(_ draft: InstagramDraft, _ step: Step) async throws(PlatformFailure) -> Prepared {
        var draft = draft
        while let place = draft.awaited.first {
            switch try await InstagramUploads(containers: self).send(step.media[place], at: place, of: draft) {
            case .complete: draft.awaited.removeFirst()
            case .broken(let failure): return try waitForUpload(draft, because: failure)
            case .gone: return try await renew(draft, step, because: .newContainer, "Instagram has dropped the upload")
            }
        }
        guard let container = draft.container else { return try await advanceChildren(draft, step) }
        switch try await status(of: container) {
        case .finished: return .ready(draft)
        case .inProgress: return wait(draft)
        case .published: throw alreadyPublished(container)
        case .expired, nil:
            return try await renew(draft, step, because: .newContainer, "Instagram has dropped the container")
        case .failed(let meaning, let message): return try await renew(draft, step, because: meaning, message)
        }
    }

    /// Goes on later from where the upload stopped, as often as the rules allow.
    private func waitForUpload(_ draft: InstagramDraft, because failure: PlatformFailure) throws(PlatformFailure)
        -> Prepared
    {
        var draft = draft
        draft.failedUploads += 1
        guard draft.failedUploads < InstagramRules.uploadTries else { throw failure }
        return wait(draft)
    }

    /// A carousel of unfinished children fails.
    private func advanceChildren(_ draft: InstagramDraft, _ step: Step) async throws(PlatformFailure) -> Prepared {
        let states = try await concurrently(draft.children) { child throws(PlatformFailure) in
            try await status(of: child)
        }
        for state in states {
            switch state {
            case .finished, .inProgress: continue
            case .published, .expired, nil:
                return try await renew(draft, step, because: .newContainer, "Instagram has dropped a picture or video")
            case .failed(let meaning, let message):
                return try await renew(draft, step, because: meaning, message)
            }
        }
        guard states.allSatisfy({ $0 == .finished }) else { return wait(draft) }
        var draft = draft
        do {
            draft.container = try await createCarousel(of: draft.children, for: step, user: draft.user)
        } catch  where error.code == "instagram.not-ready" {
            return wait(draft)
        }
        return try await advance(draft, step)
    }

    /// Makes the containers anew, if that can help and has not been tried.
    private func renew(
        _ draft: InstagramDraft, _ step: Step, because meaning: MetaGraphMeaning, _ message: String
    ) async throws(PlatformFailure) -> Prepared {
        switch meaning {
        case .newContainer, .notReady, .server: break
        case .token, .permission, .blocked, .quota, .rateLimited, .mediaHost, .media, .refused, .notFound, .duplicate:
            throw graph.failure(meaning, to: .repeatable, message)
        }
        guard draft.renewals < InstagramRules.renewals else {
            throw graph.failure(.newContainer, to: .repeatable, message)
        }
        return try await advance(try await create(for: step, user: draft.user, renewals: draft.renewals + 1), step)
    }

    private func wait(_ draft: InstagramDraft) -> Prepared {
        let pause = InstagramRules.firstLook * (1 << min(draft.looks, 10))
        var draft = draft
        draft.looks += 1
        return .notYet(draft, lookAgain: graph.session.clock.now + min(pause, InstagramRules.longestLook))
    }

    /// What a second publish of a container does is documented nowhere, so it is never tried.
    private func alreadyPublished(_ container: String) -> PlatformFailure {
        PlatformFailure(
            .permanent, code: "instagram.already-published",
            "Instagram has published the container \(container) before",
            duplicate: PlatformFailure.Duplicate(
                receipt: InstagramPosts.receipt(ofContainer: container, at: graph.session.clock.now)))
    }
}
