import HTTP
package import Posts

extension InstagramPlatform {
    package static var sightingForms: String { "the media's id, or https://www.instagram.com/p/CODE/" }

    /// The code in an address is not the id by which the API knows the post, so an address gives none.
    package static func sighting(_ text: String) -> Sighting? {
        if (10...25).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return Sighting(id: text, url: nil)
        }
        guard let url = URLParts(text), url.host == "instagram.com" || url.host == "www.instagram.com" else {
            return nil
        }
        var path = url.target.prefix { $0 != "?" }.split(separator: "/")[...]
        // The site also writes the account's name in front.
        if path.count == 3 { path.removeFirst() }
        guard path.count == 2, let kind = path.first, ["p", "reel", "tv"].contains(kind), let code = path.last,
            (5...64).contains(code.utf8.count), code.utf8.allSatisfy(isOfCode)
        else { return nil }
        return Sighting(id: nil, url: "https://www.instagram.com/\(kind)/\(code)/")
    }

    private static func isOfCode(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
