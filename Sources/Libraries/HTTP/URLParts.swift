/// An absolute URL, taken apart as far as sending needs it; path and query stay byte for byte as they are.
package struct URLParts: Sendable, Hashable {
    package enum Scheme: String, Sendable { case http, https }

    package let scheme: Scheme
    /// In lower case; IPv6 without brackets.
    package let host: String
    /// The port that the URL names, else the scheme's own.
    package let port: UInt16
    /// Path and query; begins with `/`. A fragment is left out, as it is never sent.
    package let target: String

    /// Nil when the text is not an absolute http or https URL, names a user, or holds a byte that must be
    /// percent-encoded (RFC 3986: blanks, controls, anything beyond ASCII).
    package init?(_ text: String) {
        // Everything below is ASCII, and bytes are compared many times faster than characters.
        let bytes = text.utf8
        guard bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8),
            let scheme = Scheme(rawValue: text[..<colon].lowercased())
        else { return nil }
        let rest = bytes[colon...].dropFirst(3).prefix { $0 != UInt8(ascii: "#") }
        let authority = text[
            rest.startIndex..<(rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex)]
        let tail = rest[authority.endIndex...]
        target = tail.first == UInt8(ascii: "/") ? String(Substring(tail)) : "/" + String(Substring(tail))

        let host: Substring
        let port: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            port = authority[authority.index(after: end)...]
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
        } else {
            host = Substring(authority.utf8.prefix { $0 != UInt8(ascii: ":") })
            port = authority[host.endIndex...]
            let isName = host.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "-._".utf8.contains(byte)
                }
            }
            guard !host.isEmpty, host.utf8.count <= 253, isName else { return nil }
        }
        if port.isEmpty {
            self.port = scheme.defaultPort
        } else {
            guard port.hasPrefix(":"), port.dropFirst().allSatisfy(\.isNumber), let number = UInt16(port.dropFirst()),
                number > 0
            else { return nil }
            self.port = number
        }
        self.scheme = scheme
        self.host = host.lowercased()
    }

    /// Host and, when it is not the scheme's own, port: the value of a `Host` field.
    package var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == scheme.defaultPort ? name : "\(name):\(port)"
    }

    /// Whether the host is this machine by its name alone; names that only resolve to it do not count.
    package var isLoopback: Bool { host == "127.0.0.1" || host == "::1" || host == "localhost" }
}

extension URLParts.Scheme {
    var defaultPort: UInt16 {
        switch self {
        case .http: 80
        case .https: 443
        }
    }
}
