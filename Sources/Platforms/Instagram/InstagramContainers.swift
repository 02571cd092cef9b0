import JSON
import Posts

/// Containers on their way to being publishable. Everything here may be repeated: a container is invisible.
struct InstagramContainers {
    let graph: MetaGraph

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
            answer = try await graph.get("/\(container)", ["fields": "status_code,status"])
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

    /// Makes the containers of a step: the image, or the images of a carousel, which itself must wait for them.
    func create(for step: Step, user: String, renewals: Int) async throws(PlatformFailure) -> InstagramDraft {
        var draft = InstagramDraft(user: user, media: step.media.map(\.digest))
        draft.renewals = renewals
        if step.media.count == 1, let image = step.media.first {
            draft.container = try await create(image, in: step, user: user, isChild: false)
        } else {
            draft.children = try await concurrently(step.media) { image throws(PlatformFailure) in
                try await create(image, in: step, user: user, isChild: true)
            }
        }
        return draft
    }

    private func create(
        _ image: MediaFile, in step: Step, user: String, isChild: Bool
    ) async throws(PlatformFailure) -> String {
        let url = try await graph.session.media.publicURL(of: image)
        return try await graph.post(
            "/\(user)/media",
            [
                "image_url": url, "alt_text": image.alt, "is_carousel_item": isChild ? "true" : nil,
                "caption": isChild ? nil : Self.caption(of: step),
                "collaborators": isChild ? nil : Self.collaborators(of: step),
                "location_id": isChild ? nil : step.options["locationId"],
            ])
    }

    func createCarousel(of children: [String], for step: Step, user: String) async throws(PlatformFailure) -> String {
        try await graph.post(
            "/\(user)/media",
            [
                "media_type": "CAROUSEL", "children": children.joined(separator: ","),
                "caption": Self.caption(of: step), "collaborators": Self.collaborators(of: step),
                "location_id": step.options["locationId"],
            ])
    }

    private static func caption(of step: Step) -> String? { step.text.isEmpty ? nil : step.text }

    /// A JSON array within the form.
    private static func collaborators(of step: Step) -> String? {
        let names = InstagramText.names(in: step.options["collaborators"] ?? "")
        guard !names.isEmpty else { return nil }
        return String(decoding: JSON.array(names.map { JSON($0) }).compact(), as: UTF8.self)
    }
}
