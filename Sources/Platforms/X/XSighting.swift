import HTTP
package import Posts

extension XPlatform {
    package static var sightingForms: String { "the post's id, or https://x.com/NAME/status/ID" }

    package static func sighting(_ text: String) -> Sighting? {
        if XSighting.isID(text) { return Sighting(id: text, url: XRules.post + text) }
        return XSighting.id(inAddress: text).map { Sighting(id: $0, url: XRules.post + $0) }
    }
}

enum XSighting {
    static let hosts: Set = [
        "x.com", "www.x.com", "mobile.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com",
    ]

    static func isID(_ text: some StringProtocol) -> Bool {
        !text.hasPrefix("0") && text.utf8.allSatisfy { (0x30...0x39).contains($0) } && (Int64(text) ?? 0) > 0
    }

    /// `/NAME/status/ID`, `/i/web/status/ID`, both also with `/photo/1` or a query behind.
    static func id(inAddress text: String) -> String? {
        guard let url = URLParts(text), hosts.contains(url.host) else { return nil }
        let path = url.target.prefix { $0 != "?" }.split(separator: "/")
        guard let mark = path.firstIndex(of: "status"), mark == 1 || Array(path[..<mark]) == ["i", "web"],
            path.count > mark + 1, isID(path[mark + 1])
        else { return nil }
        let rest = path[(mark + 2)...]
        let isPart = rest.count == 2 && ["photo", "video"].contains(rest.first) && rest.last?.count == 1
        return rest.isEmpty || isPart ? String(path[mark + 1]) : nil
    }
}
