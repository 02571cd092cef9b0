import HTTP
import JSON
import Testing

@testable import Platforms

@Suite struct `OAuth 1.0a` {
    private static func pairs(_ value: JSON?) -> OAuth1.Parameters {
        (value?.array ?? []).map { ($0[0]?.string ?? "", $0[1]?.string ?? "") }
    }

    @Test func `signs as X and RFC 5849 show it`() throws {
        let vectors = try XFixtures.table("oauth1-vectors")["vectors"]?.array ?? []
        #expect(vectors.count == 13)
        for vector in vectors {
            func text(_ key: String) -> String { vector[key]?.string ?? "" }
            let token = vector["token"]?.string.map { OAuth1.Token(key: $0, secret: Secret(text("token_secret"))) }
            let oauth = OAuth1(
                consumerKey: text("consumer_key"), consumerSecret: Secret(text("consumer_secret")), token: token)
            let signed = OAuth1.Signed(
                method: text("method"), url: text("base_url"), query: Self.pairs(vector["query"]),
                form: Self.pairs(vector["form_body"]))
            let header = oauth.authorization(
                signed, at: OAuth1.Moment(nonce: text("nonce"), timestamp: text("timestamp")),
                further: Self.pairs(vector["extra_oauth"]),
                version: vector["include_version"]?.bool == true ? "1.0" : nil)
            #expect(header.reveal() == text("authorization_header"), "\(text("name"))")
        }
    }

    @Test func `makes the base strings of the vectors`() throws {
        for vector in try XFixtures.table("oauth1-vectors")["vectors"]?.array ?? [] {
            func text(_ key: String) -> String { vector[key]?.string ?? "" }
            var own: OAuth1.Parameters = [
                ("oauth_consumer_key", text("consumer_key")), ("oauth_nonce", text("nonce")),
                ("oauth_signature_method", "HMAC-SHA1"), ("oauth_timestamp", text("timestamp")),
            ]
            if let token = vector["token"]?.string { own.append(("oauth_token", token)) }
            if vector["include_version"]?.bool == true { own.append(("oauth_version", "1.0")) }
            let signed = OAuth1.Signed(
                method: text("method"), url: text("base_url"), query: Self.pairs(vector["query"]),
                form: Self.pairs(vector["form_body"]))
            let base = OAuth1.baseString(signed, parameters: own + Self.pairs(vector["extra_oauth"]))
            #expect(base == text("signature_base_string"), "\(text("name"))")
        }
    }
}
