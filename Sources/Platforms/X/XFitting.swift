package import Posts

extension XPlatform {
    package static func limits(of file: MediaFile, in content: Content) -> MediaLimits? {
        guard file.info.isVideo else {
            return MediaLimits(formats: XMediaRules.formats, mostBytes: XMediaRules.largestPicture)
        }
        let isPremium = content.account.isPremium
        let longest = isPremium ? XMediaRules.longestPremiumSide : XMediaRules.longestSide
        let longestShort = isPremium ? XMediaRules.longestPremiumShortSide : XMediaRules.longestShortSide
        let isUpright = file.info.height > file.info.width
        var limits = MediaLimits(formats: [.mp4, .quicktime], mostBytes: XMediaRules.largestVideo)
        (limits.mostWidth, limits.mostHeight) = isUpright ? (longestShort, longest) : (longest, longestShort)
        let steepest = Double(XMediaRules.steepestRatio)
        limits.ratios = 1 / steepest...steepest
        (limits.videoCodecs, limits.audioCodecs) = (XMediaRules.videoCodecs, XMediaRules.audioCodecs)
        return limits
    }
}
