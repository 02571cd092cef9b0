import Posts

/// Every literal of X's API. Unless said otherwise: docs.x.com, as of 2026-08-22.
enum XRules {
    static let api = "https://api.x.com"
    /// The form of a post's address that needs no name.
    static let post = "https://x.com/i/web/status/"

    // Words: twitter-text configuration v3, 2018.
    static let longestText = 280
    static let (urlWeight, emojiWeight) = (23, 2)

    /// Whether a character counts 1; all others count 2.
    static func isLight(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x10FF, 0x2000...0x200D, 0x2010...0x201F, 0x2032...0x2037: true
        default: false
        }
    }

    /// For apps that serve themselves.
    static let mostCashtags = 1
    /// Domains that are known as ends of file names too; others of both kinds (`.app`, `.ai`) are mostly meant as links.
    static let fileExtensions: Set = [
        "am", "bz", "cc", "gz", "la", "md", "mk", "ml", "mov", "pl", "ps", "py", "rs", "sh", "so", "zip",
    ]

    // Media: best-practices page.
    static let mostPictures = 4
    static let formats: Set<MediaInfo.Format> = [.jpeg, .png, .gif, .webp]
    static let largestPicture = 5 << 20
    static let largestAnimation = 15 << 20
    static let (widestAnimation, highestAnimation) = (1280, 1080)
    static let mostFrames = 350
    static let mostAnimatedPixels = 300_000_000
    /// Characters; counted as UTF-16, the unit is not documented.
    static let longestAlt = 1000
    /// Pieces of an upload: 1 MiB as in the docs, since 5 MB was answered 413; indices go from 0 to 999.
    static let (piece, mostPieces) = (1 << 20, 999)
    /// Uploads live at least a day; one is not used in the last ten minutes of it.
    static let (mediaLife, mediaMargin): (Duration, Duration) = (.hours(24), .minutes(10))
    /// The first look at what X works on when it names no time, and when to give up; our choices.
    static let (look, longestProcessing): (Duration, Duration) = (.seconds(2), .minutes(10))

    // Requests; deadlines are our choices, that of publishing stays inside the lease (`Fence.longestRequest`).
    static let publishing: Duration = .seconds(90)
    static let uploading: Duration = .seconds(120)
    static let reading: Duration = .seconds(30)

    /// Our names of the API's options for a post.
    static let replySettings = ["following", "mentionedUsers", "subscribers", "verified"]
    static let flags = ["madeWithAi": "made_with_ai", "paidPartnership": "paid_partnership"]

    /// Milliseconds of 1970 at which ids begin; the bits of an id below its time.
    static let (idEpoch, idShift): (Int64, Int64) = (1_288_834_974_657, 22)
    /// An id whose time is farther from the clock is not believed to be one of these.
    static let idTolerance: Duration = .hours(1)
    /// A look-up begins this long before the request, for clocks that differ.
    static let clockSkew: Duration = .seconds(120)
    static let (rowsPerPage, mostPages) = (100, 10)

    /// Names of fields before and after the renaming of 2026-08-07; which ones a server takes is told by its 400.
    static let fields = [
        ("tweet.fields", "created_at,entities,attachments,referenced_tweets,note_tweet"),
        ("post.fields", "created_at,entities,attachments,referenced_posts,note_post"),
    ]

    /// The windows of rate limits: the headers `…-remaining` and `…-reset` of each.
    static let windows = ["x-rate-limit", "x-app-limit-24hour", "x-user-limit-24hour"]
    static let longestWindow: Duration = .hours(24)
    /// Without a word when to come back: our choice.
    static let pause: Duration = .seconds(60)
    /// A limit on posting that no header tells of.
    static let longPause: Duration = .hours(3)
}

