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
    /// What the emulated network's own fetcher got from the URL in the request.
    let fetched: FetchResult?
}

/// A picture or video as a network keeps it: facts, not bytes.
struct StoredMedia: Codable, Sendable, Hashable {
    var kind: Kind
    var width: Int
    var height: Int
    var bytes: Int
    var alt: String?

    enum Kind: String, Codable, Sendable { case photo, animatedGIF = "animated_gif", video }
}
