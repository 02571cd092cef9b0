import HTTP
package import Platforms
package import Posts

/// Credentials out of environment variables: the account's own, over those of its app (CONTRACT §3).
package enum EnvironmentCredentials {
    package static func load(_ account: AccountID, from variables: [String: String]) -> Credentials {
        let appPrefix = "SOCIALS_APP_\(account.network.rawValue.uppercased())_"
        let accountPrefix = account.environmentVariable("")
        var fields: [String: Secret] = [:]
        for prefix in [appPrefix, accountPrefix] {
            for (name, value) in variables where name.hasPrefix(prefix) && !value.isEmpty {
                fields[String(name.dropFirst(prefix.count))] = Secret(value)
            }
        }
        return Credentials(fields)
    }
}
