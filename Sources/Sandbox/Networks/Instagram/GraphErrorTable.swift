/// The table of Instagram's error codes (page of 2026-06-02), in our own words.
enum GraphErrorTable {
    struct Row: Sendable, Hashable {
        let code: Int
        let subcode: Int
        let message: String
        /// Meta calls the trouble passing.
        var isTransient = false
    }

    static let rows: [Row] = [
        Row(code: -2, subcode: 2_207_003, message: "It takes too long to download the media.", isTransient: true),
        Row(code: -2, subcode: 2_207_020, message: "The media you are trying to access has expired."),
        Row(code: -1, subcode: 2_207_001, message: "Instagram server error. Try again.", isTransient: true),
        Row(code: -1, subcode: 2_207_032, message: "Create media fail, please try to re-create media."),
        Row(code: -1, subcode: 2_207_053, message: "Unknown upload error.", isTransient: true),
        Row(code: 1, subcode: 2_207_057, message: "Thumbnail offset is not within the video."),
        Row(code: 4, subcode: 2_207_051, message: "We restrict certain activity to protect our community."),
        Row(code: 9, subcode: 2_207_042, message: "Application request limit reached: posts of 24 hours."),
        Row(code: 24, subcode: 2_207_006, message: "The media cannot be found."),
        Row(
            code: 24, subcode: 2_207_008, message: "The media builder does not exist or has been expired.",
            isTransient: true),
        Row(code: 25, subcode: 2_207_050, message: "The Instagram account is restricted."),
        Row(code: 100, subcode: 2_207_023, message: "The media type is unknown."),
        Row(code: 100, subcode: 2_207_028, message: "A carousel needs 2 to 10 items."),
        Row(code: 100, subcode: 2_207_035, message: "Product tag positions are not for videos."),
        Row(code: 100, subcode: 2_207_036, message: "Product tag positions are required for photos."),
        Row(code: 100, subcode: 2_207_037, message: "A product tag is not valid."),
        Row(code: 100, subcode: 2_207_040, message: "Too many tags: the limit is 20."),
        Row(code: 352, subcode: 2_207_026, message: "The video format is not supported."),
        Row(code: 9004, subcode: 2_207_052, message: "The media could not be fetched from this URI."),
        Row(code: 9007, subcode: 2_207_027, message: "The media is not ready for publishing, please wait."),
        Row(code: 36_000, subcode: 2_207_004, message: "The image is too large to download: 8 MiB or less."),
        Row(code: 36_001, subcode: 2_207_005, message: "The image format is not supported: JPEG."),
        Row(code: 36_003, subcode: 2_207_009, message: "The aspect ratio is not between 4:5 and 1.91:1."),
        Row(code: 36_004, subcode: 2_207_010, message: "The caption was too long."),
    ]
}
