/// Where a remote lies. Two addresses are equal if host and path are, whatever scheme, user, port or `.git` they have
/// (EXACTLY-ONCE 0).
package struct RemoteAddress: Sendable, Hashable {
    /// nil: a folder of this machine.
    let host: String?
    private let path: String
    /// For people, without user and password.
    package let text: String

    package init(_ address: String) {
        var rest = address[...]
        var host: Substring?
        if let scheme = rest.firstRange(of: "://") {
            let isFile = rest[..<scheme.lowerBound].lowercased() == "file"
            rest = rest[scheme.upperBound...]
            let end = rest.firstIndex(of: "/") ?? rest.endIndex
            if !isFile { host = rest[..<end] }
            rest = rest[end...]
        } else if let colon = rest.firstIndex(of: ":"), !rest[..<colon].contains("/"), !rest[..<colon].isEmpty {
            // git@host:path, as ssh takes it.
            host = rest[..<colon]
            rest = rest[rest.index(after: colon)...]
        }
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
        return host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
    }

    private static func withoutPort(_ host: Substring) -> Substring {
        guard let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") else { return host }
        return host[..<colon]
    }
}
