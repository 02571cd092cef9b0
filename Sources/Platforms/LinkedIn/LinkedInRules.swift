import Posts

/// Every literal of LinkedIn's API. Unless said otherwise: learn.microsoft.com/linkedin, version 202609, read 2026-11-23.
enum LinkedInRules {
    static let api = "https://api.linkedin.com/rest"
    /// Who the token belongs to is asked outside the versioned API.
    static let identity = "https://api.linkedin.com/v2"
    static let post = "https://www.linkedin.com/feed/update/"
    /// Versions live at least a year; 202609 was current in autumn 2026, a retired one answers 426.
    static let version = "202609"
    static let protocolVersion = "2.0.0"
    static let domain = "linkedin.com"

    /// UTF-16 units of the visible words. Documented for ugcPosts; the Posts API only knows FIELD_LENGTH_TOO_LONG.
    static let longestText = 3000
    static let longestAlt = 4086
    /// Third-party reference, May 2026.
    static let longestTitle = 400
    static let mostImages = 20
    /// "Fewer than 36,152,320 pixels".
    static let tooManyPixels = 36_152_320
    static let mostFrames = 250
    static let formats: Set<MediaInfo.Format> = [.jpeg, .png, .gif]

    static let visibilities = ["PUBLIC", "CONNECTIONS", "LOGGED_IN"]
    static let options = ["visibility", "isReshareDisabledByAuthor"]

    /// An image is looked at again after 2 s, then after twice as long each time. No pace is documented: our choice.
    static let firstLook: Duration = .seconds(2)
    static let longestLook: Duration = .seconds(60)
    /// A member's token may not read an image's state: one wait, our choice; images are ready in a few seconds, and
    /// MEDIA_ASSET_WAITING_UPLOAD tells of those that are not.
    static let grace: Duration = .seconds(5)
    static let upload: Duration = .minutes(5)
    /// Posts that a look-up reads.
    static let found = 20
    /// Clocks differ by less.
    static let clockSkew: Duration = .minutes(2)

    /// What an answer means by its status and, if the row names one, by its code. The first row that fits is taken.
    static let failures: [Row] = [
        Row(nil, "DUPLICATE_POST", .duplicate),
        Row(400, "MEDIA_ASSET_WAITING_UPLOAD", .later("linkedin.media-not-ready")),
        Row(400, "MEDIA_ASSET_PROCESSING_FAILED", .never("linkedin.media-failed")),
        Row(400, "EXPIRED_UPLOAD_URL", .later("linkedin.upload-expired")),
        Row(401, nil, .token),
        Row(403, "ACCESS_DENIED", .permission),
        Row(408, nil, .unanswered),
        Row(409, nil, .later("linkedin.conflict")),
        Row(426, nil, .version),
        Row(429, nil, .rateLimited),
    ]

    struct Row: Sendable {
        let status: Int?
        let code: String?
        let meaning: Meaning

        init(_ status: Int?, _ code: String?, _ meaning: Meaning) {
            self.status = status
            self.code = code
            self.meaning = meaning
        }
    }

    enum Meaning: Sendable, Hashable {
        case duplicate, token, permission, version, rateLimited, unanswered
        /// Not done; the same again may work.
        case later(String)
        case never(String)
    }
}
