import Posts

/// Every literal of Instagram's API. Unless said otherwise: developers.facebook.com, Instagram platform, as of Graph
/// v25.0, read 2026-11-23.
enum InstagramRules {
    /// Released 2026-02-18, lives until 2028-07-29 (changelog of the Graph API).
    static let version = "v25.0"
    static func host(of login: Account.Login) -> String {
        switch login {
        case .facebook: "https://graph.facebook.com"
        case .instagram: "https://graph.instagram.com"
        }
    }

    /// UTF-16 units.
    static let longestCaption = 2200
    static let mostHashtags = 30
    /// Instagram's own app has allowed no more since December 2025 (third-party documentation).
    static let usualHashtags = 5
    static let mostMentions = 20
    static let longestAlt = 1000
    static let mostMedia = 10
    static let mostCollaborators = 3
    static let options = ["collaborators", "kind", "locationId"]

    static let largestImage = 8 << 20
    static let narrowestImage = 320
    /// Width by height.
    static let tallest = 0.8
    static let widest = 1.91

    /// Images are mostly ready at the first look; documented is one look a minute for videos. The steps are our choice.
    static let firstLook: Duration = .seconds(3)
    static let longestLook: Duration = .seconds(60)
    /// How often a container that failed for no fault of ours is made anew.
    static let renewals = 1
    /// Posts that a look-up reads.
    static let found = 25
    /// Clocks differ by less.
    static let clockSkew: Duration = .minutes(2)

    /// Instagram's error subcodes. Source: the Instagram error-code page, 2026-06-02.
    static let subcodes: [Int: MetaGraphMeaning] = [
        2_207_001: .server, 2_207_003: .newContainer, 2_207_004: .media, 2_207_005: .media,
        2_207_006: .newContainer, 2_207_008: .notReady, 2_207_009: .media, 2_207_010: .refused,
        2_207_020: .newContainer, 2_207_023: .refused, 2_207_026: .media, 2_207_027: .notReady,
        2_207_028: .refused, 2_207_032: .newContainer, 2_207_035: .refused, 2_207_036: .refused,
        2_207_037: .refused, 2_207_040: .refused, 2_207_042: .quota, 2_207_050: .blocked,
        2_207_051: .blocked, 2_207_052: .mediaHost, 2_207_053: .newContainer, 2_207_057: .refused,
        // Seen in production only.
        2_207_076: .newContainer, 2_207_077: .newContainer, 2_207_081: .refused, 2_207_082: .newContainer,
    ]
}
