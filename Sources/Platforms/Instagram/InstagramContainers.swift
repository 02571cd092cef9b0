import JSON
import Posts

/// Containers on their way to being publishable. Everything here may be repeated: a container is invisible.
struct InstagramContainers {
    let graph: MetaGraph
    let quota: InstagramQuota

    enum Status: Sendable, Hashable {
        case finished, inProgress, published, expired
        case failed(MetaGraphMeaning, String)
    }

    /// The failures of a read that say that there is no such container; of a request to publish, `not-ready` says less.
    private static let gone: Set<String> = [
        "instagram.not-found", "instagram.container-failed", "instagram.not-ready",
    ]

    /// The status of a container. nil: Instagram does not know it (any more).
    func status(of container: String) async throws(PlatformFailure) -> Status? {
        let answer: JSON
        do {
            answer = try await graph.get("/\(container)", [("fields", "status_code,status")])
        } catch  where Self.gone.contains(error.code) {
            return nil
        }
        let words = answer["status"]?.identifier ?? ""
        switch answer["status_code"]?.string {
        case "FINISHED": return .finished
        case "IN_PROGRESS": return .inProgress
        case "PUBLISHED": return .published
        case "EXPIRED": return .expired
        case "ERROR":
            let meaning = Self.subcode(in: words).flatMap { InstagramRules.subcodes[$0] } ?? .newContainer
            return .failed(meaning, "Instagram could not process the media: \(graph.session.quotable(words))")
        default:
            throw graph.unreadable("the status of a container")
        }
    }

    /// `status` is a subcode, or words that hold one.
    static func subcode(in status: String) -> Int? {
        let numbers = status.split { !($0.isASCII && $0.isNumber) }
        return numbers.first { $0.count == 7 && $0.hasPrefix("2207") }.flatMap { Int($0) }
    }

    /// Makes the containers of a step: its one file's, or those of a carousel's files, which itself must wait for them.
    func create(for step: Step, user: String, renewals: Int) async throws(PlatformFailure) -> InstagramDraft {
        var draft = InstagramDraft(user: user, form: InstagramForm.digest(of: step))
        draft.renewals = renewals
        draft.awaited = step.media.indices.filter { isUploaded(step.media[$0]) }
        if step.media.count == 1 {
            draft.container = try await create(0, of: step, user: user)
        } else {
            draft.children = try await concurrently(Array(step.media.indices)) { place throws(PlatformFailure) in
                try await create(place, of: step, user: user)
            }
        }
        return draft
    }

    private func create(_ place: Int, of step: Step, user: String) async throws(PlatformFailure) -> String {
        let (file, media) = (step.media[place], graph.session.media)
        let source: InstagramForm.Source =
            isUploaded(file) ? .upload : .url(try await media.publicURL(of: file))
        var cover: String?
        if InstagramKind(of: step) == .reel, let picture = file.thumbnail {
            cover = try await media.publicURL(of: picture)
        }
        return try await graph.post(
            "/\(user)/media", InstagramForm.file(file, at: place, of: step, from: source, cover: cover))
    }

    /// Documented with Facebook login only; with the other one Instagram fetches videos too.
    private func isUploaded(_ file: MediaFile) -> Bool {
        file.info.isVideo && graph.session.account.login == .facebook
    }

    func createCarousel(of children: [String], for step: Step, user: String) async throws(PlatformFailure) -> String {
        try await graph.post("/\(user)/media", InstagramForm.carousel(of: children, step))
    }
}
