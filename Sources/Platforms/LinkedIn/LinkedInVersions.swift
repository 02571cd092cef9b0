package import Posts

/// A monthly version of LinkedIn's API.
package struct LinkedInVersion: Sendable, Hashable {
    /// YYYYMM.
    package let name: String
    /// From this moment on it is answered with 426.
    package let end: Instant

    /// When a version ends, by the table or by its month; nil for what is no YYYYMM.
    package static func end(of name: String) -> Instant? {
        LinkedInRules.versions.first { $0.name == name }?.end ?? endByMonth(name)
    }

    /// A version is answered for a year at least; 202508 was to end on 17 August 2026, a year later to the month.
    static func endByMonth(_ name: String) -> Instant? {
        guard name.utf8.count == 6, let number = Int(name), number > 0,
            let day = CalendarDate(year: number / 100 + 1, month: number % 100, day: 17)
        else { return nil }
        return Instant(seconds: day.daysSince1970 * 86_400)
    }
}

extension LinkedInRules {
    /// The version that requests name unless the account has one of its own. Current in autumn 2026.
    package static let version = "202609"

    /// Known ends. The page of the Comments API announces that of 202508, read 2026-11-23; 202609 is promised until
    /// September 2027 at least, which the day of 202508 makes the 17th.
    package static let versions: [LinkedInVersion] = [
        LinkedInVersion(name: "202508", end: Instant(seconds: 1_786_924_800)),
        LinkedInVersion(name: "202609", end: Instant(seconds: 1_821_139_200)),
    ]
}

extension Account {
    /// What `LinkedIn-Version` says; nil for the older API, which has no versions.
    package var linkedInVersion: String? {
        switch api {
        case .rest: version ?? LinkedInRules.version
        case .legacy: nil
        }
    }
}
