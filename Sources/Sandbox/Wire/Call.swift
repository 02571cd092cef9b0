internal import HTTPServer

/// A request as the networks look at it: whose host, which path, which parameters.
struct Call: Sendable {
    let method: String
    /// The real host in lower case, without port and without the `.localhost` that browsers need.
    let host: String
    /// Scheme, host, port and path as the caller wrote them; what OAuth 1.0a signs.
    let signedURL: String
    /// Percent-encoded segments between the slashes.
    let rawSegments: [String]
    /// Decoded segments.
    let segments: [String]
    /// As received, without the question mark.
    let rawQuery: String
    /// Decoded, in order.
    let query: [(name: String, value: String)]
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    /// Nothing when the target or an escape in it is malformed, or the host is missing.
    init?(_ request: ServerRequest) {
        guard let sentHost = request.header("Host")?.lowercased(), !sentHost.isEmpty, request.target.hasPrefix("/")
        else { return nil }
        let sides = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        rawQuery = sides.count > 1 ? String(sides[1]) : ""
        rawSegments = sides[0].split(separator: "/").map(String.init)
        let decoded = rawSegments.compactMap { PercentCoding.decode($0) }
        guard decoded.count == rawSegments.count, let pairs = PercentCoding.pairs(rawQuery) else { return nil }
        segments = decoded
        query = pairs
        method = request.method.uppercased()
        headers = request.headers
        body = request.body
        let bare = Self.withoutPort(sentHost)
        host = bare.hasSuffix(".localhost") ? String(bare.dropLast(".localhost".count)) : bare
        let isSecure = request.header("X-Forwarded-Proto")?.lowercased() == "https"
        signedURL =
            (isSecure ? "https://" + Self.without(":443", sentHost) : "http://" + Self.without(":80", sentHost))
            + sides[0]
    }

    /// The first header of that name, compared without case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The first query parameter of that name.
    func parameter(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// The token of `Authorization: Bearer …`.
    var bearer: String? {
        guard let value = header("Authorization"), value.lowercased().hasPrefix("bearer ") else { return nil }
        return String(value.dropFirst("bearer ".count)).trimmed
    }

    /// The media type without its parameters, in lower case.
    var contentType: String {
        String((header("Content-Type") ?? "").lowercased().prefix { $0 != ";" }).trimmed
    }

    private static func withoutPort(_ host: String) -> String {
        if host.hasPrefix("[") { return String(host.prefix { $0 != "]" }) + "]" }
        return String(host.prefix { $0 != ":" })
    }

    private static func without(_ port: String, _ host: String) -> String {
        host.hasSuffix(port) ? String(host.dropLast(port.count)) : host
    }
}

extension String {
    /// Without blanks at both ends.
    var trimmed: String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
