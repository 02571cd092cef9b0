import YAML

/// What a time without an offset is counted in.
struct Zone {
    let rules: TimeZoneRules
    /// Whether a person named it; without, UTC is taken and `check` says so once.
    let isNamed: Bool
}

extension ValueReader {
    /// A moment out of a written time; nil if it is null, or no time and reported.
    /// `warnsOfDay`: a date alone is worth a warning here. `isUnzoned` becomes true if UTC had to be assumed.
    mutating func instant(
        _ node: YAMLNode, _ name: String, in zone: Zone, warnsOfDay: Bool, isUnzoned: inout Bool
    ) -> Instant? {
        guard isText(node, name) else { return nil }
        let written: WrittenTime
        switch yaml.withBytes(
            of: node, { bytes in Result { () throws(WrittenTime.Invalid) in try WrittenTime(bytes) } })
        {
        case .success(let time): written = time
        case .failure(let invalid):
            error(.badSchedule, at: node, "\(name) \(invalid.message)")
            return nil
        }
        let resolution: TimeZoneRules.Resolution
        switch written.value {
        case .instant(let instant): return instant
        case .local(let date, let second): resolution = zone.rules.resolve(date: date, secondOfDay: second)
        case .day(let date):
            if warnsOfDay {
                warning(
                    .dateOnly, at: node, "\(name) \(shown(node)) has no time; it means the start of that day",
                    hint: "add a time such as 09:00")
            }
            resolution = zone.rules.resolve(date: date, secondOfDay: 0)
        }
        if !zone.isNamed { isUnzoned = true }
        switch resolution {
        case .one(let instant): return instant
        case .gap(let instant):
            warning(
                .scheduleGap, at: node,
                "\(name) \(shown(node)) does not exist, clocks skip it; \(instant.rfc3339) is taken")
            return instant
        case .overlap(let instant):
            warning(
                .scheduleOverlap, at: node,
                "\(name) \(shown(node)) exists twice, clocks are put back; the first, \(instant.rfc3339), is taken",
                hint: "write an offset to choose")
            return instant
        }
    }

    /// The rules of a named zone; nil if it is null, or unknown and reported.
    mutating func zone(_ node: YAMLNode, _ name: String, zones: TimeZones) -> (name: String, rules: TimeZoneRules)? {
        guard let text = text(node, name) else { return nil }
        guard let rules = zones.rules(named: text) else {
            error(
                .badZone, at: node, "\(name) \(inQuotes(text)) is not a time zone",
                hint: "write an IANA name such as Europe/Berlin")
            return nil
        }
        return (text, rules)
    }
}
