internal import Pictures

/// What X takes as photo, animated GIF, video and subtitles (media best practices, 2026-08).
enum XMediaRules {
    static let photoLimit = 5 << 20
    static let gifLimit = 15 << 20
    static let videoLimit = 512 << 20
    /// Not documented; far more than any film needs.
    static let subtitleLimit = 1 << 20

    /// Longest media of a category, when a type goes with it.
    static func limit(_ category: String, _ type: String) -> Int? {
        switch (category, type) {
        case ("tweet_image", "image/jpeg"), ("tweet_image", "image/pjpeg"), ("tweet_image", "image/png"),
            ("tweet_image", "image/webp"), ("tweet_image", "image/gif"):
            photoLimit
        case ("tweet_gif", "image/gif"): gifLimit
        case ("tweet_video", "video/mp4"), ("tweet_video", "video/quicktime"), ("amplify_video", "video/mp4"),
            ("amplify_video", "video/quicktime"):
            videoLimit
        case ("subtitles", "text/srt"), ("subtitles", "text/vtt"): subtitleLimit
        default: nil
        }
    }

    /// A still picture; refused at once.
    static func photo(_ bytes: [UInt8], type: String?) throws(Refusal) -> StoredMedia {
        guard bytes.count <= photoLimit else {
            throw XErrors.wrong("media", "is larger than \(photoLimit) bytes", "\(bytes.count)")
        }
        let picture: Picture
        do { picture = try Picture.decode(bytes) } catch { throw XErrors.invalid("media type unrecognized.") }
        guard picture.frames == 1 || picture.format != .gif else {
            throw XErrors.invalid("media_category: an animated GIF is tweet_gif, any other image tweet_image")
        }
        let found: Set<String> =
            switch picture.format {
            case .jpeg: ["image/jpeg", "image/pjpeg"]
            case .png: ["image/png"]
            case .gif: ["image/gif"]
            case .webp: ["image/webp"]
            }
        guard type.map(found.contains) ?? true else { throw XErrors.invalid("media type unrecognized.") }
        return StoredMedia(kind: .photo, width: picture.width, height: picture.height, bytes: bytes.count)
    }

    static func gif(_ bytes: [UInt8]) throws(XWorld.Failure) -> StoredMedia {
        guard let picture = try? Picture.decode(bytes), picture.format == .gif else { throw .unreadable }
        guard picture.frames > 1 else { throw .unsupported("The GIF has one frame; it is a tweet_image") }
        guard picture.width <= 1280, picture.height <= 1080 else {
            throw .unsupported("Dimensions \(picture.width)x\(picture.height) exceed 1280x1080")
        }
        guard picture.frames <= 350 else { throw .unsupported("Frame count \(picture.frames) exceeds 350") }
        guard picture.width * picture.height * picture.frames <= 300_000_000 else {
            throw .unsupported("Pixels of all frames exceed 300 million")
        }
        return StoredMedia(kind: .animatedGIF, width: picture.width, height: picture.height, bytes: bytes.count)
    }

    /// `isEntitled`: 1080p, and with amplify_video more than 140 seconds.
    static func video(
        _ source: ByteSource, type: String, category: String, isEntitled: Bool
    ) throws(XWorld.Failure) -> StoredMedia {
        guard let video = try? Video(source) else { throw .unreadable }
        guard video.container == (type == "video/mp4" ? .mp4 : .quicktime) else { throw .unreadable }
        guard video.isH264, [66, 77, 100].contains(video.profile) else {
            throw .unsupported("Video codec \(video.codec) is not H.264 with 4:2:0")
        }
        let longest = category == "amplify_video" ? Double.infinity : 140
        guard video.seconds >= 0.5 else { throw .unsupported("Duration \(video.seconds) seconds is under 0.5 seconds") }
        guard video.seconds <= longest else {
            throw .unsupported(
                "Duration \(duration(video.seconds)) exceeds max duration of 2.minutes+20.seconds")
        }
        let (long, short) = (max(video.width, video.height), min(video.width, video.height))
        let most = isEntitled ? (1920, 1200) : (1280, 1024)
        guard short >= 32, long <= most.0, short <= most.1 else {
            throw .unsupported(
                "Dimensions \(video.width)x\(video.height) are not between 32x32 and \(most.0)x\(most.1)")
        }
        guard long <= short * 3 else { throw .unsupported("Aspect ratio is not between 1:3 and 3:1") }
        guard video.framesPerSecond <= 60.5 else { throw .unsupported("Frame rate exceeds 60") }
        guard !video.isInterlaced, video.hasSquarePixels else {
            throw .unsupported("The video is not progressive with square pixels")
        }
        if let audio = video.audio {
            guard audio.isLowComplexityAAC, (1...2).contains(audio.channels) else {
                throw .unsupported("Audio is not AAC-LC with one or two channels")
            }
        }
        return StoredMedia(video)
    }

    /// As X wrote durations in its messages.
    private static func duration(_ seconds: Double) -> String {
        let milliseconds = Int((seconds * 1000).rounded())
        return
            "\(milliseconds / 60_000).minutes+\(milliseconds / 1000 % 60).seconds+\(milliseconds % 1000).milliseconds"
    }
}

extension XWorld.Failure: Error {
    static let unreadable = XWorld.Failure(code: 1, name: "InvalidMedia", message: "The media is invalid.")

    static func unsupported(_ message: String) -> XWorld.Failure {
        XWorld.Failure(code: 3, name: "UnsupportedMedia", message: message)
    }
}
