package import JSON
import Posts

/// What `prepare` uploaded for a post.
package struct XDraft: Sendable, Hashable, JSONRepresentable {
    struct Media: Sendable, Hashable {
        var id: String
        /// Digest of the file, so that another file in its place is uploaded anew.
        var digest: String
        /// X forgets the upload then.
        var expires: Instant
        /// When X began to work on it; nil when it is ready.
        var processingSince: Instant?
    }

    var media: [Media]

    init(media: [Media] = []) { self.media = media }

    package init?(json: JSON) {
        guard let items = json["media"]?.array else { return nil }
        media = []
        for item in items {
            guard let id = item["id"]?.identifier, let digest = item["digest"]?.string,
                let expires = item["expires"]?.string.flatMap({ Instant(rfc3339: $0) })
            else { return nil }
            media.append(
                Media(
                    id: id, digest: digest, expires: expires,
                    processingSince: item["processingSince"]?.string.flatMap { Instant(rfc3339: $0) }))
        }
    }

    package var json: JSON {
        let items = media.map { item in
            var json: JSON = [
                "id": JSON(item.id), "digest": JSON(item.digest), "expires": JSON(item.expires.rfc3339),
            ]
            json["processingSince"] = item.processingSince.map { JSON($0.rfc3339) }
            return json
        }
        return ["media": .array(items)]
    }
}
