/// Who calls X, after the signature or the bearer token was checked.
struct XCaller: Sendable {
    let account: String
    let isPremium: Bool
    /// On a plan that may quote, answer strangers and use several cashtags.
    let isEnterprise: Bool
    let mayWrite: Bool
    let accessLevel: String
    /// What an OAuth 2.0 token may do; nothing for OAuth 1.0a, which knows no scopes.
    let scopes: Set<String>?
    /// The token belongs to an app, not to a user.
    let isApp: Bool

    static let allScopes: Set = ["tweet.read", "tweet.write", "users.read", "media.write", "offline.access"]

    var userID: String { SandboxCredentials.xUserID(account) }
    var username: String { SandboxCredentials.xUsername(account) }
}

extension XCaller {
    /// Verifies OAuth 1.0a bit by bit, or an OAuth 2.0 user token.
    static func authorize(_ turn: Turn, world: inout World) throws(Refusal) -> XCaller {
        guard let header = turn.call.header("Authorization") else { throw XErrors.unauthorizedBearer }
        if let bearer = turn.call.bearer {
            guard let token = SandboxToken(bearer, network: "x"),
                token.condition == .good || token.condition == .readonly,
                token.subject.map({ turn.now.seconds < Int($0) ?? 0 }) ?? true
            else { throw XErrors.unauthorizedBearer }
            return XCaller(token, isBearer: true)
        }
        guard let pairs = OAuth1.header(header) else { throw XErrors.unauthorized(215, "Bad Authentication data.") }
        let token = try verify(pairs, turn.call, clock: world.clock, nonces: &world.x.nonces)
        return XCaller(token, isBearer: false)
    }

    private init(_ token: SandboxToken, isBearer: Bool) {
        account = token.name
        isPremium = token.options.contains("premium")
        isEnterprise = token.options.contains("enterprise")
        isApp = isBearer && token.options.contains("app")
        // A token that names scopes has those, one that names none has all.
        let named = token.options.intersection(Self.allScopes)
        scopes = isBearer ? (named.isEmpty ? Self.allScopes : named) : nil
        mayWrite = token.condition != .readonly
        accessLevel = token.condition == .readonly ? "read" : "read-write"
    }

    private static func verify(
        _ pairs: [OAuth1.Pair], _ call: Call, clock: SandboxClock, nonces: inout Set<String>
    ) throws(Refusal) -> SandboxToken {
        var fields: [String: String] = [:]
        for pair in pairs where fields.updateValue(pair.value, forKey: pair.name) != nil {
            throw XErrors.unauthorized(215, "Bad Authentication data.")
        }
        guard let key = fields["oauth_consumer_key"], let tokenText = fields["oauth_token"],
            let signature = fields["oauth_signature"], fields["oauth_signature_method"] == "HMAC-SHA1",
            let timestamp = fields["oauth_timestamp"], let nonce = fields["oauth_nonce"], !nonce.isEmpty,
            fields["oauth_version"] == nil || fields["oauth_version"] == "1.0"
        else { throw XErrors.unauthorized(215, "Bad Authentication data.") }
        guard key == SandboxCredentials.consumerKey else {
            throw XErrors.unauthorized(32, "Could not authenticate you.")
        }
        var signed = pairs.filter { $0.name != "oauth_signature" && $0.name != "realm" } + call.query
        if call.contentType == "application/x-www-form-urlencoded" {
            guard let form = PercentCoding.pairs(String(decoding: call.body, as: UTF8.self)) else {
                throw XErrors.unauthorized(32, "Could not authenticate you.")
            }
            signed += form
        }
        let base = OAuth1.baseString(
            method: call.method, url: call.signedURL, parameters: OAuth1.parameterString(signed))
        let expected = OAuth1.signature(
            baseString: base, consumerSecret: SandboxCredentials.consumerSecret, tokenSecret: tokenText + "-secret")
        guard expected == signature else { throw XErrors.unauthorized(32, "Could not authenticate you.") }
        guard let seconds = Int(timestamp) else { throw XErrors.unauthorized(135, "Timestamp out of bounds.") }
        if let fixed = clock.fixed, abs(Moment(seconds: seconds) - fixed) > SandboxClock.tolerance {
            throw XErrors.unauthorized(135, "Timestamp out of bounds.")
        }
        guard nonces.insert("\(timestamp) \(nonce) \(tokenText)").inserted else {
            throw XErrors.unauthorized(32, "Could not authenticate you.")
        }
        guard let token = SandboxToken(tokenText, network: "x"),
            token.condition == .good || token.condition == .readonly
        else { throw XErrors.unauthorized(89, "Invalid or expired token.") }
        return token
    }

    /// The time in an OAuth 1.0a header, for a clock that follows the requests.
    static func timestamp(of call: Call) -> Moment? {
        call.header("Authorization").flatMap(OAuth1.header)?
            .first { $0.name == "oauth_timestamp" }
            .flatMap { Int($0.value) }
            .map(Moment.init(seconds:))
    }

    /// Demands scopes of an OAuth 2.0 token, and a user.
    func require(_ needed: [String], user: Bool = true) throws(Refusal) {
        guard !isApp || !user else { throw XErrors.wrongKindOfToken }
        guard let scopes, !isApp else { return }
        guard scopes.isSuperset(of: needed) else { throw XErrors.forbiddenScope }
    }

    func requireWrite() throws(Refusal) {
        guard mayWrite else {
            throw XErrors.forbidden(
                "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.",
                type: "https://api.twitter.com/2/problems/oauth1-permissions")
        }
    }
}
