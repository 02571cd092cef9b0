import HTTP

/// Where the objects of a bucket are.
struct S3Bucket: Sendable, Hashable {
    /// `https://host`, without a slash behind.
    let base: String
    /// As in a `Host` header.
    let host: String
    /// In front of each key: empty, or the bucket's name.
    private let folder: String

    /// nil if the endpoint is no address.
    /// - Parameter endpoint: of another service than Amazon's; the bucket's name is then part of the path.
    init?(_ bucket: String, region: String, endpoint: String?) {
        if let endpoint {
            guard let parts = URLParts(endpoint) else { return nil }
            host = parts.authority
            base = "\(parts.scheme.rawValue)://\(host)"
            let path = parts.target.prefix { $0 != "?" }
            folder = (path.hasSuffix("/") ? path.dropLast() : path) + "/" + percentEncoded(bucket)
            return
        }
        // China is a partition of its own.
        let domain = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        // The certificate covers one label in front of the service.
        if bucket.contains(".") {
            (host, folder) = ("s3.\(region).\(domain)", "/" + percentEncoded(bucket))
        } else {
            (host, folder) = ("\(bucket).s3.\(region).\(domain)", "")
        }
        base = "https://" + host
    }

    /// Percent-encoded, as it is sent and signed.
    func path(of key: String) -> String {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false).map { percentEncoded(String($0)) }
        return folder + "/" + parts.joined(separator: "/")
    }
}
