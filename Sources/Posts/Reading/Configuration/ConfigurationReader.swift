import YAML

extension Configuration {
    /// Reads socials.yml. nil if an error is among the diagnostics; these are in order of place.
    package static func read(
        _ bytes: [UInt8], path: String = "socials.yml", zones: TimeZones
    ) -> (configuration: Configuration?, diagnostics: [Diagnostic]) {
        do {
            var reader = ConfigurationReader(ValueReader(try YAMLDocument(parsing: bytes), path: path), zones: zones)
            reader.read()
            let diagnostics = reader.values.diagnostics.sorted()
            return (reader.values.hasErrors ? nil : reader.configuration, diagnostics)
        } catch {
            return (nil, [Diagnostic(error, path: path)])
        }
    }
}

/// Fills a configuration out of a document.
struct ConfigurationReader {
    var values: ValueReader
    let zones: TimeZones
    var configuration = Configuration()
    /// Where each account stands.
    var accountKeys: [AccountID: YAMLNode] = [:]

    init(_ values: ValueReader, zones: TimeZones) {
        self.values = values
        self.zones = zones
    }

    /// Visits the values of a mapping by their keys; an unknown key, or one that looks like a secret, is reported.
    mutating func fields(
        of node: YAMLNode, _ owner: String, _ known: [String],
        _ body: (inout ConfigurationReader, String, YAMLNode) -> Void
    ) {
        guard values.isMapping(node, owner) else { return }
        for (key, value) in values.yaml.pairs(of: node) {
            let name = values.yaml.text(of: key)
            if known.contains(name) {
                body(&self, name, value)
            } else if SecretShape.isKey(name) {
                values.error(
                    .secretInFile, at: key, "\(inQuotes(name)) looks like a secret, and this file never holds one",
                    hint: "put it into the environment or the encrypted store, and make a new one if this was pushed")
            } else {
                values.unknownKey(key, in: owner, among: known)
            }
        }
    }

    mutating func read() {
        guard let root = values.yaml.root else { return }
        reportSecrets()
        let pairs = values.yaml.kind(of: root) == .mapping ? Array(values.yaml.pairs(of: root)) : []
        func value(_ name: StaticString, _ yaml: YAMLDocument) -> YAMLNode? {
            pairs.first { yaml.equals($0.key, name) }?.value
        }
        // A newer file may mean something else by every other key.
        if let version = value("version", values.yaml), !isVersion(version) { return }
        // Needed by the others, wherever they stand.
        if let node = value("timeZone", values.yaml), let zone = values.zone(node, "timeZone", zones: zones) {
            (configuration.timeZone, configuration.zone) = (zone.name, zone.rules)
        }
        if let node = value("publishing", values.yaml) { readPublishing(node) }
        if let node = value("accounts", values.yaml) { readAccounts(node) }
        var groups = Groups()
        if let node = value("groups", values.yaml) { groups = readGroups(node) }
        fields(of: root, "socials.yml", Self.keys) { reader, name, node in
            switch name {
            case "posts": reader.readPosts(node)
            case "repository": reader.configuration.repository = reader.values.text(node, name)
            case "branch": reader.configuration.branch = reader.values.text(node, name)
            case "defaults": reader.readDefaults(node, groups)
            case "mediaHost": reader.readMediaHost(node)
            case "credentials": reader.readCredentials(node)
            case "credentialsFolder":
                reader.configuration.credentialsFolder = reader.folder(node, name) ?? ".socials/credentials"
            case "claims": reader.readClaims(node)
            case "commit": reader.readCommit(node)
            default: break
            }
        }
    }

    private static let keys = [
        "version", "timeZone", "posts", "repository", "branch", "accounts", "groups", "defaults", "publishing",
        "mediaHost",
        "credentials", "credentialsFolder", "claims", "commit",
    ]

    private mutating func isVersion(_ node: YAMLNode) -> Bool {
        guard let version = values.number(node, "version", in: 1...Int.max) else { return !values.hasErrors }
        guard version > 1 else { return true }
        values.error(
            .newerVersion, at: node, "version \(version) is newer than this program, which knows version 1",
            hint: "update socials-pipeline")
        return false
    }

    private mutating func reportSecrets() {
        for node in values.yaml.scalars where SecretShape.isValue(values.yaml.text(of: node)) {
            values.error(
                .secretInFile, at: node, "this value looks like a secret, and this file never holds one",
                hint: "put it into the environment or the encrypted store, and make a new one if this was pushed")
        }
    }

    private mutating func readPosts(_ node: YAMLNode) {
        var folders: [String] = []
        values.forEachText(node, "posts") { values, element in
            if let folder = values.folder(element, "posts") { folders.append(folder) }
        }
        if !folders.isEmpty { configuration.posts = folders }
    }

    private mutating func folder(_ node: YAMLNode, _ name: String) -> String? { values.folder(node, name) }

    private mutating func readDefaults(_ node: YAMLNode, _ groups: Groups) {
        fields(of: node, "defaults", ["accounts"]) { reader, _, node in
            var members: [AccountID] = []
            reader.values.forEachText(node, "accounts") { values, element in
                for id in groups.members(of: element, &values, accounts: reader.configuration.order)
                where !members.contains(id) {
                    members.append(id)
                }
            }
            reader.configuration.defaultAccounts = members
        }
    }
}

extension ValueReader {
    /// A folder inside the repository, without slashes at its ends; `.` is the repository itself, an empty path.
    mutating func folder(_ node: YAMLNode, _ name: String) -> String? {
        guard let text = text(node, name) else { return nil }
        if text.allSatisfy({ $0 == "." || $0 == "/" }), !text.contains("..") { return "" }
        guard case .inside(let folder) = MediaPath(text, inPostAt: "") else {
            error(.badValue, at: node, "\(name): \(inQuotes(text)) is no folder of the repository")
            return nil
        }
        return folder
    }
}
