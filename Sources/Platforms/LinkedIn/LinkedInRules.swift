import Posts

/// Every literal of LinkedIn's API. Unless said otherwise: learn.microsoft.com/linkedin, version 202609, read 2026-11-23.
package enum LinkedInRules {
    static let api = "https://api.linkedin.com/rest"
    /// Who the token belongs to is asked outside the versioned API; older apps publish there.
    static let legacy = "https://api.linkedin.com/v2"
    static let post = "https://www.linkedin.com/feed/update/"
    static let protocolVersion = "2.0.0"
    static let domain = "linkedin.com"

    /// UTF-16 units of the visible words. Documented for ugcPosts; the Posts API only knows FIELD_LENGTH_TOO_LONG.
    static let longestText = 3000
    /// Third-party reference, May 2026.
    static let longestComment = 1250
    static let longestAlt = 4086
    /// Of an article; third-party reference, May 2026. No limit is documented for the titles of media.
    static let longestTitle = 400

    static let mostImages = 20
    /// "Fewer than 36,152,320 pixels".
    static let tooManyPixels = 36_152_320
    static let mostFrames = 250
    static let imageFormats: Set<MediaInfo.Format> = [.jpeg, .png, .gif]
    /// Of a video: `media-type-family: STILLIMAGE`.
    static let thumbnailFormats: Set<MediaInfo.Format> = [.jpeg, .png]

    /// "75 KB to 500 MB", 3 seconds to 30 minutes.
    static let videoBytes = 76_800...524_288_000
    static let videoLength: ClosedRange<Duration> = .seconds(3) ... .minutes(30)
    static let documentFormats: Set<MediaInfo.Format> = [.pdf, .ppt, .pptx, .doc, .docx]
    static let largestDocument = 104_857_600
    static let mostPages = 300

    static let longestQuestion = 140
    static let longestOption = 30
    static let pollOptions = 2...4

    static let visibilities = ["PUBLIC", "CONNECTIONS", "LOGGED_IN"]
    static let options = [
        "visibility", "isReshareDisabledByAuthor", "feedDistribution", "poll", "reshareContext",
    ]

    /// Media is looked at again after 2 s, then after twice as long each time. No pace is documented: our choice.
    static let firstLook: Duration = .seconds(2)
    static let longestLook: Duration = .seconds(60)
    /// A member's token may not read the state of an image: one wait, our choice; images are ready in a few seconds, and
    /// MEDIA_ASSET_WAITING_UPLOAD tells of those that are not.
    static let grace: Duration = .seconds(5)
    /// The same for documents: what others wait for media that they cannot look at.
    static let documentGrace: Duration = .seconds(20)
    /// The same for videos where LinkedIn refuses to tell, and when a post came too early.
    static let videoGrace: Duration = .minutes(2)
    static let upload: Duration = .minutes(5)
    /// Parts of a video on their way at the same time, 4 MiB each: our choice, for the memory that they take.
    static let partsAtOnce = 2
    /// Posts that a look-up reads.
    static let found = 20
    static let foundComments = 100
    /// Clocks differ by less.
    static let clockSkew: Duration = .minutes(2)

    /// What an answer means by its status and, if the row names one, by its code. The first row that fits is taken.
    static let failures: [Row] = [
        Row(nil, "DUPLICATE_POST", .duplicate),
        Row(400, "MEDIA_ASSET_WAITING_UPLOAD", .wait("linkedin.media-not-ready", videoGrace)),
        Row(400, "MEDIA_ASSET_PROCESSING_FAILED", .never("linkedin.media-failed", "export the file anew")),
        Row(400, "EXPIRED_UPLOAD_URL", .later("linkedin.upload-expired")),
        Row(
            400, "FIELD_LENGTH_TOO_LONG",
            .never("linkedin.too-long", "LinkedIn counts more than check does; shorten it")),
        Row(401, nil, .token),
        Row(403, "ACCESS_DENIED", .permission),
        Row(404, nil, .never("linkedin.not-found", nil)),
        Row(408, nil, .unanswered),
        Row(409, nil, .later("linkedin.conflict")),
        Row(413, nil, .never("linkedin.media-failed", "make the file smaller")),
        Row(415, nil, .never("linkedin.media-failed", "export the file anew")),
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
        /// Not done; the same again may work after some time.
        case wait(String, Duration)
        /// Not done, and why not to try again.
        case never(String, String?)
    }
}
