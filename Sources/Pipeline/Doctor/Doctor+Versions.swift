import Platforms
import Posts

extension Doctor {
    /// LinkedIn answers a version of its API for a year; then every request fails until another is named.
    mutating func lookAtVersions(_ workspace: Workspace) {
        let used = workspace.configuration.order.compactMap { workspace.configuration.accounts[$0] }
            .filter { $0.id.network == .linkedin }.compactMap(\.linkedInVersion)
        let now = environment.clock.now
        for version in Set(used).sorted() {
            guard let end = LinkedInVersion.end(of: version) else { continue }
            let check = "linkedin-version"
            let fix =
                version == LinkedInRules.version
                ? "update socials-pipeline" : "take version: out of socials.yml, or name a newer one"
            if now >= end {
                lines.append(.failure(check, "\(version) ended on \(end.day)", fix: fix))
            } else if end - now <= Self.notice {
                lines.append(.warning(check, "\(version) ends in \((end - now).words), on \(end.day)", fix: fix))
            } else {
                lines.append(.ok(check, "\(version) is answered until \(end.day) at least"))
            }
        }
    }

    /// How long before its end a version is warned of.
    private static var notice: Duration { .days(60) }
}

extension Instant {
    /// In UTC, `2027-09-17`.
    fileprivate var day: String { String(rfc3339.prefix(10)) }
}
