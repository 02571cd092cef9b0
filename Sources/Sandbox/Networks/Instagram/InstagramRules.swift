/// What a container is and what it carries, after all its parameters were judged together.
struct InstagramRules {
    enum Source { case image(String), video(String), resumable, children }

    let kind: InstagramWorld.Container.Kind
    let source: Source
    let thumbOffset: Int?
    let isSharedToFeed: Bool
    private(set) var details = PostDetails()

    private static let captionLimit = 2200
    private static let hashtagLimit = 30
    private static let mentionLimit = 20
    private static let altLimit = 1000
    private static let tagLimit = 20
    private static let productLimit = 5
    private static let collaboratorLimit = 3

    init(_ graph: GraphCall) throws(Refusal) {
        (kind, source) = try Self.kind(graph)
        thumbOffset = try graph.integer("thumb_offset")
        let isShared = try graph.bool("share_to_feed")
        isSharedToFeed = graph["share_to_feed"] == nil || isShared
        try Self.checkText(graph, kind, source)
        try checkReel(graph)
        try readPeople(graph)
        details.kind = kind == .image || kind == .item ? "feed" : kind.rawValue
        if try graph.bool("is_ai_generated") {
            guard kind != .item else {
                throw GraphErrors.parameter("is_ai_generated is not allowed on carousel children")
            }
            details.labels.append("made with AI")
        }
        if let place = graph["location_id"] {
            guard kind != .item, !place.isEmpty, place.allSatisfy(\.isNumber) else {
                throw GraphErrors.parameter("Param location_id must be the id of a Page, not on carousel children")
            }
            details.labels.append("at \(place)")
        }
        if !isSharedToFeed { details.labels.append("not in the feed") }
    }

    private var isVideo: Bool {
        switch source {
        case .video, .resumable: true
        case .image, .children: false
        }
    }
}

private extension InstagramRules {
    static func kind(_ graph: GraphCall) throws(Refusal) -> (InstagramWorld.Container.Kind, Source) {
        let isItem = try graph.bool("is_carousel_item")
        let isResumable = graph["upload_type"] != nil
        if let type = graph["upload_type"] {
            guard type == "resumable" else { throw GraphErrors.parameter("Param upload_type must be resumable") }
            guard graph.login == .facebook else {
                throw GraphErrors.parameter("Resumable upload needs Facebook Login")
            }
            guard graph["image_url"] == nil, graph["video_url"] == nil else {
                throw GraphErrors.parameter("A resumable upload has no URL")
            }
        }
        func video() throws(Refusal) -> Source {
            if isResumable { return .resumable }
            guard graph["image_url"] == nil, let url = graph["video_url"] else {
                throw GraphErrors.parameter("The parameter video_url is required")
            }
            return .video(url)
        }
        switch (graph["media_type"], isItem) {
        case (nil, _):
            guard !isResumable, graph["video_url"] == nil, let url = graph["image_url"] else {
                throw GraphErrors.parameter("The parameter image_url is required")
            }
            return (isItem ? .item : .image, .image(url))
        case ("VIDEO", true): return (.item, try video())
        case ("CAROUSEL", false):
            guard !isResumable, graph["image_url"] == nil, graph["video_url"] == nil else {
                throw GraphErrors.parameter("A carousel has children, no media of its own")
            }
            return (.carousel, .children)
        case ("STORIES", false):
            guard graph["video_url"] == nil, let url = graph["image_url"] else { return (.story, try video()) }
            return (.story, .image(url))
        case ("REELS", false): return (.reel, try video())
        case (let type?, _):
            throw GraphErrors.parameter("Param media_type: \(type) is not possible here", subcode: 2_207_023)
        }
    }

    static func checkText(
        _ graph: GraphCall, _ kind: InstagramWorld.Container.Kind, _ source: Source
    ) throws(Refusal) {
        guard graph["children"] == nil || kind == .carousel else {
            throw GraphErrors.parameter("children is for carousels")
        }
        if let caption = graph["caption"] {
            guard kind != .item else { throw GraphErrors.parameter("caption is not allowed on carousel children") }
            guard caption.utf16.count <= captionLimit, count("#＃", in: caption) <= hashtagLimit,
                count("@", in: caption) <= mentionLimit
            else {
                throw GraphErrors.refusal(
                    36004, 2_207_010, "The caption was too long",
                    userMessage: "The caption exceeds 2200 characters, 30 hashtags or 20 mentions.")
            }
        }
        if let alt = graph["alt_text"] {
            guard kind == .image || kind == .item, case .image = source else {
                throw GraphErrors.parameter("alt_text is for images only")
            }
            guard alt.utf16.count <= altLimit else {
                throw GraphErrors.parameter("Param alt_text must be at most \(altLimit) characters long")
            }
        }
    }

