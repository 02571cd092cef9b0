/// Where a remote lies. Two addresses are equal if host and path are, whatever scheme, user, port or `.git` they have
/// (EXACTLY-ONCE 0).
package struct RemoteAddress: Sendable, Hashable {
    /// nil: a folder of this machine.
    let host: String?
    private let path: String
    /// `https://host:port` of one that speaks HTTP.
    let origin: String?
    /// For people, without user and password.
    package let text: String

    package init(_ address: String) {
        var rest = address[...]
        var host: Substring?
        var origin: String?
        if let scheme = rest.firstRange(of: "://") {
            let name = rest[..<scheme.lowerBound].lowercased()
            let isFile = name == "file"
            rest = rest[scheme.upperBound...]
            let end = rest.firstIndex(of: "/") ?? rest.endIndex
            if !isFile { host = rest[..<end] }
            if name == "http" || name == "https", let place = rest[..<end].split(separator: "@").last {
                origin = "\(name)://\(place)"
            }
            rest = rest[end...]
        } else if let colon = Self.endOfHost(rest) {
            // git@host:path, as ssh takes it.
            host = rest[..<colon]
            rest = rest[rest.index(after: colon)...]
        }
        self.origin = origin
        self.host = host.map { Self.withoutPort($0.split(separator: "@").last ?? $0).lowercased() }
        var path = rest.split(separator: "/").joined(separator: "/")
        if path.hasSuffix(".git") { path.removeLast(4) }
        // Hosts of repositories do not tell capitals from small letters; folders do.
        self.path = host == nil ? path : path.lowercased()
        text = self.host.map { $0 + "/" + path } ?? address
    }

    package static func == (left: RemoteAddress, right: RemoteAddress) -> Bool {
        left.host == right.host && left.path == right.path
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(host)
        hasher.combine(path)
    }

    /// A folder, or a server on this machine.
    package var isLocal: Bool {
        guard let host else { return true }
        return host == "localhost" || host == "[::1]"
            || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
    }

    /// The colon of `git@host:path`; an address of IPv6 stands in brackets.
    private static func endOfHost(_ address: Substring) -> Substring.Index? {
        let bracket = address.firstIndex(of: "]") ?? address.startIndex
        guard let colon = address[bracket...].firstIndex(of: ":"), colon > address.startIndex,
            !address[..<colon].contains("/")
        else { return nil }
        return colon
    }

    private static func withoutPort(_ host: Substring) -> Substring {
        guard let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") else { return host }
        return host[..<colon]
    }
}
