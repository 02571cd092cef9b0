import YAML

/// Groups with their members, expanded.
struct Groups {
    var members: [String: [AccountID]] = [:]

    /// The accounts that one entry of a list names; what it cannot name is reported.
    func members(of node: YAMLNode, _ values: inout ValueReader, accounts: [AccountID]) -> [AccountID] {
        let name = values.yaml.text(of: node)
        if let group = members[name] { return group }
        if let id = AccountID(name), accounts.contains(id) { return [id] }
        let words = accounts.map(\.description) + members.keys.sorted()
        let hint = nearest(name, among: words).map { "did you mean \(inQuotes($0))?" }
        if Network(name: name) != nil {
            let own = accounts.first { $0.network == Network(name: name) }
            values.error(
                .bareNetwork, at: node, "\(inQuotes(name)) is a network, not an account",
                hint: own.map { "write \(inQuotes($0.description))" } ?? hint)
        } else if name.contains("/") {
            values.error(.unknownAccount, at: node, "unknown account \(inQuotes(name))", hint: hint)
        } else {
            values.error(.unknownGroup, at: node, "unknown group \(inQuotes(name))", hint: hint)
        }
        return []
    }
}

extension ConfigurationReader {
    /// Expands groups within groups; a group that would hold itself is reported.
    mutating func readGroups(_ node: YAMLNode) -> Groups {
        guard values.isMapping(node, "groups") else { return Groups() }
        var written: [(name: String, node: YAMLNode)] = []
        for (key, value) in values.yaml.pairs(of: node) {
            let name = values.yaml.text(of: key)
            let isFormed = AccountID("x/\(name)") != nil && Network(name: name) == nil
            guard isFormed else {
                values.error(
                    .badAccountName, at: key, "\(inQuotes(name)) cannot name a group",
                    hint: "names are made of a-z 0-9 . _ - and differ from those of networks")
                continue
            }
            written.append((name, value))
        }
        var groups = Groups()
        for group in written { groups.members[group.name] = [] }
        let known = groups
        for group in written {
            var path = [group.name]
            var members: [AccountID] = []
            expand(group.node, written, known, &path, &members, isTop: true)
            groups.members[group.name] = members
        }
        configuration.groups = groups.members
        return groups
    }

    /// Only the top's own mistakes are reported, so that each is once.
    private mutating func expand(
        _ node: YAMLNode, _ written: [(name: String, node: YAMLNode)], _ known: Groups, _ path: inout [String],
        _ members: inout [AccountID], isTop: Bool
    ) {
        // A chain of groups longer than this is a mistake, and its expansion could cost any time.
        let isTooLong = path.count > 32 || members.count > 1000
        var elements: [YAMLNode] = []
        let before = values.diagnostics.count
        values.forEachText(node, "a group") { _, element in elements.append(element) }
        if !isTop { values.diagnostics.removeSubrange(before...) }
        for element in elements {
            let name = values.yaml.text(of: element)
            guard let inner = written.first(where: { $0.name == name }) else {
                let before = values.diagnostics.count
                for id in known.members(of: element, &values, accounts: configuration.order) where !members.contains(id)
                {
                    members.append(id)
                }
                if !isTop { values.diagnostics.removeSubrange(before...) }
                continue
            }
            if path.contains(name) || isTooLong {
                if path.first == name || isTooLong {
                    values.error(
                        .groupCycle, at: element, "the group \(inQuotes(path.first ?? name)) would hold itself",
                        hint: "remove \(inQuotes(name)) here")
                }
                continue
            }
            path.append(name)
            expand(inner.node, written, known, &path, &members, isTop: false)
            path.removeLast()
        }
    }
}
