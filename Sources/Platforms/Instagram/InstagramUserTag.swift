import JSON
import Posts

/// A person shown in a picture: `userTags.1.username`, `userTags.1.x`, … of the options.
struct InstagramUserTag: Sendable, Hashable {
    /// Counted from 1, as the post has them.
    var number: Int
    var username: String
    /// From the left and from the top, 0 to 1.
    var x: String?
    var y: String?
    /// Which file of the post, counted from 1.
    var media: Int

    static let prefix = "userTags."

    static func all(in options: [String: String]) -> [InstagramUserTag] {
        let numbers = Set(options.keys.compactMap(number(of:))).sorted()
        return numbers.map { number in
            func value(_ field: String) -> String? { options["\(prefix)\(number).\(field)"] }
            let username = value("username") ?? ""
            return InstagramUserTag(
                number: number, username: username.hasPrefix("@") ? String(username.dropFirst()) : username,
                x: value("x"), y: value("y"), media: value("media").flatMap { Int($0) } ?? 1)
        }
    }

    private static func number(of key: String) -> Int? {
        guard key.hasPrefix(prefix) else { return nil }
        return key.dropFirst(prefix.count).split(separator: ".").first.flatMap { Int($0) }
    }

    /// As the API takes those of one file; nil without any.
    static func json(of options: [String: String], onMedia media: Int) -> String? {
        let tags = all(in: options).filter { $0.media == media }
        guard !tags.isEmpty else { return nil }
        return InstagramForm.text(
            .array(
                tags.map { tag in
                    var json: JSON = ["username": .string(tag.username)]
                    if let x = tag.x, let y = tag.y { (json["x"], json["y"]) = (.number(x), .number(y)) }
                    return json
                }))
    }
}

extension InstagramUserTag {
    /// What Instagram would refuse. A complaint about a tag points at its name.
    static func check(_ content: Content, _ kind: InstagramKind, _ diagnostics: inout [Diagnostic]) {
        let tags = all(in: content.options.mapValues(\.value))
        func complain(_ tag: InstagramUserTag, _ field: String, _ message: String, hint: String? = nil) {
            let name = "\(prefix)\(tag.number)"
            let place = content.options["\(name).\(field)"] ?? content.options["\(name).username"]
            diagnostics.append(
                Diagnostic(
                    .error, .badValue, at: place?.place ?? content.place, "\(name): \(message)", hint: hint))
        }
        for tag in tags {
            if !InstagramOptions.isName(tag.username) {
                complain(tag, "username", "\"\(tag.username)\" is no user name of Instagram")
            }
            guard let file = content.media.dropFirst(tag.media - 1).first else {
                complain(
                    tag, "media", "there is no picture \(tag.media); the post shows \(content.media.count)",
                    hint: "pictures count from 1")
                continue
            }
            let (isPlaced, isBare) = (tag.x != nil && tag.y != nil, tag.x == nil && tag.y == nil)
            switch (kind, file.info.isVideo) {
            case (.carousel, true):
                complain(
                    tag, "media", "people cannot be tagged in a video of a carousel", hint: "tag them in a picture")
            case (.reel, _):
                if !isBare { complain(tag, "x", "people have no place in a reel", hint: "leave x and y out") }
            case (.picture, _), (.carousel, false):
                if !isPlaced { complain(tag, "username", "a picture needs x and y", hint: "from 0 to 1, e.g. x: 0.5") }
            case (.story, _):
                if !isPlaced, !isBare { complain(tag, "username", "write both x and y, or none") }
            }
        }
        for (media, tags) in Dictionary(grouping: tags, by: \.media).sorted(by: { $0.key < $1.key }) {
            guard let beyond = tags.dropFirst(InstagramRules.mostUserTags).first else { continue }
            complain(
                beyond, "username",
                "there are \(tags.count) tags on picture \(media), Instagram takes \(InstagramRules.mostUserTags)")
        }
    }
}
