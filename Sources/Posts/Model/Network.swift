/// A social network. Adding a case makes the compiler list what is missing.
package enum Network: String, Sendable, Hashable, CaseIterable, Comparable {
    case x, linkedin, instagram, bluesky, mastodon, threads, facebook

    /// By its name, or an older name of it.
    package init?(name: some StringProtocol) {
        if name == "twitter" { self = .x } else { self.init(rawValue: String(name)) }
    }

    package var title: String {
        switch self {
        case .x: "X"
        case .linkedin: "LinkedIn"
        case .instagram: "Instagram"
        case .bluesky: "Bluesky"
        case .mastodon: "Mastodon"
        case .threads: "Threads"
        case .facebook: "Facebook"
        }
    }

    /// Whether a post may be a chain of posts there; elsewhere its parts are joined by a blank line.
    package var hasThreads: Bool {
        switch self {
        case .x, .bluesky, .mastodon, .threads: true
        case .linkedin, .instagram, .facebook: false
        }
    }

    package static func < (a: Network, b: Network) -> Bool { a.rawValue < b.rawValue }
}
