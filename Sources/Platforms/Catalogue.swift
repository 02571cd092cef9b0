package import Posts

/// The networks that can be published to. The only file that names them all.
package enum Catalogue {
    package static let all: [any Platform.Type] = Network.allCases.compactMap(platform)

    /// nil for networks that are not built yet.
    package static func platform(for network: Network) -> (any Platform.Type)? {
        switch network {
        case .x: XPlatform.self
        case .linkedin: LinkedInPlatform.self
        case .instagram: InstagramPlatform.self
        case .bluesky, .mastodon, .threads, .facebook: nil
        }
    }
}
