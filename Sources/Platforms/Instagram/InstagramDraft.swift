package import JSON
import Posts

/// What Instagram holds of a step before it is published: invisible containers, which live for 24 hours.
package struct InstagramDraft: Sendable, Hashable {
    /// The professional account's id.
    package var user: String
    /// Digest of all that the containers hold: they are of no use to a post that was edited since.
    package var form: String
    /// Of a carousel, the containers of its pictures and videos.
    package var children: [String] = []
    /// What will be published; absent until all children are ready.
    package var container: String?
    /// How often the containers were waited for.
    package var looks = 0
    /// How often containers that failed were made anew.
    package var renewals = 0
    /// The places among the media of the videos whose bytes Instagram lacks.
    package var awaited: [Int] = []
    /// How often sending them failed.
    package var failedUploads = 0

    package init(user: String, form: String) {
        self.user = user
        self.form = form
    }

    func fits(_ step: Step, user: String) -> Bool {
        self.user == user && form == InstagramForm.digest(of: step) && (container != nil || !children.isEmpty)
    }

    /// The container of a file.
    func container(ofMedia place: Int) -> String? { children.isEmpty ? container : children[place] }
}

extension InstagramDraft: JSONRepresentable {
    package init?(json: JSON) {
        guard let user = json["user"]?.string, let form = json["form"]?.string else { return nil }
        self.init(user: user, form: form)
        children = json["children"]?.array?.compactMap(\.string) ?? []
        container = json["container"]?.string
        looks = json["looks"]?.integer ?? 0
        renewals = json["renewals"]?.integer ?? 0
        awaited = json["awaited"]?.array?.compactMap(\.integer) ?? []
        failedUploads = json["failedUploads"]?.integer ?? 0
        // A draft that was tampered with is none.
        guard awaited.allSatisfy({ $0 >= 0 && (children.isEmpty ? container != nil : $0 < children.count) }) else {
            return nil
        }
    }

    package var json: JSON {
        var json: JSON = [
            "user": JSON(user), "form": JSON(form), "looks": JSON(looks), "renewals": JSON(renewals),
        ]
        if !children.isEmpty { json["children"] = .array(children.map { JSON($0) }) }
        json["container"] = container.map { JSON($0) }
        if !awaited.isEmpty { json["awaited"] = .array(awaited.map { JSON($0) }) }
        if failedUploads > 0 { json["failedUploads"] = JSON(failedUploads) }
        return json
    }
}
