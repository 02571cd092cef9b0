internal import Pictures

/// What Instagram fetches by itself, and what it makes of the bytes.
enum InstagramFetching {
    private static let imageLimit = 8 << 20

    /// The URLs that the network fetches before it answers.
    static func urls(_ call: Call, _ operation: Operation) -> [String] {
        switch operation {
        case .container:
            guard let graph = try? GraphCall(call) else { return [] }
            return ["image_url", "video_url", "cover_url"].compactMap { graph[$0] }
        case .upload: return [call.header("file_url")].compactMap(\.self)
        case .publish, .metadata, .status, .find, .delete, .account, .quota, .comment, .token, .fetch, .other: return []
        }
    }

    static func bytes(_ url: String, _ turn: Turn) throws(Refusal) -> [UInt8] {
        switch turn.fetched[url] {
        case .file(let bytes)?: return bytes
        // A server that gives up is one that was waited for too long.
        case .status(408)?, .status(504)?: throw GraphErrors.tooSlow
        case .redirect?, .status?, .unreachable?, nil: throw GraphErrors.unfetchable
        }
    }

    /// JPEG only; 4:5 to 1.91:1 in the feed, any ratio in stories and on covers.
    static func image(_ bytes: [UInt8], anyRatio: Bool) throws(Refusal) -> StoredMedia {
        guard bytes.count <= imageLimit else {
            throw GraphErrors.refusal(
                36000, 2_207_004, "The image size is too large", userMessage: "It should be 8 MiB or less.")
        }
        guard let picture = try? Picture.decode(bytes), picture.format == .jpeg else {
            throw GraphErrors.refusal(
                36001, 2_207_005, "The image format is not supported", userMessage: "Supported formats: JPEG")
        }
        // Without rounding.
        let isTooTall = picture.width * 5 < picture.height * 4
        let isTooWide = picture.width * 100 > picture.height * 191
        guard anyRatio || !(isTooTall || isTooWide) else {
            throw GraphErrors.refusal(
                36003, 2_207_009,
                "The submitted image with aspect ratio ('\(picture.width)/\(picture.height)',) cannot be published. Please submit an image with a valid aspect ratio."
            )
        }
        return StoredMedia(kind: .photo, width: picture.width, height: picture.height, bytes: bytes.count)
    }
}

/// What Instagram takes as a film: reels, videos in carousels, stories.
enum InstagramFilm {
    static let reelLimit = 300 << 20
    private static let storyLimit = 100 << 20

    /// A sentence about the first rule that the film breaks; nothing when it keeps them all.
    static func problem(_ video: Video, isStory: Bool) -> String? {
        let rules: [(Bool, String)] = [
            (video.bytes <= (isStory ? storyLimit : reelLimit), "the file is too large"),
            (video.isFastStart, "the index does not stand before the data"),
            (!video.isEdited, "there is an edit list"),
            (video.isH264 && [66, 77, 100].contains(video.profile) || video.isHEVC, "it is neither H.264 nor HEVC"),
            (!video.isInterlaced, "it is not progressive"),
            ((22.9...60.1).contains(video.framesPerSecond), "it has not 23 to 60 frames per second"),
            (video.width <= 1920, "it has more than 1920 columns"),
            ((0.01...10).contains(video.ratio), "the aspect ratio is not between 0.01 and 10"),
            (video.bitsPerSecond <= 25_000_000, "it has more than 25 Mbps"),
            (video.seconds >= 3, "it is shorter than 3 seconds"),
            (video.seconds <= (isStory ? 60 : 900), "it is longer than \(isStory ? "60 seconds" : "15 minutes")"),
            (
                video.audio.map {
                    $0.codec == "mp4a" && $0.isLowComplexityAAC && $0.samplesPerSecond <= 48_000
                        && (1...2).contains($0.channels)
                } ?? true, "the sound is not AAC of at most 48 kHz and 2 channels"
            ),
        ]
        return rules.first { !$0.0 }?.1
    }
}
