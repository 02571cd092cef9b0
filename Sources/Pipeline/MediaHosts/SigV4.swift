import Crypto
import HTTP
import Posts

/// AWS Signature Version 4: signs a request in its headers, or an address in its query.
/// Source: AWS, “Create a signed AWS API request” and “Authenticating Requests (S3)”, read 2026-11-23.
struct SigV4: Sendable {
    struct Keys: Sendable {
        var accessKeyID: String
        var secretAccessKey: Secret
        var sessionToken: Secret?
    }

    /// A request as it is signed.
    struct Target: Sendable {
        var method: Request.Method
        /// As in `Host`: with the port, if it is not the scheme's own.
        var host: String
        /// Percent-encoded once, as it goes over the wire.
        var path: String
    }

    let keys: Keys
    let region: String
    let service: String

    /// The body of an address that anybody may fetch is not known when it is signed.
    private static let unsigned = "UNSIGNED-PAYLOAD"
    private static let algorithm = "AWS4-HMAC-SHA256"

    /// The headers that go with a request, `Authorization` among them, but not `Host`.
    /// - Parameter payload: SHA-256 of the body in lower-case hexadecimal.
    func headers(
        for target: Target, adding more: [(String, String)] = [], payload: String, at now: Instant
    ) -> Headers {
        let date = Self.timestamp(now)
        var signed = more + [("x-amz-content-sha256", payload), ("x-amz-date", date)]
        if let token = keys.sessionToken { signed.append(("x-amz-security-token", token.reveal())) }
        let all = (signed + [("host", target.host)]).map { ($0.0.lowercased(), Self.trimmed($0.1)) }
            .sorted { $0.0 < $1.0 }
        let names = all.map(\.0).joined(separator: ";")
        let request = Self.canonical(target, query: "", headers: all, names: names, payload: payload)
        let signature = signature(of: request, date)
        var headers: Headers = [:]
        for (name, value) in signed {
            if name == "x-amz-security-token" {
                headers.add(name, secret: Secret(value))
            } else {
                headers.add(name, value)
            }
        }
        let credential = "\(keys.accessKeyID)/\(scope(date))"
        headers.add(
            "Authorization",
            secret: Secret(
                "\(Self.algorithm) Credential=\(credential), SignedHeaders=\(names), Signature=\(signature)"))
        return headers
    }

    /// The query by which anybody may make the request until it expires; at most 7 days.
    func query(for target: Target, expiresIn seconds: Int, at now: Instant) -> String {
        let date = Self.timestamp(now)
        var fields = [
            ("X-Amz-Algorithm", Self.algorithm), ("X-Amz-Credential", "\(keys.accessKeyID)/\(scope(date))"),
            ("X-Amz-Date", date), ("X-Amz-Expires", String(seconds)), ("X-Amz-SignedHeaders", "host"),
        ]
        if let token = keys.sessionToken { fields.append(("X-Amz-Security-Token", token.reveal())) }
        let query = fields.map { (percentEncoded($0.0), percentEncoded($0.1)) }.sorted { $0 < $1 }
            .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
        let request = Self.canonical(
            target, query: query, headers: [("host", target.host)], names: "host", payload: Self.unsigned)
        return "\(query)&X-Amz-Signature=\(signature(of: request, date))"
    }
}

extension SigV4 {
    private static func canonical(
        _ target: Target, query: String, headers: [(String, String)], names: String, payload: String
    ) -> String {
        let lines = headers.map { "\($0.0):\($0.1)\n" }.joined()
        return [target.method.rawValue, target.path, query, lines, names, payload].joined(separator: "\n")
    }

    private func signature(of request: String, _ date: String) -> String {
        let digest = hexadecimal(SHA256.hash(data: Array(request.utf8)))
        let text = [Self.algorithm, date, scope(date), digest].joined(separator: "\n")
        var key = SymmetricKey(data: Array("AWS4\(keys.secretAccessKey.reveal())".utf8))
        for part in scope(date).split(separator: "/") { key = SymmetricKey(data: Self.code(String(part), key)) }
        return hexadecimal(Self.code(text, key))
    }

    private static func code(_ text: String, _ key: SymmetricKey) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    }

    private func scope(_ date: String) -> String { "\(date.prefix(8))/\(region)/\(service)/aws4_request" }

    /// `20130524T000000Z`.
    private static func timestamp(_ moment: Instant) -> String {
        moment.rfc3339.filter { $0 != "-" && $0 != ":" }
    }

    /// Blanks around a value go, those within become one.
    private static func trimmed(_ value: String) -> String { value.split(separator: " ").joined(separator: " ") }
}
