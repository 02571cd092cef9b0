/// What the emulated networks remember of people signing in.
struct SignInWorld: Codable, Sendable {
    /// An authorization code, good for one exchange.
    struct Grant: Codable, Sendable {
        let network: Network
        /// NAME, with `+org` when the member speaks for organizations.
        let account: String
        let clientID: String
        let redirect: String
        let scope: String
        let challenge: String?
        let createdAt: Moment
    }

    var grants: [String: Grant] = [:]
    /// How often each X account has refreshed; the refresh token of any other number is spent.
    var refreshes: [String: Int] = [:]
    /// What each X account has allowed; all of it when it never signed in here.
    var scopes: [String: [String]] = [:]
    /// X accounts whose grant ended because a spent refresh token was used.
    var ended: Set<String> = []
}
