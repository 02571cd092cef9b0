import HTTP
import Platforms
import Posts

/// What AWS's own variables say (CONTRACT §3): keys, region, endpoint.
struct AWSEnvironment: Sendable {
    let variables: [String: String]

    private func value(_ names: String...) -> String? {
        names.lazy.compactMap { variables[$0]?.nonEmpty }.first
    }

    /// The environment variables that hold no key.
    var missingKeys: [String] {
        ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].filter { value($0) == nil }
    }

    func keys() throws(PlatformFailure) -> SigV4.Keys {
        guard let id = value("AWS_ACCESS_KEY_ID"), let secret = value("AWS_SECRET_ACCESS_KEY") else {
            throw PlatformFailure(
                .config, scope: .account, code: "media-host.no-credentials", "mediaHost s3 has no keys",
                hint: "set \(missingKeys.joined(separator: " and "))")
        }
        return SigV4.Keys(
            accessKeyID: id, secretAccessKey: Secret(secret), sessionToken: value("AWS_SESSION_TOKEN").map(Secret.init))
    }

    /// - Parameter written: what socials.yml says.
    func region(_ written: String?) throws(PlatformFailure) -> String {
        if let region = written ?? value("AWS_REGION", "AWS_DEFAULT_REGION") { return region }
        throw PlatformFailure(
            .config, scope: .account, code: "media-host.no-region", "mediaHost s3 has no region",
            hint: "write region: at mediaHost in socials.yml, or set AWS_REGION")
    }

    var s3Endpoint: String? { value("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL") }
}
