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

    /// Where the bytes of videos go, with Facebook login.
    static let uploads = "https://rupload.facebook.com/ig-api-upload"

    /// UTF-16 units.
    static let longestCaption = 2200
    /// No page of the API says it; Instagram's own app takes as much as in a caption.
    static let longestComment = 2200
    static let mostHashtags = 30
    /// Instagram's own app has allowed no more since December 2025 (third-party documentation).
    static let usualHashtags = 5
    static let mostMentions = 20
    static let longestAlt = 1000
    static let mostMedia = 10
    static let mostCollaborators = 3
    /// On one picture: error 2207040.
    static let mostUserTags = 20
    /// Of the help centre, “user names”, 2025.
    static let longestUserName = 30
    static let options = [
        "audioName", "collaborators", "isAiGenerated", "kind", "locationId", "shareToFeed", "thumbOffset",
        "trialParams", "userTags",
    ]

    /// In bytes; covers of reels too.
    static let largestImage = 8 << 20
    static let narrowestImage = 320
    /// Width by height.
    static let tallest = 0.8
    static let widest = 1.91

    /// In bytes. The sample code's README says 1 GB; the reference says 300 MB.
    static let largestVideo = 300 << 20
    static let largestStoryVideo = 100 << 20
    static let shortestVideo: Duration = .seconds(3)
    static let longestVideo: Duration = .seconds(900)
    static let longestStoryVideo: Duration = .seconds(60)
    /// In columns; the ratios are width by height.
    static let widestVideo = 1920
    static let tallestVideo = 0.01
    static let flattestVideo = 10.0
    /// In bits a second, as a mean over the file.
    static let highestBitRate = 25_000_000.0
    /// As ISO files name H.264, HEVC and AAC.
    static let videoCodecs: Set = ["avc1", "avc3", "hvc1", "hev1"]
    static let audioCodecs: Set = ["mp4a"]

    /// Images are mostly ready at the first look; documented is one look a minute for videos. The steps are our choice.
    static let firstLook: Duration = .seconds(3)
    static let longestLook: Duration = .seconds(60)
    /// How often a container that failed for no fault of ours is made anew.
    static let renewals = 1
    /// How often the bytes of videos are sent, from where they stopped, until the attempt counts as failed. Our choice.
    static let uploadTries = 4
    /// The slowest connection that is waited for, in bytes a second. Our choice: 300 MB in 20 minutes.
    static let slowestUpload = 256 << 10
    /// The quota's window.
    static let quotaWindow: Duration = .hours(24)
    /// How closely the moment is sought at which the quota frees a slot: 24 h halved so often, so to 23 minutes.
    static let quotaHalvings = 6
    /// Posts, or comments, that a look-up reads.
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
