internal import Crypto
internal import Foundation

/// The signature of OAuth 1.0a (RFC 5849) with HMAC-SHA1, from the side that verifies.
enum OAuth1 {
    typealias Pair = (name: String, value: String)

    /// §3.4.1.3.2: encoded, sorted by bytes of name, then of value.
    static func parameterString(_ pairs: [Pair]) -> String {
        let encoded = pairs.map { pair in
            (name: PercentCoding.encode(pair.name), value: PercentCoding.encode(pair.value))
        }
        let sorted = encoded.sorted { left, right in
            left.name == right.name ? left.value < right.value : left.name < right.name
        }
        return sorted.map { pair in pair.name + "=" + pair.value }.joined(separator: "&")
    }

    /// §3.4.1.1; `url` is without query.
    static func baseString(method: String, url: String, parameters: String) -> String {
        [method, PercentCoding.encode(url), PercentCoding.encode(parameters)].joined(separator: "&")
    }

    static func signature(baseString: String, consumerSecret: String, tokenSecret: String) -> String {
        let key = PercentCoding.encode(consumerSecret) + "&" + PercentCoding.encode(tokenSecret)
        let code = HMAC<Insecure.SHA1>.authenticationCode(
            for: Data(baseString.utf8), using: SymmetricKey(data: Data(key.utf8)))
        return Data(code).base64EncodedString()
    }

    /// The parameters of `Authorization: OAuth a="b", …`, decoded; nothing when it is not of that form.
    static func header(_ value: String) -> [Pair]? {
        guard value.lowercased().hasPrefix("oauth ") else { return nil }
        var pairs: [Pair] = []
        for piece in value.dropFirst("oauth ".count).split(separator: ",") {
            let sides = String(piece).trimmed.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, sides[1].count >= 2, sides[1].hasPrefix("\""), sides[1].hasSuffix("\""),
                let name = PercentCoding.decode(sides[0]),
                let value = PercentCoding.decode(sides[1].dropFirst().dropLast())
            else { return nil }
            pairs.append((name, value))
        }
        return pairs
    }
}
