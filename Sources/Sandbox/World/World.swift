/// Everything the emulated networks know; the part of the sandbox that survives a restart.
struct World: Codable, Sendable {
    var clock = SandboxClock()
    var x = XWorld()
    var linkedIn = LinkedInWorld()
    var instagram = InstagramWorld()
    var signIn = SignInWorld()
    /// Counts everything that was ever made, so that ids are unique while the clock stands still.
    private var made = 0

    /// The next number in the order of creation.
    mutating func nextSequence() -> Int {
        made += 1
        return made
    }
}

/// One request, with all that its answer may depend on besides the world.
struct Turn: Sendable {
    let call: Call
    let now: Moment
    let effects: FaultEffects
    /// What the emulated network's own fetcher got, by the URL in the request.
    let fetched: [String: FetchResult]
    let shelf: Shelf
}

/// A picture, film or document as a network keeps it: facts, and the name of its bytes if the page shows them.
struct StoredMedia: Codable, Sendable, Hashable {
    var kind: Kind
    var width: Int
    var height: Int
    var bytes: Int
    var alt: String?
    var seconds: Double?
    var title: String?
    /// Languages of the subtitles.
    var captions: [String]?
    /// On the shelf: the picture itself, or the one that stands for a film.
    var thumbnail: String?

    enum Kind: String, Codable, Sendable { case photo, animatedGIF = "animated_gif", video, document }

    init(kind: Kind, width: Int, height: Int, bytes: Int, alt: String? = nil, seconds: Double? = nil) {
        self.kind = kind
        self.width = width
        self.height = height
        self.bytes = bytes
        self.alt = alt
        self.seconds = seconds
    }

    init(_ video: Video) {
        self.init(
            kind: .video, width: video.width, height: video.height, bytes: video.bytes, seconds: video.seconds)
    }

    /// As `/_sandbox/posts` tells it; what is not there is left out, but for `alt`.
    var value: Value {
        var fields: [String: Value] = [
            "kind": .string(kind.rawValue), "alt": alt.map(Value.string) ?? .null, "width": .integer(width),
            "height": .integer(height),
        ]
        fields["seconds"] = seconds.map(Value.number)
        fields["title"] = title.map(Value.string)
        fields["captions"] = captions.map { .array($0.map(Value.string)) }
        return .object(fields)
    }
}
