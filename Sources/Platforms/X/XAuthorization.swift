import HTTP
import Posts

/// How an account's requests to X are authorized: a token with a secret signs by OAuth 1.0a, one without is a bearer
/// token of OAuth 2.0.
struct XAuthorization: Sendable {
    let session: Session

    var isOAuth1: Bool {
        let credentials = session.credentials
        let isForSigning = credentials["CONSUMER_KEY"] != nil && credentials["CLIENT_ID"] == nil && tokenOwner != nil
        return credentials["ACCESS_TOKEN_SECRET"] != nil || isForSigning
    }

    /// The value of `Authorization`; each request needs its own.
    func header(
        _ method: Request.Method, _ url: String, query: OAuth1.Parameters
    ) throws(PlatformFailure) -> Secret {
        let (credentials, account) = (session.credentials, session.account.id)
        let token = try credentials.require("ACCESS_TOKEN", for: account)
        guard isOAuth1 else { return try session.bearer() }
        let oauth = OAuth1(
            consumerKey: try credentials.require("CONSUMER_KEY", for: account, ofApp: true).reveal(),
            consumerSecret: try credentials.require("CONSUMER_SECRET", for: account, ofApp: true),
            token: OAuth1.Token(
                key: token.reveal(), secret: try credentials.require("ACCESS_TOKEN_SECRET", for: account)))
        return oauth.authorization(
            OAuth1.Signed(method: method.rawValue, url: url, query: query),
            at: OAuth1.Moment(nonce: hexadecimal(session.random()), timestamp: String(session.clock.now.seconds)))
    }

    /// The user's id, which tokens of OAuth 1.0a begin with; nil for others.
    var userID: String? { session.credentials["ACCESS_TOKEN_SECRET"] == nil ? nil : tokenOwner }

    private var tokenOwner: String? {
        guard let token = session.credentials["ACCESS_TOKEN"]?.reveal() else { return nil }
        let digits = token.prefix { ("0"..."9").contains($0) }
        return !digits.isEmpty && token[digits.endIndex...].hasPrefix("-") ? String(digits) : nil
    }
}

/// 32 digits. Standard conversion divides 128-bit numbers digit by digit.
func hexadecimal(_ value: UInt128) -> String {
    let digits: StaticString = "0123456789abcdef"
    return String(unsafeUninitializedCapacity: 32) { text in
        for place in 0..<32 {
            text[place] = digits.utf8Start[Int(truncatingIfNeeded: value >> UInt128(124 - 4 * place)) & 15]
        }
        return 32
    }
}
