/// The name of one place to publish, `network/name`.
package struct AccountID: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let network: Network
    package let name: String

    package init(_ network: Network, _ name: String) {
        self.network = network
        self.name = name
    }

    /// `network/name`, the name in `[a-z0-9._-]+`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        guard let slash = text.firstIndex(of: "/"), let network = Network(name: text[..<slash]) else { return nil }
        let name = text[text.index(after: slash)...]
        guard !name.isEmpty, name.utf8.allSatisfy(Self.allows) else { return nil }
        self.init(network, String(name))
    }

    private static func allows(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }

    package var description: String { "\(network.rawValue)/\(name)" }

    package static func < (a: AccountID, b: AccountID) -> Bool { a.description < b.description }
}

/// One account of socials.yml.
package struct Account: Sendable, Hashable {
    package enum Login: String, Sendable, Hashable, CaseIterable { case facebook, instagram }
    package enum API: String, Sendable, Hashable, CaseIterable { case rest, legacy }

    package let id: AccountID
    /// LinkedIn: the URN that posts, `urn:li:person:…` or `urn:li:organization:…`; without it the token's member.
    package var author: String?
    /// LinkedIn: which of its APIs the account's app may use; `legacy` is that of older apps.
    package var api: API = .rest
    /// LinkedIn: the version of the API, `YYYYMM`; nil: the one that this program knows best.
    package var version: String?
    /// Instagram: the professional account's id.
    package var userID: String?
    /// Instagram: which of its two logins issued the token.
    package var login: Login = .facebook
    /// X: the account has Premium, so that it may write long posts and show larger and longer videos.
    package var isPremium = false
    /// Mastodon: the base URL of its server.
    package var server: String?
    /// Former names of the same account.
    package var aliases: [AccountID] = []
    /// Schedules before this moment are past for the account.
    package var since: Instant?
    package var owner: String?
    package var limits: Limits

    package init(id: AccountID, limits: Limits = Limits()) {
        self.id = id
        self.limits = limits
    }

    /// How much may go out, per account; deliveries are counted, a thread is one.
    package struct Limits: Sendable, Hashable {
        package var maxPerRun = 20
        package var maxPerDay = 50
        package var minGap: Duration = .zero

        package init() {}
    }
}
