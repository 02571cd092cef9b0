import YAML

/// The values of a front matter, found by their keys and not yet read.
struct PostFields {
    var accounts, draft, expires, link, media, published, repeats, schedule, tags, timeZone, title: YAMLNode?
    /// In the order of the file.
    var overrides: [Override] = []

    struct Override {
        enum Scope {
            case network(Network)
            /// Place in the reader's accounts.
            case account(Int)
        }

        let scope: Scope
        let key: YAMLNode
        let node: YAMLNode
        var skip: Bool?
        /// Where `schedule` stands in it; it counts even if it is null.
        var scheduleNode: YAMLNode?
        var schedule: Post.Schedule?
    }

    /// Sorts the keys and checks the mappings of networks and accounts; reports what is wrong with keys.
    init(_ reader: inout ValueReader, names: AccountNames) {
        guard let root = reader.yaml.root else { return }
        guard reader.isMapping(root, "the front matter") else { return }
        for (key, value) in reader.yaml.pairs(of: root) {
            switch reader.yaml.withBytes(of: key, { PostKey.table[$0] }) {
            case .accounts: accounts = value
            case .draft: draft = value
            case .expires: expires = value
            case .link: link = value
            case .media: media = value
            case .published: published = value
            case .repeats: repeats = value
            case .schedule: schedule = value
            case .tags: tags = value
            case .timeZone: timeZone = value
            case .title: title = value
            case .network(let network): override(.network(network), network, key, value, &reader)
            case .misplaced:
                reader.warning(
                    .nearMiss, at: key, "\(inQuotes(reader.yaml.text(of: key))) is not read here",
                    hint: "write it inside the mapping of a network or an account, such as “x:”")
            case .foreign: break
            case nil: foreign(key, value, &reader, names)
            }
        }
    }

    private mutating func foreign(
        _ key: YAMLNode, _ value: YAMLNode, _ reader: inout ValueReader, _ names: AccountNames
    ) {
        let yaml = reader.yaml
        guard yaml.withBytes(of: key, { $0.contains(UInt8(ascii: "/")) }) else {
            guard let meant = yaml.withBytes(of: key, PostKey.nearMiss) else { return }
            reader.warning(
                .nearMiss, at: key, "\(inQuotes(yaml.text(of: key))) is not read",
                hint: "did you mean \(inQuotes(meant))?")
            return
        }
        switch yaml.withBytes(of: key, { names[$0] }) {
        case .account(let place):
            override(.account(place), names.accounts[place].id.network, key, value, &reader)
        case .group, nil:
            let name = yaml.text(of: key)
            guard Network(name: name.prefix { $0 != "/" }) != nil else {
                if let meant = names.nearMiss(name) {
                    reader.warning(
                        .nearMiss, at: key, "\(inQuotes(name)) is not read", hint: "did you mean \(inQuotes(meant))?")
                }
                return
            }
            let fault = names.fault(name)
            reader.error(fault.code, at: key, fault.message, hint: fault.hint)
        }
    }

    private mutating func override(
        _ scope: Override.Scope, _ network: Network, _ key: YAMLNode, _ node: YAMLNode, _ reader: inout ValueReader
    ) {
        let yaml = reader.yaml
        guard yaml.kind(of: node) == .mapping else {
            if !yaml.isNull(node) {
                reader.error(
                    .wrongType, at: node,
                    "\(inQuotes(yaml.text(of: key))) must be a mapping, not \(reader.shown(node))",
                    hint: "write what differs there, such as “text: …”, indented below it")
            }
            return
        }
        var override = Override(scope: scope, key: key, node: node)
        let table = OverrideKey.table(network)
        for (key, value) in yaml.pairs(of: node) {
            guard let known = yaml.withBytes(of: key, { table[$0] }) else {
                reader.unknownOverride(key, network)
                continue
            }
            switch known.shape {
            case .words: reader.forEachText(value, "text") { _, _ in }
            case .media: reader.checkMedia(value)
            case .link: _ = reader.link(value)
            case .schedule: override.scheduleNode = value
            case .skip: override.skip = reader.flag(value, "skip")
            case .firstComment: _ = reader.isText(value, "firstComment")
            case .thread: reader.thread(value)
            case .flag, .text, .number, .decimal, .choice, .list, .lines, .fields, .entries:
                reader.value(value, of: known, named: known.name)
            }
        }
        overrides.append(override)
    }
}

extension ValueReader {
    fileprivate mutating func unknownOverride(_ key: YAMLNode, _ network: Network) {
        let name = yaml.text(of: key)
        let others = OverrideKey.networks(with: name, except: network)
        guard others.isEmpty else {
            error(
                .unknownKey, at: key, "\(network.title) has no \(inQuotes(name))",
                hint: "it is a key of \(others.map(\.rawValue).joined(separator: ", "))")
            return
        }
        unknownKey(key, in: "a mapping of \(network.title)", among: OverrideKey.all(network).map(\.name))
    }

    /// Whether `thread` says `auto`; reports everything else but null.
    @discardableResult
    mutating func thread(_ node: YAMLNode) -> Bool {
        guard isText(node, "thread") else { return false }
        if yaml.equals(node, "auto") { return true }
        if yaml.bool(of: node) != false {
            error(.badValue, at: node, "thread cannot be \(shown(node))", hint: "write “auto”, or remove the line")
        }
        return false
    }
}
