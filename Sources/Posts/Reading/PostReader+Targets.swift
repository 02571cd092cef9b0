import YAML

extension PostReader {
    /// The accounts a post goes to, each with its schedule.
    func targets(_ fields: PostFields, of post: Post, _ reader: inout ValueReader) -> [Post.Target] {
        let before = reader.diagnostics.count
        let places = places(fields, of: post, &reader)
        // With a slip in its name an account is missing only by mistake.
        if reader.diagnostics.count == before { warnOfUnused(fields, places, &reader) }
        var targets: [Post.Target] = []
        targets.reserveCapacity(places.count)
        for place in places {
            let account = names.accounts[place].id
            var (schedule, skips) = (post.schedule, false)
            // The network's first, so that the account's wins.
            for isAccount in [false, true] where !fields.overrides.isEmpty {
                for index in fields.overrides.indices {
                    let applies =
                        switch fields.overrides[index].scope {
                        case .network(let network): !isAccount && network == account.network
                        case .account(let other): isAccount && other == place
                        }
                    guard applies else { continue }
                    if fields.overrides[index].scheduleNode != nil { schedule = fields.overrides[index].schedule }
                    if let skip = fields.overrides[index].skip { skips = skip }
                }
            }
            if !skips { targets.append(Post.Target(account: account, schedule: schedule)) }
        }
        return targets
    }

    /// Places in `names.accounts`, as a set in first-seen order.
    private func places(_ fields: PostFields, of post: Post, _ reader: inout ValueReader) -> [Int] {
        guard let node = fields.accounts else {
            if names.defaults.isEmpty {
                let place = Diagnostic.Place(path: reader.path, line: 1, column: 1, endColumn: 4)
                reader.diagnostics.append(
                    Diagnostic(
                        post.schedule != nil ? .error : .warning, .noAccounts, at: place,
                        "the post names no accounts, and socials.yml has no defaults",
                        hint: "add “accounts: [network/name]”"))
            }
            return names.defaults
        }
        var places: [Int] = []
        let errors = reader.diagnostics.count
        func add(_ place: Int) { if !places.contains(place) { places.append(place) } }
        reader.forEachText(node, "accounts") { reader, element in
            switch reader.yaml.withBytes(of: element, { names[$0] }) {
            case .account(let place): add(place)
            case .group(let members): members.forEach(add)
            case nil:
                let fault = names.fault(reader.yaml.text(of: element))
                reader.error(fault.code, at: element, fault.message, hint: fault.hint)
            }
        }
        if places.isEmpty, reader.diagnostics.count == errors, !post.isDraft {
            reader.error(
                .noAccounts, at: node, "accounts is empty",
                hint: "remove the line to use the defaults, or write “draft: true” to publish nowhere")
        }
        return places
    }

    private func warnOfUnused(_ fields: PostFields, _ places: [Int], _ reader: inout ValueReader) {
        for index in fields.overrides.indices {
            guard case .account(let place) = fields.overrides[index].scope, !places.contains(place) else { continue }
            let name = names.accounts[place].id.description
            reader.warning(
                .unusedOverride, at: fields.overrides[index].key, "the post does not go to \(inQuotes(name))",
                hint: "add it to accounts, or remove this")
        }
    }
}
