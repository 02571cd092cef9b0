package import JSON
import Posts

/// What Instagram holds of a step before it is published: invisible containers, which live for 24 hours.
package struct InstagramDraft: Sendable, Hashable {
    /// The professional account's id.
    package var user: String
    /// Digests of the media, in order.
    package var media: [String]
    /// Of a carousel, its images.
    package var children: [String] = []
    /// What will be published; absent until all children are ready.
    package var container: String?
    /// How often the containers were waited for.
    package var looks = 0
    /// How often containers that failed were made anew.
    package var renewals = 0

    package init(user: String, media: [String]) {
        self.user = user
        self.media = media
    }

    func fits(_ step: Step, user: String) -> Bool {
        self.user == user && media == step.media.map(\.digest) && (container != nil || !children.isEmpty)
    }
}

extension InstagramDraft: JSONRepresentable {
    package init?(json: JSON) {
        guard let user = json["user"]?.string, let media = json["media"]?.array else { return nil }
        self.init(user: user, media: media.compactMap(\.string))
        children = json["children"]?.array?.compactMap(\.string) ?? []
        container = json["container"]?.string
        looks = json["looks"]?.integer ?? 0
        renewals = json["renewals"]?.integer ?? 0
    }

    package var json: JSON {
        var json: JSON = [
            "user": JSON(user), "media": .array(media.map { JSON($0) }), "looks": JSON(looks),
            "renewals": JSON(renewals),
        ]
        if !children.isEmpty { json["children"] = .array(children.map { JSON($0) }) }
        json["container"] = container.map { JSON($0) }
        return json
    }
}
