import YAML

extension ConfigurationReader {
    mutating func readAccounts(_ node: YAMLNode) {
        guard values.isMapping(node, "accounts") else { return }
        for (key, value) in values.yaml.pairs(of: node) {
            let name = values.yaml.text(of: key)
            guard let id = AccountID(name) else {
                reportName(key, name)
                continue
            }
            guard accountKeys[id] == nil else {
                // Only an older name of a network comes here; the same word twice is reported by the YAML reader.
                if !values.yaml.problems.contains(where: {
                    $0.kind == .duplicateKey && $0.mark == values.yaml.mark(of: key)
                }) {
                    values.error(
                        .duplicateAccount, at: key,
                        "\(inQuotes(name)) is \(inQuotes(id.description)), which stands above")
                }
                continue
            }
            accountKeys[id] = key
            configuration.order.append(id)
            configuration.accounts[id] = account(id, value)
        }
        reportSharedVariables()
        reportAliases()
    }

    private mutating func reportName(_ key: YAMLNode, _ name: String) {
        let prefix = String(name.prefix { $0 != "/" })
        let hint: String
        if Network(name: prefix) != nil {
            hint = name.contains("/") ? "names are made of a-z 0-9 . _ -" : "write \(inQuotes("\(prefix)/name"))"
        } else if let meant = nearest(prefix, among: Network.allCases.map(\.rawValue)) {
            hint = "did you mean \(inQuotes(meant + name.dropFirst(prefix.count)))?"
        } else {
            hint = "networks are \(Network.allCases.map(\.rawValue).joined(separator: ", "))"
        }
        values.error(.badAccountName, at: key, "\(inQuotes(name)) is not an account name (network/name)", hint: hint)
    }

    private mutating func account(_ id: AccountID, _ node: YAMLNode) -> Account {
        var account = Account(id: id, limits: configuration.publishing.limits)
        let known = ["aliases", "since", "owner", "maxPerRun", "maxPerDay", "minGap"] + Self.keys(of: id.network)
        let owner = id.description
        fields(of: node, owner, known) { reader, name, value in
            switch name {
            case "author": account.author = reader.author(value)
            case "api": if let api = reader.choice(value, name, of: Account.API.allCases) { account.api = api }
            case "version": account.version = reader.apiVersion(value)
            case "userId": account.userID = reader.values.text(value, name)
            case "server": account.server = reader.server(value)
            case "premium": account.isPremium = reader.values.flag(value, name) ?? false
            case "login":
                if let login = reader.choice(value, name, of: Account.Login.allCases) { account.login = login }
            case "owner": account.owner = reader.values.text(value, name)
            case "since":
                var isUnzoned = false
                let zone = Zone(rules: reader.configuration.zone ?? .utc, isNamed: true)
                account.since = reader.values.instant(value, name, in: zone, warnsOfDay: false, isUnzoned: &isUnzoned)
            case "aliases":
                reader.values.forEachText(value, name) { values, element in
                    let text = values.yaml.text(of: element)
                    guard let alias = AccountID(text) else {
                        values.error(
                            .badAccountName, at: element, "\(inQuotes(text)) is not an account name (network/name)")
                        return
                    }
                    account.aliases.append(alias)
                }
            case "maxPerRun", "maxPerDay", "minGap": reader.readLimit(name, value, &account.limits)
            default: break
            }
        }
        if id.network == .mastodon, !values.has("server", in: node), let key = accountKeys[id] {
            values.error(.badValue, at: key, "\(inQuotes(owner)) has no server", hint: "add “server: https://…”")
        }
        return account
    }

    private static func keys(of network: Network) -> [String] {
        switch network {
        case .linkedin: ["author", "api", "version"]
        case .instagram: ["userId", "login"]
        case .threads, .facebook: ["userId"]
        case .mastodon, .bluesky: ["server"]
        case .x: ["premium"]
        }
    }

    private mutating func author(_ node: YAMLNode) -> String? {
        guard let text = values.text(node, "author") else { return nil }
        let isURN = ["urn:li:person:", "urn:li:organization:"].contains { text.hasPrefix($0) && text.count > $0.count }
        guard isURN, !text.contains(where: \.isWhitespace) else {
            values.error(
                .badValue, at: node, "author \(inQuotes(text)) is not a URN",
                hint: "write urn:li:person:… or urn:li:organization:…")
            return nil
        }
        return text
    }

    /// A year and a month, `202609`.
    private mutating func apiVersion(_ node: YAMLNode) -> String? {
        guard let text = values.text(node, "version") else { return nil }
        guard text.utf8.count == 6, let number = Int(text), (1...12).contains(number % 100), number >= 202_200 else {
            values.error(
                .badValue, at: node, "version \(inQuotes(text)) is no version of LinkedIn's API",
                hint: "write year and month, such as 202609")
            return nil
        }
        return text
    }

    /// A web address without slashes at its end.
    mutating func address(_ node: YAMLNode, _ name: String) -> String? {
        guard values.isText(node, name), values.isWebAddress(node, name) else { return nil }
        let text = values.yaml.text(of: node)
        return String(text.prefix(through: text.lastIndex { $0 != "/" } ?? text.startIndex))
    }

    private mutating func server(_ node: YAMLNode) -> String? { address(node, "server") }

    mutating func choice<Choice: RawRepresentable<String>>(_ node: YAMLNode, _ name: String, of all: [Choice])
        -> Choice?
    {
        guard let text = values.text(node, name) else { return nil }
        if let choice = all.first(where: { $0.rawValue == text }) { return choice }
        let words = all.map(\.rawValue)
        values.error(
            .badValue, at: node, "\(name) cannot be \(inQuotes(text))",
            hint: nearest(text, among: words).map { "did you mean \(inQuotes($0))?" }
                ?? "write one of \(words.joined(separator: ", "))")
        return nil
    }

    private mutating func reportSharedVariables() {
        var owners: [String: AccountID] = [:]
        for id in configuration.order {
            let variable = id.variablePrefix
            if let other = owners[variable], let key = accountKeys[id] {
                values.error(
                    .sameVariable, at: key,
                    "\(inQuotes(id.description)) and \(inQuotes(other.description)) would share the variable \(variable)…",
                    hint: "choose a name that differs in more than its punctuation")
            } else {
                owners[variable] = id
            }
        }
    }

    /// A former name that is somebody's present one, or two accounts' former one, would mix up their results.
    private mutating func reportAliases() {
        var owners: [AccountID: AccountID] = [:]
        for id in configuration.order {
            for alias in configuration.accounts[id]?.aliases ?? [] {
                let other = accountKeys[alias] != nil ? alias : owners[alias]
                if let other, let key = accountKeys[id] {
                    values.error(
                        .duplicateAccount, at: key,
                        "the alias \(inQuotes(alias.description)) of \(inQuotes(id.description)) belongs to \(inQuotes(other.description))"
                    )
                }
                owners[alias] = id
            }
        }
    }
}

extension AccountID {
    /// What the names of the account's environment variables begin with, `SOCIALS_ACCOUNT_X_ACME_`.
    package var variablePrefix: String {
        let word = name.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & 0xDF
            case UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "_")
            }
        }
        return "SOCIALS_ACCOUNT_\(network.rawValue.uppercased())_\(String(decoding: word, as: UTF8.self))_"
    }
}
