import Synchronization

/// The zones of this machine by their IANA names, each read once.
///
/// Every thread may ask; a known zone costs one lock and one look-up. Who resolves many times in a row keeps the rules.
package final class TimeZones: Sendable {
    /// Gets the TZif bytes for a name that `isName` holds for, nil if there is no such file. Any thread, repeatedly.
    package typealias Loader = @Sendable (_ name: String) -> [UInt8]?

    private let load: Loader
    /// nil for names that were looked for in vain.
    private let known: Mutex<[String: TimeZoneRules?]>

    package init(loader: @escaping Loader) {
        load = loader
        known = Mutex(["UTC": .utc, "Etc/UTC": .utc])
    }

    /// nil if there is no such zone or its file cannot be read. `UTC` needs no file.
    package func rules(named name: String) -> TimeZoneRules? {
        if let answer = known.withLock({ $0[name] }) { return answer }
        // Read outside the lock: two threads may read the same file, and none waits for another's disk.
        let rules = Self.isName(name) ? load(name).flatMap(TimeZoneRules.init(tzif:)) : nil
        known.withLock { $0[name] = .some(rules) }
        return rules
    }

    /// Whether a name has the form of an IANA name, and so may become part of a path below the zone folder.
    package static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isFormed = parts.allSatisfy { part in
            guard let first = part.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else { return false }
            return part.allSatisfy { byte in
                (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || "_+-".utf8.contains(byte)
            }
        }
        // Zone folders also hold the machine's own choice, and copies that count leap seconds.
        let isForeign =
            ["localtime", "posixrules"].contains(name) || name.hasPrefix("right/") || name.hasPrefix("posix/")
        return isFormed && !isForeign && name.utf8.count <= 100
    }
}
