/// Proof that a step is live.
package struct Receipt: Sendable, Hashable {
    /// How we know.
    package enum Found: String, Sendable, Hashable { case answered, recovered, person }

    package var id: String
    package var url: String?
    package var publishedAt: Instant
    package var found: Found

    package init(id: String, url: String?, publishedAt: Instant, found: Found = .answered) {
        self.id = id
        self.url = url
        self.publishedAt = publishedAt
        self.found = found
    }
}