    /// Cover, offset, sharing, sound and trials belong to reels.
    func checkReel(_ graph: GraphCall) throws(Refusal) {
        let only = ["cover_url", "thumb_offset", "share_to_feed", "audio_name", "audio_configuration", "trial_params"]
        if let stranger = only.first(where: { graph[$0] != nil }), kind != .reel {
            throw GraphErrors.parameter("\(stranger) is for reels only")
        }
        guard thumbOffset ?? 0 >= 0 else { throw GraphErrors.parameter("Param thumb_offset must not be negative") }
        guard graph["audio_configuration"] == nil || graph.login == .facebook else {
            throw GraphErrors.parameter("audio_configuration needs Facebook Login")
        }
        if let trial = try graph.json("trial_params") {
            guard ["MANUAL", "SS_PERFORMANCE"].contains(trial["graduation_strategy"]?.string),
                trial.object?.count == 1
            else { throw GraphErrors.parameter("Param trial_params must have a graduation_strategy") }
        }
    }

    mutating func readPeople(_ graph: GraphCall) throws(Refusal) {
        if let value = try graph.json("collaborators") {
            let names = value.array?.compactMap(\.string) ?? []
            guard (1...Self.collaboratorLimit).contains(names.count), names.count == value.array?.count,
                kind == .image || kind == .reel || kind == .carousel
            else { throw GraphErrors.parameter("Param collaborators must be up to 3 usernames of a feed post") }
            details.labels += names.map { "with @\($0)" }
        }
        if let value = try graph.json("user_tags") {
            guard let tags = value.array, !tags.isEmpty, kind != .carousel, kind != .item || !isVideo else {
                throw GraphErrors.parameter("Param user_tags must be a list, and not on videos in a carousel")
            }
            guard tags.count <= Self.tagLimit else { throw GraphErrors.tooManyTags }
            for tag in tags { details.mentions.append(try person(tag)) }
        }
        if let value = try graph.json("product_tags") { try checkProducts(value) }
    }

    /// `{"username", "x", "y"}`: placed on images, without a place on reels, either way in stories.
    func person(_ tag: Value) throws(Refusal) -> String {
        guard let name = tag["username"]?.string, !name.isEmpty,
            Set((tag.object ?? [:]).keys).isSubset(of: ["username", "x", "y"])
        else { throw GraphErrors.parameter("A user tag needs a username") }
        let places = [tag["x"], tag["y"]].compactMap(\.self)
        let arePlaced = places.count == 2 && places.allSatisfy { $0.double.map { (0...1).contains($0) } ?? false }
        let isGood =
            switch kind {
            case .image, .item, .carousel: arePlaced
            case .reel: places.isEmpty
            case .story: places.isEmpty || arePlaced
            }
        guard isGood else { throw GraphErrors.parameter("Param user_tags: x and y from 0 to 1, for images only") }
        return "@\(name)"
    }

    func checkProducts(_ value: Value) throws(Refusal) {
        guard let tags = value.array, (1...Self.productLimit).contains(tags.count), kind != .story else {
            throw GraphErrors.parameter("Param product_tags must be up to 5 objects")
        }
        for tag in tags {
            guard let id = tag["product_id"]?.string, !id.isEmpty, id.allSatisfy(\.isNumber) else {
                throw GraphErrors.parameter("A product tag is not valid", subcode: 2_207_037)
            }
            let isPlaced = tag["x"]?.double != nil && tag["y"]?.double != nil
            if isVideo, tag["x"] != nil || tag["y"] != nil {
                throw GraphErrors.parameter("Positions are not for videos", subcode: 2_207_035)
            }
            if !isVideo, !isPlaced {
                throw GraphErrors.parameter("Positions are required for photos", subcode: 2_207_036)
            }
        }
    }

    /// A mark counts when a letter, digit or underscore follows and none stands before.
    static func count(_ marks: String, in text: String) -> Int {
        var previous: Character = " "
        var count = 0
        var isOpen = false
        for character in text {
            let isWord = character.isLetter || character.isNumber || character == "_"
            if isOpen, isWord { count += 1 }
            isOpen = marks.contains(character) && !(previous.isLetter || previous.isNumber || previous == "_")
            previous = character
        }
        return count
    }
}
