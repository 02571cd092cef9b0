import Posts

/// Every literal of LinkedIn's older API, for `api: legacy`. Source: "Share on LinkedIn" and the page of ugcPosts, read
/// 2026-11-23; it has no versions and no `little` text.
enum LinkedInLegacyRules {
    static let pictures = "urn:li:digitalmediaRecipe:feedshare-image"
    static let videos = "urn:li:digitalmediaRecipe:feedshare-video"
    static let mechanism = "com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest"
    static let share = "com.linkedin.ugc.ShareContent"
    static let network = "com.linkedin.ugc.MemberNetworkVisibility"

    /// No post with several is documented.
    static let mostImages = 1
    /// A video is sent in one request, which lies in memory: our choice.
    static let largestVideo = 40 << 20
    static let visibilities = ["PUBLIC", "CONNECTIONS"]
    static let options = ["visibility"]
}
