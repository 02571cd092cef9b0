/// The names that may stand in `accounts:`, found without making a String.
struct AccountNames: Sendable {
    enum Found: Sendable {
        /// Place in `accounts`.
        case account(Int)
        /// A group's members, expanded, in first-seen order.
        case group([Int])
    }

    /// In the order of socials.yml.
    let accounts: [Account]
    let defaults: [Int]
    private let table: ByteTable<Found>
    private let words: [String]

    init(_ configuration: Configuration) {
        accounts = configuration.order.compactMap { configuration.accounts[$0] }
        let places = Dictionary(accounts.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var words: [(String, Found)] = accounts.enumerated().map { ($1.id.description, .account($0)) }
        for (name, members) in configuration.groups.sorted(by: { $0.key < $1.key }) {
            words.append((name, .group(members.compactMap { places[$0] })))
        }
        self.words = words.map(\.0)
        // Former names, of accounts and of networks, still lead to the account; the present name of another wins.
        for (place, account) in accounts.enumerated() {
            words += account.aliases.map { ($0.description, .account(place)) }
            if account.id.network == .x { words.append(("twitter/\(account.id.name)", .account(place))) }
        }
        table = ByteTable(words)
        defaults = configuration.defaultAccounts.compactMap { places[$0] }
    }

    subscript(_ name: UnsafeBufferPointer<UInt8>) -> Found? { table[name] }

    /// Why a name that was not found is wrong.
    func fault(_ name: String) -> (code: DiagnosticCode, message: String, hint: String?) {
        if let network = Network(name: name) {
            let own = accounts.filter { $0.id.network == network }.map { inQuotes($0.id.description) }
            let hint =
                own.isEmpty
                ? "there is no account of \(network.title) in socials.yml" : "write \(own.joined(separator: " or "))"
            return (.bareNetwork, "\(inQuotes(name)) is a network, not an account", hint)
        }
        let hint = nearest(name, among: words).map { "did you mean \(inQuotes($0))?" }
        return (.unknownAccount, "unknown account \(inQuotes(name))", hint)
    }

    /// The account name that a foreign key is a slip of.
    func nearMiss(_ key: String) -> String? { nearest(key, among: words.filter { $0.contains("/") }) }
}
