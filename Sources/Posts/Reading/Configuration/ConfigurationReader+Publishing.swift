import YAML

extension ConfigurationReader {
    mutating func readPublishing(_ node: YAMLNode) {
        let known = [
            "maxLateness", "giveUpAfter", "maxPerRun", "maxPerDay", "minGap", "retries", "concurrency", "wait",
        ]
        fields(of: node, "publishing", known) { reader, name, value in
            switch name {
            case "maxLateness": reader.set(\.publishing.maxLateness, reader.duration(value, name))
            case "giveUpAfter": reader.set(\.publishing.giveUpAfter, reader.duration(value, name))
            case "wait": reader.set(\.publishing.wait, reader.duration(value, name))
            case "retries": reader.set(\.publishing.retries, reader.values.number(value, name, in: 0...100))
            case "concurrency": reader.set(\.publishing.concurrency, reader.values.number(value, name, in: 1...64))
            case "maxPerRun", "maxPerDay", "minGap":
                var limits = reader.configuration.publishing.limits
                reader.readLimit(name, value, &limits)
                reader.configuration.publishing.limits = limits
            default: break
            }
        }
    }

    mutating func readLimit(_ name: String, _ node: YAMLNode, _ limits: inout Account.Limits) {
        switch name {
        case "maxPerRun": limits.maxPerRun = values.number(node, name, in: 0...Int.max) ?? limits.maxPerRun
        case "maxPerDay": limits.maxPerDay = values.number(node, name, in: 0...Int.max) ?? limits.maxPerDay
        default: limits.minGap = duration(node, name) ?? limits.minGap
        }
    }

    mutating func set<Value>(_ field: WritableKeyPath<Configuration, Value>, _ value: Value?) {
        if let value { configuration[keyPath: field] = value }
    }

    /// `90s 15m 24h 7d`: up to six digits and a unit, so that no sum of durations can overflow.
    mutating func duration(_ node: YAMLNode, _ name: String) -> Duration? {
        guard let text = values.text(node, name) else { return nil }
        let digits = text.utf8.dropLast()
        let isNumber = (1...6).contains(digits.count) && digits.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
        if isNumber, let count = Int64(text.dropLast()) {
            switch text.utf8.last {
            case UInt8(ascii: "s"): return .seconds(count)
            case UInt8(ascii: "m"): return .minutes(count)
            case UInt8(ascii: "h"): return .hours(count)
            case UInt8(ascii: "d"): return .days(count)
            default: break
            }
        }
        values.error(
            .badDuration, at: node, "\(name): \(inQuotes(text)) is not a duration",
            hint: "write a number and s, m, h or d, such as 90s, 15m, 24h or 7d")
        return nil
    }

    mutating func readMediaHost(_ node: YAMLNode) {
        // `mediaHost: none` for short.
        if values.yaml.kind(of: node) == .scalar, values.yaml.equals(node, "none") { return }
        var (kind, kindNode): (String?, YAMLNode?)
        for (key, value) in values.yaml.pairs(of: node) where values.yaml.equals(key, "kind") {
            (kind, kindNode) = (values.text(value, "kind"), value)
        }
        let keys: [String]
        switch kind {
        case "none": keys = []
        case "static", "git-raw": keys = ["baseUrl"]
        case "server": keys = ["publicUrl", "port"]
        case "s3": keys = ["bucket", "region", "prefix", "endpoint"]
        default:
            guard values.isMapping(node, "mediaHost") else { return }
            let known = ["none", "static", "git-raw", "server", "s3"]
            let hint = kind.flatMap { nearest($0, among: known) }.map { "did you mean \(inQuotes($0))?" }
            values.error(
                .badValue, at: kindNode ?? node,
                kind.map { "kind cannot be \(inQuotes($0))" } ?? "mediaHost has no kind",
                hint: hint ?? "write one of \(known.joined(separator: ", "))")
            return
        }
        var found: [String: String] = [:]
        var port = 8000
        fields(of: node, "mediaHost", ["kind"] + keys) { reader, name, value in
            switch name {
            case "kind": break
            case "port": port = reader.values.number(value, name, in: 1...65535) ?? port
            case "baseUrl", "publicUrl", "endpoint": found[name] = reader.address(value, name)
            default: found[name] = reader.values.text(value, name)
            }
        }
        func needed(_ name: String) -> String {
            if found[name] == nil, !values.has(name, in: node) {
                values.error(.badValue, at: node, "a mediaHost of kind \(kind ?? "") needs \(name)")
            }
            return found[name] ?? ""
        }
        switch kind {
        case "static": configuration.mediaHost = .static(baseURL: needed("baseUrl"))
        case "git-raw": configuration.mediaHost = .gitRaw(baseURL: found["baseUrl"])
        case "server": configuration.mediaHost = .server(publicURL: needed("publicUrl"), port: port)
        case "s3":
            configuration.mediaHost = .s3(
                bucket: needed("bucket"), region: found["region"], prefix: found["prefix"] ?? "",
                endpoint: found["endpoint"])
        default: configuration.mediaHost = .none
        }
    }

    mutating func readCredentials(_ node: YAMLNode) {
        var (stores, all) = ([Configuration.CredentialStore](), Configuration.CredentialStore.allCases)
        var nodes: [YAMLNode] = []
        values.forEachText(node, "credentials") { _, element in nodes.append(element) }
        for node in nodes {
            if let store = choice(node, "credentials", of: all) {
                stores.append(store)
                all.removeAll { $0 == store }
            }
        }
        if !stores.isEmpty { configuration.credentials = stores }
    }

    mutating func readClaims(_ node: YAMLNode) {
        fields(of: node, "claims", ["ref", "lease"]) { reader, name, value in
            switch name {
            case "ref":
                guard let ref = reader.values.text(value, name) else { return }
                guard ref.hasPrefix("refs/"), ref.utf8.count > 5, !ref.contains(where: { $0.isWhitespace }),
                    !ref.contains("..")
                else {
                    reader.values.error(
                        .badValue, at: value, "ref \(inQuotes(ref)) is not the full name of a ref",
                        hint: "write refs/socials/claims")
                    return
                }
                reader.configuration.claims.ref = ref
            default:
                guard let lease = reader.duration(value, name) else { return }
                // A request may take two minutes, clocks may differ by two, and a lease is renewed when a third is left.
                guard lease >= .minutes(6) else {
                    reader.values.error(.badDuration, at: value, "lease must be 6m or more", hint: "write 15m")
                    return
                }
                reader.configuration.claims.lease = lease
            }
        }
    }

    mutating func readCommit(_ node: YAMLNode) {
        fields(of: node, "commit", ["name", "email", "message", "branch", "sign"]) { reader, name, value in
            switch name {
            case "name": reader.set(\.commit.name, reader.values.text(value, name))
            case "email": reader.set(\.commit.email, reader.values.text(value, name))
            case "message": reader.set(\.commit.message, reader.values.text(value, name))
            case "branch": reader.configuration.commit.branch = reader.values.text(value, name)
            default: reader.configuration.commit.sign = reader.values.flag(value, name)
            }
        }
    }
}
