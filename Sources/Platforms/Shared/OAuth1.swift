import Crypto
import HTTP

/// Signs requests by OAuth 1.0a with HMAC-SHA1 (RFC 5849).
struct OAuth1: Sendable {
    struct Token: Sendable {
        let key: String
        let secret: Secret
    }

    typealias Parameters = [(name: String, value: String)]

    let consumerKey: String
    let consumerSecret: Secret
    /// None while a token is being asked for.
    let token: Token?

    /// What is signed of a request. Bodies of JSON or of several parts are not.
    struct Signed: Sendable {
        var method: String
        /// Scheme and host in lower case, path; no query.
        var url: String
        var query: Parameters = []
        var form: Parameters = []
    }

    /// What makes each header its own: a repeated request needs both anew.
    struct Moment: Sendable {
        var nonce: String
        /// Unix seconds.
        var timestamp: String
    }

    /// The value of `Authorization`. `further` are parameters of the handshake, e.g. `oauth_verifier`.
    func authorization(_ signed: Signed, at moment: Moment, further: Parameters = [], version: String? = "1.0")
        -> Secret
    {
        var own: Parameters = [
            ("oauth_consumer_key", consumerKey), ("oauth_nonce", moment.nonce),
            ("oauth_signature_method", "HMAC-SHA1"), ("oauth_timestamp", moment.timestamp),
        ]
        if let token { own.append(("oauth_token", token.key)) }
        if let version { own.append(("oauth_version", version)) }
        own += further
        own.append(("oauth_signature", signature(Self.baseString(signed, parameters: own))))
        var header = "OAuth "
        for (place, field) in own.sorted(by: { $0.name < $1.name }).enumerated() {
            if place > 0 { header += ", " }
            header += percentEncoded(field.name)
            header += "=\""
            header += percentEncoded(field.value)
            header += "\""
        }
        return Secret(header)
    }

    /// RFC 5849 §3.4.1: method, URL and all parameters in their sorted, encoded form.
    static func baseString(_ signed: Signed, parameters: Parameters) -> String {
        let pairs = (parameters + signed.query + signed.form).map {
            (name: percentEncoded($0.name), value: percentEncoded($0.value))
        }
        var base = percentEncoded(signed.method) + "&" + percentEncoded(signed.url) + "&"
        // Encoded text is ASCII, which Swift orders by its bytes.
        let inOrder = pairs.sorted { $0.name == $1.name ? $0.value < $1.value : $0.name < $1.name }
        for (place, pair) in inOrder.enumerated() {
            // `&` and `=` between them, encoded like the rest.
            if place > 0 { base += "%26" }
            base += percentEncoded(pair.name)
            base += "%3D"
            base += percentEncoded(pair.value)
        }
        return base
    }

    private func signature(_ baseString: String) -> String {
        let secrets = [consumerSecret, token?.secret].map { percentEncoded($0?.reveal() ?? "") }
        let key = SymmetricKey(data: Array(secrets.joined(separator: "&").utf8))
        return base64(Array(HMAC<Insecure.SHA1>.authenticationCode(for: Array(baseString.utf8), using: key)))
    }
}
