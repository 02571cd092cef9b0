package import JSON

/// The sidecar `NAME.results.json` of one post: what happened, per account.
package struct Results: Sendable, Hashable {
    /// The version this program reads and writes.
    package static let version = 1

    package var deliveries: [AccountID: DeliveryResult] = [:]
    /// Members that this version does not know, kept as they were.
    package var other: [String: JSON] = [:]
    /// Entries of accounts or states that this version does not know.
    var foreignDeliveries: [String: JSON] = [:]

    package init() {}

    package enum Unreadable: Error, Sendable, Hashable {
        case syntax(JSONError)
        case shape(String)
        case newerVersion(Int)
    }

    package init(parsing bytes: [UInt8]) throws(Unreadable) {
        let json: JSON
        do { json = try JSON(parsing: bytes) } catch { throw .syntax(error) }
        guard var members = json.object else { throw .shape("the file is no JSON object") }
        let version = members.take("version")?.integer ?? Self.version
        guard version <= Self.version else { throw .newerVersion(version) }
        guard let deliveries = members.take("deliveries")?.object else {
            throw .shape("“deliveries” is not an object keyed by account")
        }
        for (name, value) in deliveries {
            if let account = AccountID(name), let result = DeliveryResult(json: value) {
                self.deliveries[account] = result
            } else {
                foreignDeliveries[name] = value
            }
        }
        other = members
    }

    /// The file, byte for byte reproducible (CONTRACT §1.4).
    package var bytes: [UInt8] {
        var members = other
        var entries = foreignDeliveries
        for (account, result) in deliveries { entries[account.description] = result.json }
        members["deliveries"] = .object(entries)
        members["version"] = JSON(Self.version)
        return JSON.object(members).pretty()
    }

    /// Path of the sidecar of a post: the post's name up to its extension.
    package static func path(of post: String) -> String { base(of: post) + ".results.json" }

    package static func base(of post: String) -> String {
        for ending in [".md", ".markdown"] where post.hasSuffix(ending) {
            return String(post.dropLast(ending.utf8.count))
        }
        return post
    }
}
