/// Which monthly versions LinkedIn serves, and until when.
///
/// Each lives a year; LinkedIn announced 2026-08-17 for 202508, so the seventeenth of the same month a year later is
/// taken for all. 202609 is the newest that is known.
struct LinkedInVersions: Codable, Sendable {
    /// Version to the moment at which it is switched off.
    var ends: [String: Moment]

    init() {
        let known = [
            "202508", "202509", "202510", "202511", "202512", "202601", "202602", "202603", "202604", "202605",
            "202606", "202607", "202608", "202609",
        ]
        ends = Dictionary(uniqueKeysWithValues: known.map { ($0, Self.usualEnd($0)) })
    }

    func isServed(_ version: String, at now: Moment) -> Bool { ends[version].map { now < $0 } ?? false }

    private static func usualEnd(_ version: String) -> Moment {
        let year = (Int(version.prefix(4)) ?? 0) + 1
        return Moment(rfc3339: "\(year)-\(version.suffix(2))-17T00:00:00Z") ?? Moment(seconds: 0)
    }
}
