import Platforms
import Posts

extension Doctor {
    /// Whether the variables are set; whether the network takes them is not asked.
    mutating func look(at account: AccountID) {
        let check = "credentials \(account)"
        guard Catalogue.platform(for: account.network) != nil else {
            return lines.append(
                .warning(check, "\(account.network.title) is not available in this version; its deliveries are held"))
        }
        let credentials = EnvironmentCredentials.load(account, from: environment.variables)
        func missing(_ fields: [String], ofApp: Bool) -> [String] {
            fields.filter { credentials[$0] == nil }
                .map {
                    ofApp
                        ? "SOCIALS_APP_\(account.network.rawValue.uppercased())_\($0)" : account.environmentVariable($0)
                }
        }
        let token = missing(["ACCESS_TOKEN"], ofApp: false)
        guard account.network == .x else {
            return lines.append(
                token.isEmpty
                    ? .ok(check, "a token is set")
                    : .failure(check, "has no token", fix: "set \(token.joined(separator: ", "))"))
        }
        let signing =
            missing(["CONSUMER_KEY", "CONSUMER_SECRET"], ofApp: true) + token
            + missing(["ACCESS_TOKEN_SECRET"], ofApp: false)
        if signing.isEmpty {
            lines.append(.ok(check, "the app's key and the account's token are set"))
        } else if token.isEmpty, credentials["ACCESS_TOKEN_SECRET"] == nil {
            lines.append(
                .warning(
                    check, "an OAuth 2.0 token is set, which lives two hours and is not refreshed",
                    fix: "set \(signing.joined(separator: ", ")) of OAuth 1.0a"))
        } else {
            lines.append(
                .failure(check, "lacks part of its credentials", fix: "set \(signing.joined(separator: ", "))"))
        }
    }

    mutating func lookAtMediaHost(_ workspace: Workspace) {
        let wanting = workspace.configuration.order.first { $0.network == .instagram }
        switch workspace.configuration.mediaHost {
        case .none:
            lines.append(
                wanting.map {
                    .failure(
                        "media-host", "\($0) downloads pictures, and socials.yml names no mediaHost",
                        fix: "write mediaHost: into socials.yml")
                } ?? .ok("media-host", "none, and no account needs one"))
        case .static(let baseURL): lines.append(.ok("media-host", "static: files are expected at \(baseURL)"))
        case .gitRaw(let baseURL):
            let base = baseURL ?? workspace.configuration.repository.flatMap(GitRawMediaHost.baseURL(ofRepository:))
            lines.append(
                base.map { .ok("media-host", "git-raw: \($0)") }
                    ?? .failure(
                        "media-host", "git-raw needs to know where raw files are served",
                        fix: "write baseUrl: or repository: into socials.yml"))
        case .server(let publicURL, let port):
            lines.append(.ok("media-host", "server: port \(port) of this machine must be reachable at \(publicURL)"))
        case .s3(let bucket, let region, _, let endpoint):
            let aws = AWSEnvironment(variables: environment.variables)
            let address = endpoint ?? aws.s3Endpoint
            do throws(PlatformFailure) {
                _ = try aws.keys()
                let region = try aws.region(region)
                lines.append(.ok("media-host", "s3: \(bucket) at \(address ?? region), keys are set"))
            } catch {
                lines.append(.failure("media-host", error.message, fix: error.hint ?? "see mediaHost in socials.yml"))
            }
        }
    }
}
