import HTTP
package import Posts

extension LinkedInPlatform {
    package static var sightingForms: String {
        "the post's URN, urn:li:share:ID, or an address under https://www.linkedin.com/feed/update/ or /posts/"
    }

    package static func sighting(_ text: String) -> Sighting? {
        let urn = LinkedInSighting.isURN(text) ? text : LinkedInSighting.urn(inAddress: text)
        return urn.map { Sighting(id: $0, url: "\(LinkedInRules.post)\($0)/") }
    }
}

private enum LinkedInSighting {
    static let kinds = ["share", "ugcPost", "activity"]

    static func isURN(_ text: String) -> Bool {
        kinds.contains { kind in
            let prefix = "urn:li:\(kind):"
            return text.hasPrefix(prefix) && isNumber(text.dropFirst(prefix.count))
        }
    }

    /// `/feed/update/URN/`, the URN also percent-encoded, and `/posts/NAME_words-KIND-NUMBER-xxxx`, as the site's own
    /// “Copy link to post” gives it.
    static func urn(inAddress text: String) -> String? {
        guard let url = URLParts(text), url.host == "linkedin.com" || url.host.hasSuffix(".linkedin.com") else {
            return nil
        }
        let path = url.target.prefix { $0 != "?" }.split(separator: "/")
        if path.count == 3, path[0] == "feed", path[1] == "update" {
            let urn = String(path[2].replacing("%3A", with: ":").replacing("%3a", with: ":"))
            return isURN(urn) ? urn : nil
        }
        guard path.count == 2, path[0] == "posts" else { return nil }
        let words = path[1].split(separator: "-", omittingEmptySubsequences: false)
        guard words.count > 3, let kind = kinds.first(where: { words[words.count - 3].hasSuffix($0) }),
            isNumber(words[words.count - 2])
        else { return nil }
        return "urn:li:\(kind):\(words[words.count - 2])"
    }

    private static func isNumber(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.count <= 20 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
