/// The credentials of the emulated world, known by construction: every account name works without set-up.
///
/// | network | token | what it may do |
/// |---|---|---|
/// | X | consumer key `sandbox-consumer-key`, secret `sandbox-consumer-secret`, token `sandbox-x-NAME`, secret `sandbox-x-NAME-secret`; or bearer `sandbox-x-NAME`, until a second since 1970 with `@SECONDS` | everything self-serve; `+premium`: long posts, amplify_video, 1080p; `+enterprise`: quotes, answers to strangers, cashtags; bearer with `+app`: an app, which only reads public posts |
/// | LinkedIn | `sandbox-linkedin-NAME` | a member: openid, profile, w_member_social |
/// | LinkedIn | `sandbox-linkedin-NAME+org` | also w_organization_social, r_organization_social, rw_organization_admin, r_basicprofile, for every organization |
/// | LinkedIn | `…+feed` | also w_member_social_feed, with `+org` w_organization_social_feed: comments |
/// | Instagram | `sandbox-instagram-NAME` | the user whose 17 digits come from NAME |
/// | Instagram | `sandbox-instagram-NAME@17841405793187218` | the user named after `@` |
///
/// A bearer token of X, or a token of Instagram, that names scopes (`+tweet.read+users.read`,
/// `+instagram_business_basic`) has those and no others.
/// NAME is letters, digits, `.`, `_` and `-`. At the end of a token `!expired`, `!revoked` or `!readonly` makes it one
/// that the network refuses in its own words; a token secret is always the whole token with `-secret` behind it.
/// OAuth 2.0: client `sandbox-client-id` with `sandbox-client-secret`; the first refresh token of X is
/// `sandbox-x-NAME-refresh`, each works once, and one that is used again ends the grant.
/// Ids of users follow from NAME and never change.
package enum SandboxCredentials {
    package static let consumerKey = "sandbox-consumer-key"
    package static let consumerSecret = "sandbox-consumer-secret"
    package static let clientID = "sandbox-client-id"
    package static let clientSecret = "sandbox-client-secret"

    /// CONSUMER_KEY, CONSUMER_SECRET, ACCESS_TOKEN and ACCESS_TOKEN_SECRET (OAuth 1.0a) of an X account.
    package static func x(account: String) -> [String: String] {
        let token = "sandbox-x-\(account)"
        return [
            "CONSUMER_KEY": consumerKey, "CONSUMER_SECRET": consumerSecret, "ACCESS_TOKEN": token,
            "ACCESS_TOKEN_SECRET": token + "-secret",
        ]
    }

    /// CLIENT_ID, CLIENT_SECRET, ACCESS_TOKEN and REFRESH_TOKEN (OAuth 2.0) of an X account.
    package static func xOAuth2(account: String) -> [String: String] {
        [
            "CLIENT_ID": clientID, "CLIENT_SECRET": clientSecret, "ACCESS_TOKEN": "sandbox-x-\(account)",
            "REFRESH_TOKEN": "sandbox-x-\(account)-refresh",
        ]
    }

    /// CLIENT_ID, CLIENT_SECRET and ACCESS_TOKEN of a LinkedIn member, or of a member who speaks for organizations.
    package static func linkedIn(account: String, organization: Bool = false) -> [String: String] {
        [
            "CLIENT_ID": clientID, "CLIENT_SECRET": clientSecret,
            "ACCESS_TOKEN": "sandbox-linkedin-\(account)" + (organization ? "+org" : ""),
        ]
    }

    /// CLIENT_ID, CLIENT_SECRET and ACCESS_TOKEN of an Instagram account; without `userID` it follows from the name.
    package static func instagram(account: String, userID: String? = nil) -> [String: String] {
        [
            "CLIENT_ID": clientID, "CLIENT_SECRET": clientSecret,
            "ACCESS_TOKEN": "sandbox-instagram-\(account)" + (userID.map { "@\($0)" } ?? ""),
        ]
    }

    /// The numeric id of an X account.
    package static func xUserID(_ account: String) -> String {
        String(1_000_000_000_000_000_000 + StableHash.of("x/\(account)") % 800_000_000_000_000_000)
    }

    /// The name in an X account's addresses: at most 15 letters, digits and underscores.
    package static func xUsername(_ account: String) -> String {
        let name = String(account.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }.prefix(15))
        return name.isEmpty ? "_" : name
    }

    /// The last part of `urn:li:person:…`.
    package static func linkedInPersonID(_ account: String) -> String {
        StableHash.word("linkedin/\(account)", count: 10)
    }

    /// The 17 digits of an Instagram professional account.
    package static func instagramUserID(_ account: String) -> String {
        String(17_841_400_000_000_000 + StableHash.of("instagram/\(account)") % 99_999_999_999)
    }
}

/// A token of the emulated world, taken apart.
struct SandboxToken: Sendable, Hashable {
    enum Condition: String, Sendable { case good = "", expired, revoked, readonly }

    let name: String
    let options: Set<String>
    /// What follows `@`.
    let subject: String?
    let condition: Condition

    /// Nothing when the text is no token that the emulated network has issued.
    init?(_ text: String, network: String) {
        let prefix = "sandbox-\(network)-"
        guard text.hasPrefix(prefix) else { return nil }
        let marks = text.dropFirst(prefix.count).split(separator: "!", maxSplits: 1, omittingEmptySubsequences: false)
        guard let condition = marks.count > 1 ? Condition(rawValue: String(marks[1])) : .good,
            marks.count == 1 || condition != .good
        else { return nil }
        let sides = marks[0].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let words = sides[0].split(separator: "+", omittingEmptySubsequences: false).map(String.init)
        guard let name = words.first, !name.isEmpty,
            name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) })
        else { return nil }
        self.name = name
        options = Set(words.dropFirst())
        subject = sides.count > 1 ? String(sides[1]) : nil
        self.condition = condition
    }
}
