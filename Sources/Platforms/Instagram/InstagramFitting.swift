package import Posts

extension InstagramPlatform {
    package static func limits(of file: MediaFile, in content: Content) -> MediaLimits? {
        let isStory = content.options["kind"]?.value == InstagramKind.story.name
        if file.info.isVideo {
            let most = isStory ? InstagramRules.largestStoryVideo : InstagramRules.largestVideo
            var limits = MediaLimits(formats: [.mp4, .quicktime], mostBytes: most)
            limits.mostWidth = InstagramRules.widestVideo
            limits.ratios = InstagramRules.tallestVideo...InstagramRules.flattestVideo
            (limits.videoCodecs, limits.audioCodecs) = (InstagramRules.videoCodecs, InstagramRules.audioCodecs)
            return limits
        }
        var limits = MediaLimits(formats: [.jpeg], mostBytes: InstagramRules.largestImage)
        if !isStory { limits.ratios = InstagramRules.tallest...InstagramRules.widest }
        return limits
    }
}
