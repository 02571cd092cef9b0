import Crypto
import JSON
import Posts

/// What a container is made of: the form of `POST /{user}/media`. Lists and objects in it are JSON.
enum InstagramForm {
    typealias Fields = [(String, String?)]

    /// Where Instagram gets a file.
    enum Source: Sendable, Hashable {
        case url(String)
        /// The bytes follow in an upload.
        case upload
    }

    /// One file, as a post of its own or within a carousel.
    /// - Parameters:
    ///   - place: of the file among the step's media.
    ///   - cover: the address of the picture that a reel shows before it plays.
    static func file(
        _ file: MediaFile, at place: Int, of step: Step, from source: Source, cover: String?
    ) -> Fields {
        let kind = InstagramKind(of: step)
        let (isChild, isVideo) = (kind == .carousel, file.info.isVideo)
        var fields: Fields = []
        switch source {
        case .url(let url): fields.append((isVideo ? "video_url" : "image_url", url))
        case .upload: fields.append(("upload_type", "resumable"))
        }
        fields.append(("media_type", mediaType(kind, isVideo: isVideo)))
        if kind == .reel {
            fields += [
                ("cover_url", cover), ("thumb_offset", cover == nil ? step.options["thumbOffset"] : nil),
                // The reference leaves the default open.
                ("share_to_feed", step.options["shareToFeed"] ?? "true"), ("audio_name", step.options["audioName"]),
                ("trial_params", trial(of: step)),
            ]
        }
        fields += [
            ("alt_text", kind == .story || isVideo ? nil : file.alt), ("is_carousel_item", isChild ? "true" : nil),
            ("user_tags", InstagramUserTag.json(of: step.options, onMedia: place + 1)),
        ]
        return isChild ? fields : fields + whole(step)
    }

    static func carousel(of children: [String], _ step: Step) -> Fields {
        [("media_type", "CAROUSEL"), ("children", children.joined(separator: ","))] + whole(step)
    }

    /// Changes with everything that the containers of a step hold but the bytes of its media.
    static func digest(of step: Step) -> String {
        var lines = [step.text] + step.options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        for file in step.media {
            let thumbnail = file.thumbnail?.digest ?? ""
            lines.append("\(file.digest) \(thumbnail) \(file.alt ?? "")")
        }
        let bytes = JSON.array(lines.map { .string($0) }).compact()
        return SHA256.hash(data: bytes).prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension InstagramForm {
    private static func mediaType(_ kind: InstagramKind, isVideo: Bool) -> String? {
        switch kind {
        case .picture: nil
        case .carousel: isVideo ? "VIDEO" : nil
        case .reel: "REELS"
        case .story: "STORIES"
        }
    }

    /// What belongs to the post as a whole, so to no child of a carousel. Stories have no caption.
    private static func whole(_ step: Step) -> Fields {
        let isStory = InstagramKind(of: step) == .story
        return [
            ("caption", step.text.isEmpty || isStory ? nil : step.text),
            ("collaborators", collaborators(of: step)), ("location_id", step.options["locationId"]),
            ("is_ai_generated", step.options["isAiGenerated"]),
        ]
    }

    private static func collaborators(of step: Step) -> String? {
        let names = InstagramOptions.names(in: step.options["collaborators"] ?? "")
        return names.isEmpty ? nil : text(.array(names.map { .string($0) }))
    }

    private static func trial(of step: Step) -> String? {
        step.options["trialParams.graduationStrategy"].map { text(["graduation_strategy": .string($0)]) }
    }

    static func text(_ json: JSON) -> String { String(decoding: json.compact(), as: UTF8.self) }
}
