package import JSON
import Posts

/// What `prepare` uploaded for a post, and how far it came with what is still on its way.
package struct XDraft: Sendable, Hashable, JSONRepresentable {
    struct Media: Sendable, Hashable {
        var id: String
        /// Digest of the file, so that another file in its place is uploaded anew.
        var digest: String
        var begun: Instant
        /// X forgets the upload then.
        var expires: Instant
        var stage: Stage
        /// Upload of the picture to show before a video plays.
        var preview: String?
        /// How often in a row it stood still because of trouble.
        var troubles = 0
        /// An upload before this one was lost.
        var isSecond = false
    }

    enum Stage: Sendable, Hashable {
        /// The next piece, and how many bytes each has.
        case sending(next: Int, piece: Int)
        /// X works on it, since a moment.
        case processing(since: Instant)
        /// X has it, without its alt text or subtitles.
        case uploaded
        case ready
    }

    /// In the order of the post's files.
    var media: [Media]

    init(media: [Media] = []) { self.media = media }

    package init?(json: JSON) {
        guard let items = json["media"]?.array else { return nil }
        media = []
        for item in items {
            guard let read = Media(json: item) else { return nil }
            media.append(read)
        }
    }

    package var json: JSON { ["media": .array(media.map(\.json))] }
}

extension XDraft.Media {
    fileprivate init?(json: JSON) {
        func moment(_ key: String) -> Instant? { json[key]?.string.flatMap { Instant(rfc3339: $0) } }
        guard let id = json["id"]?.identifier, let digest = json["digest"]?.string, let begun = moment("begun"),
            let expires = moment("expires"), let stage = XDraft.Stage(json: json["stage"] ?? .null)
        else { return nil }
        self.init(id: id, digest: digest, begun: begun, expires: expires, stage: stage)
        preview = json["preview"]?.identifier
        troubles = json["troubles"]?.integer ?? 0
        isSecond = json["second"]?.bool ?? false
    }

    fileprivate var json: JSON {
        var json: JSON = [
            "id": JSON(id), "digest": JSON(digest), "begun": JSON(begun.rfc3339), "expires": JSON(expires.rfc3339),
            "stage": stage.json,
        ]
        json["preview"] = preview.map { JSON($0) }
        if troubles > 0 { json["troubles"] = JSON(troubles) }
        if isSecond { json["second"] = true }
        return json
    }
}

extension XDraft.Stage {
    fileprivate init?(json: JSON) {
        if let next = json["next"]?.integer, let piece = json["piece"]?.integer, next >= 0, piece > 0 {
            self = .sending(next: next, piece: piece)
        } else if let since = json["processingSince"]?.string.flatMap({ Instant(rfc3339: $0) }) {
            self = .processing(since: since)
        } else if json == "uploaded" {
            self = .uploaded
        } else if json == "ready" {
            self = .ready
        } else {
            return nil
        }
    }

    fileprivate var json: JSON {
        switch self {
        case .sending(let next, let piece): ["next": JSON(next), "piece": JSON(piece)]
        case .processing(let since): ["processingSince": JSON(since.rfc3339)]
        case .uploaded: "uploaded"
        case .ready: "ready"
        }
    }
}