/// What X's refusals mean. The first row that fits is taken. Codes are those of v1.1, which v2 still gives.
extension XRules {
    static let failures: [Row] = [
        Row(402, .any, .account("x.no-credit", .network, "buy credits at console.x.com; all accounts of the app wait")),
        Row(429, .type("usage-capped"), .account("x.usage-capped", .network, "the app's cap ends with its cycle")),
        Row(429, .says(["spending limit"]), .account("x.usage-capped", .network, "raise the limit at console.x.com")),
        Row(429, .any, .rateLimited),
        Row(nil, .code([88]), .rateLimited),
        Row(nil, .code([130, 131]), .unanswered),

        Row(401, .code([135]), .auth("x.clock-skew", "set the clock of this machine")),
        Row(401, .any, .auth("x.token-invalid", "make a new token, or check the four keys of OAuth 1.0a")),

        Row(403, .says(["duplicate content"]), .duplicate),
        Row(nil, .code([187]), .duplicate),
        Row(403, .reason("client-not-enrolled"), .config("x.app-not-enrolled", "attach the app to a project")),
        Row(403, .type("client-forbidden"), .config("x.app-not-enrolled", "attach the app to a project")),
        Row(
            403, .type("oauth1-permissions"),
            .auth("x.read-only-token", "allow the app to read and write, then make new tokens")),
        Row(
            403, .type("unsupported-authentication"),
            .auth("x.wrong-credentials", "use a token of the user, not of the app")),
        Row(403, .code([64, 326]), .account("x.account-locked", .account, "sign in at x.com and see what X asks for")),
        Row(
            403, .says(["suspended", "temporarily locked"]),
            .account("x.account-locked", .account, "sign in at x.com and see what X asks for")),
        Row(403, .code([186]), .permanent("x.text-too-long", "longer posts need X Premium")),
        Row(403, .says(["too long"]), .permanent("x.text-too-long", "longer posts need X Premium")),
        Row(403, .code([185, 344]), .later("x.posting-limit", "the account has reached its limit of posts")),
        Row(
            403, .code([226]),
            .stop(
                "x.looks-automated",
                "X took the post for spam; give the account its label \"Automated\" before you try again")),
        Row(403, .code([261, 453]), .config("x.app-not-allowed", "the app's plan does not allow this")),
        Row(403, .code([386]), .permanent("x.media-invalid", nil)),
        Row(on: [.replying], 403, .any, .permanent("x.reply-refused", replyHint)),
        Row(
            on: [.uploading], 403, .any,
            .auth("x.no-media-right", "the token needs the scope media.write; sign in again")),
        Row(403, .any, .permanent("x.forbidden", nil)),

        // Uploads answered 404 for hours in 2025 and 2026.
        Row(on: [.uploading], 404, .any, .transient("x.upload-not-found")),
        Row(on: [.uploading], 413, .any, .permanent("x.media-too-large", "make the file smaller")),
        Row(nil, .code([323, 324, 325]), .permanent("x.media-invalid", nil)),
        Row(
            400, .says(["media ids are invalid"]),
            .permanent("x.media-invalid", "some large PNGs are refused; try a JPEG")),
        Row(408, .any, .unanswered),
    ]

    private static let replyHint =
        "the parts before this one are live; X lets apps that serve themselves reply only where it allows it: "
        + "post the rest by hand, or delete the first parts"

    struct Row: Sendable {
        /// None for all.
        let calls: Set<XCall>
        let status: Int?
        let sign: Sign
        let meaning: Meaning

        init(on calls: Set<XCall> = [], _ status: Int?, _ sign: Sign, _ meaning: Meaning) {
            self.calls = calls
            self.status = status
            self.sign = sign
            self.meaning = meaning
        }
    }

    /// What an answer of that kind is known by.
    enum Sign: Sendable, Hashable {
        case any
        case code(Set<Int>)
        /// The last component of the problem's `type`.
        case type(String)
        case reason(String)
        /// Any of these in its words, without case.
        case says([String])
    }

    enum Meaning: Sendable, Hashable {
        case duplicate, rateLimited
        /// Nobody knows whether it was done.
        case unanswered
        case transient(String)
        case later(String, String)
        case permanent(String, String?)
        /// This post never; the account should rest.
        case stop(String, String)
        case auth(String, String)
        case account(String, PlatformFailure.Scope, String)
        case config(String, String)
    }
}
