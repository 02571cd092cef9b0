import Posts

/// What a post becomes on Instagram, decided by its media and, for stories, by a person.
enum InstagramKind: Sendable, Hashable {
    case picture, carousel, reel, story

    init(_ media: [MediaFile], isStory: Bool) {
        if isStory {
            self = .story
        } else if media.count > 1 {
            self = .carousel
        } else {
            // A single video in the feed has been a reel since 2023-07-01 (content publishing guide).
            self = media.first?.info.isVideo == true ? .reel : .picture
        }
    }

    init(of step: Step) { self.init(step.media, isStory: step.options["kind"] == Self.story.name) }

    /// As a post names it.
    var name: String {
        switch self {
        case .picture: "feed"
        case .carousel: "carousel"
        case .reel: "reel"
        case .story: "story"
        }
    }

    /// `media_type` of a published post; a story's is that of its file.
    func mediaType(of media: [MediaFile]) -> String {
        switch self {
        case .carousel: "CAROUSEL_ALBUM"
        case .picture, .reel, .story: media.first?.info.isVideo == true ? "VIDEO" : "IMAGE"
        }
    }

    /// `media_product_type` of a published post.
    var productType: String {
        switch self {
        case .picture, .carousel: "FEED"
        case .reel: "REELS"
        case .story: "STORY"
        }
    }
}
