package import JSON
package import Posts

/// Everything a network is. Who writes one writes these calls, and no retry: when to ask again, and whether
/// a lost answer means published, is decided once, by the engine.
package protocol Platform: Sendable {
    /// What `prepare` made and `publish` needs: media ids, a container. Kept between runs.
    associatedtype Draft: Sendable & JSONRepresentable

    static var network: Network { get }
    /// How a lost answer is recovered, and what the network offers this account.
    static func capabilities(of account: Account) -> Capabilities
    /// The post as the network will get it, or why it does not fit. Pure. Nothing is ever cut.
    static func compose(_ content: Content) -> Composition

    /// What the network takes of the file's kind, so that others can be made to fit; nil: nothing is converted. Pure.
    static func limits(of file: MediaFile, in content: Content) -> MediaLimits?

    /// An id or address of a post, as a person reads it off the network; nil for anything else. Pure.
    static func sighting(_ text: String) -> Sighting?
    /// What `sighting` takes, for a person who wrote something else.
    static var sightingForms: String { get }

    init(_ session: Session)

    /// The network's own id of who publishes, e.g. a user id or URN; from the configuration if it is there, else asked once.
    /// Repeatable.
    func actor() async throws(PlatformFailure) -> String
    /// Uploads media, makes containers. Repeatable; may ask to be called again later. Never throws `ambiguous`.
    func prepare(_ step: Step, after earlier: [Receipt], resuming draft: Draft?) async throws(PlatformFailure)
        -> Preparation<Draft>
    /// NOT repeatable. One claim, one call, one request with `repetition: .forbidden`.
    func publish(_ step: Step, draft: Draft, after earlier: [Receipt], claim: consuming Claim)
        async throws(PlatformFailure) -> Receipt
    /// Was it published after all? Repeatable. A taker-over has no draft. `start` is when the request was sent.
    func find(_ step: Step, draft: Draft?, after earlier: [Receipt], since start: Instant)
        async throws(PlatformFailure) -> Finding
    /// The public address of what is live, where `publish` was not told it. Repeatable; nil if the network does not say.
    func link(to receipt: Receipt) async throws(PlatformFailure) -> String?
}

extension Platform {
    package static func limits(of file: MediaFile, in content: Content) -> MediaLimits? { nil }

    package func link(to receipt: Receipt) async throws(PlatformFailure) -> String? { receipt.url }
}

package enum Preparation<Draft: Sendable>: Sendable {
    case ready(Draft)
    /// The network still works on it.
    case notYet(Draft, lookAgain: Instant)
}

package struct Capabilities: Sendable, Hashable {
    package var recovery: Recovery
    package var media: MediaIntake

    package init(recovery: Recovery, media: MediaIntake) {
        self.recovery = recovery
        self.media = media
    }
}

/// Whether the network takes bytes, or fetches a public URL by itself.
package enum MediaIntake: Sendable, Hashable {
    case bytes, publicURL
    /// Pictures from a public URL, the bytes of videos.
    case publicURLOfPictures

    /// Those of the files, and of the pictures shown before videos, that the network fetches.
    package func fetched(_ files: [MediaFile]) -> [MediaFile] {
        switch self {
        case .bytes: []
        case .publicURL: files + files.compactMap(\.thumbnail)
        case .publicURLOfPictures: files.filter { !$0.info.isVideo } + files.compactMap(\.thumbnail)
        }
    }
}
