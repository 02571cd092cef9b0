import Posts

/// What X takes as media and how it is uploaded. Unless said otherwise: the best-practices page of docs.x.com, 2026-08-22.
enum XMediaRules {
    static let mostPictures = 4
    static let formats: Set<MediaInfo.Format> = [.jpeg, .png, .gif, .webp]
    static let largestPicture = 5 << 20
    static let largestAnimation = 15 << 20
    static let (widestAnimation, highestAnimation) = (1280, 1080)
    static let mostFrames = 350
    static let mostAnimatedPixels = 300_000_000
    /// Characters; counted as UTF-16, the unit is not documented.
    static let longestAlt = 1000

    static let largestVideo = 512 << 20
    static let (shortestVideo, longestVideo): (Duration, Duration) = (.milliseconds(500), .seconds(140))
    /// Pixels of the longer and of the shorter side; upright videos of 720 × 1280 are among those recommended.
    static let (longestSide, longestShortSide, shortestSide) = (1280, 1024, 32)
    /// With Premium videos are shown in 1080p.
    static let (longestPremiumSide, longestPremiumShortSide) = (1920, 1080)
    /// One side is at most so many times the other.
    static let steepestRatio = 3
    /// H.264 and AAC, by the names that MP4 and QuickTime files give them.
    static let videoCodecs: Set = ["avc1", "avc3"]
    static let audioCodecs: Set = ["mp4a"]

    /// Pieces of an upload: 1 MiB as in the docs, since 5 MB was answered 413; indices go from 0 to 999.
    static let (piece, mostPieces) = (1 << 20, 999)
    /// Below this a refusal of the size is believed; our choice.
    static let smallestPiece = 64 << 10
    /// Pieces on their way at the same time: as in node-twitter-api-v2 1.29, 2026-01.
    static let piecesAtOnce = 3
    /// How often one piece is sent, and how long one `prepare` sends them before it tells how far it came; our choices.
    static let (mostTries, stretch): (Int, Duration) = (3, .seconds(60))
    /// How often in a row an upload that was begun is kept through trouble; our choice.
    static let mostTroubles = 5
    /// Uploads live at least a day; one is not used in the last ten minutes of it.
    static let (mediaLife, mediaMargin): (Duration, Duration) = (.hours(24), .minutes(10))
    /// Media that X calls invalid are uploaded anew if the upload is older than this; our choice.
    static let freshMedia: Duration = .minutes(10)
    /// The first look at what X works on when it names no time, and when to give up; our choices.
    static let (look, longestProcessing): (Duration, Duration) = (.seconds(2), .minutes(10))

    /// `media_category` of an upload.
    static func category(of info: MediaInfo, isPremium: Bool) -> String {
        switch info.kind {
        case .picture, .document: info.isAnimated ? "tweet_gif" : "tweet_image"
        case .video: isPremium && isLong(info) ? "amplify_video" : "tweet_video"
        case .captions: "subtitles"
        }
    }

    /// The same categories as `POST /2/media/subtitles` names them.
    static let subtitledCategories = ["tweet_video": "TweetVideo", "amplify_video": "AmplifyVideo"]

    static func isLong(_ info: MediaInfo) -> Bool { info.duration.map { $0 > longestVideo } ?? false }

    /// Names of languages in themselves, by ISO 639-1: what a viewer of subtitles chooses from. Unicode CLDR 46, 2024.
    static let languages = [
        "AR": "العربية", "BG": "Български", "CS": "Čeština", "DA": "Dansk", "DE": "Deutsch", "EL": "Ελληνικά",
        "EN": "English", "ES": "Español", "ET": "Eesti", "FI": "Suomi", "FR": "Français", "HE": "עברית", "HI": "हिन्दी",
        "HR": "Hrvatski", "HU": "Magyar", "ID": "Indonesia", "IT": "Italiano", "JA": "日本語", "KO": "한국어",
        "LT": "Lietuvių", "LV": "Latviešu", "NB": "Norsk bokmål", "NL": "Nederlands", "NO": "Norsk", "PL": "Polski",
        "PT": "Português", "RO": "Română", "RU": "Русский", "SK": "Slovenčina", "SL": "Slovenščina", "SR": "Српски",
        "SV": "Svenska", "TH": "ไทย", "TR": "Türkçe", "UK": "Українська", "VI": "Tiếng Việt", "ZH": "中文",
    ]
}
