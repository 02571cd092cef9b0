import Posts

/// Every literal of X's API but those of media, options and failures. Unless said otherwise: docs.x.com, as of 2026-08-22.
enum XRules {
    static let api = "https://api.x.com"
    /// The form of a post's address that needs no name.
    static let post = "https://x.com/i/web/status/"

    // Words: twitter-text configuration v3, 2018.
    static let longestText = 280
    /// With Premium, since 2024-08-20; the unit is not documented, so that we count as for the shorter ones.
    static let longestPremiumText = 25_000
    static let (urlWeight, emojiWeight) = (23, 2)

    static func longestText(of account: Account) -> Int { account.isPremium ? longestPremiumText : longestText }

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

    // Prices of pay-per-use, in thousandths of a US dollar: pricing page, since 2026-04-20.
    static let price = Price(thousandths: 15)
    static let priceWithURL = Price(thousandths: 200)
    /// The words about one file: `POST /2/media/metadata`.
    static let priceOfAlt = Price(thousandths: 5)

    // Requests; deadlines are our choices, that of publishing stays inside the lease (`Fence.longestRequest`).
    static let publishing: Duration = .seconds(90)
    static let uploading: Duration = .seconds(120)
    static let reading: Duration = .seconds(30)

    /// Milliseconds of 1970 at which ids begin; the bits of an id below its time.
    static let (idEpoch, idShift): (Int64, Int64) = (1_288_834_974_657, 22)
    /// An id whose time is farther from the clock is not believed to be one of these.
    static let idTolerance: Duration = .hours(1)
    /// A look-up begins this long before the request, for clocks that differ.
    static let clockSkew: Duration = .seconds(120)
    static let (rowsPerPage, mostPages) = (100, 10)

    /// What is asked of listed posts, under the names before and after the renaming of 2026-08-07; which ones a server
    /// takes is told by its 400. The later OpenAPI document has the referenced posts among the expansions.
    static let fields = [
        Fields(
            parameter: "tweet.fields", fields: "created_at,entities,attachments,referenced_tweets,note_tweet",
            expansions: "attachments.media_keys"),
        Fields(
            parameter: "post.fields", fields: "created_at,entities,attachments,note_post",
            expansions: "attachments.media_keys,referenced_posts"),
    ]

    struct Fields: Sendable {
        let parameter: String
        let fields: String
        let expansions: String
    }

    /// The windows of rate limits: the headers `…-remaining` and `…-reset` of each.
    static let windows = ["x-rate-limit", "x-app-limit-24hour", "x-user-limit-24hour"]
    static let longestWindow: Duration = .hours(24)
    /// Without a word when to come back: our choice.
    static let pause: Duration = .seconds(60)
    /// A limit on posting that no header tells of.
    static let longPause: Duration = .hours(3)
}
