package import Posts

extension LinkedInPlatform {
    package static func limits(of file: MediaFile, in content: Content) -> MediaLimits? {
        if file.info.isVideo {
            let isLegacy = content.account.api == .legacy
            return MediaLimits(
                formats: [.mp4],
                mostBytes: isLegacy ? LinkedInLegacyRules.largestVideo : LinkedInRules.videoBytes.upperBound)
        }
        var limits = MediaLimits(formats: LinkedInRules.imageFormats, mostBytes: .max)
        // "Fewer than" so many.
        limits.mostPixels = LinkedInRules.tooManyPixels - 1
        return limits
    }
}
