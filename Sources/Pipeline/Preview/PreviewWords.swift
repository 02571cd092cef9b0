import Posts

/// What the formats of `preview` say alike.
extension MediaFile {
    /// `1600 × 900 px, JPEG, 240 kB`.
    var facts: String {
        if isUnseen { return "not downloaded yet" }
        var facts: [String] = []
        if info.width > 0 { facts.append("\(info.width) × \(info.height) px") }
        if let duration = info.duration { facts.append("\(duration.components.seconds) s") }
        facts.append(info.format.rawValue.uppercased())
        facts.append(info.byteCount < 1000 ? "\(info.byteCount) bytes" : "\((info.byteCount + 500) / 1000) kB")
        return facts.joined(separator: ", ")
    }
}

extension Preview.Delivery {
    /// When, and for how much.
    var facts: String { time + (price.map { ", costs \($0)" } ?? "") }

    private var time: String {
        switch schedule {
        case .at(let moment): moment.rfc3339
        case .now: "at once"
        case nil: "unscheduled"
        }
    }
}

extension Preview.Part {
    /// `120 of 280`.
    var count: String? { length.map { "\($0.used) of \($0.limit)" } }

    /// What the network is told besides words and media, e.g. `replySettings: following`; without the poll.
    var settings: [(key: String, value: String)] {
        step.options.filter { !$0.key.hasPrefix("poll.") }.sorted { $0.key < $1.key }
    }

    var pollOptions: [String] { step.options["poll.options"]?.split(separator: "\n").map(String.init) ?? [] }
    /// `1 day`, `90 minutes`, `three days`; nil without a poll that ends.
    var pollTime: String? {
        if let named = step.options["poll.duration"] { return named.lowercased().replacing("_", with: " ") }
        guard let minutes = step.options["poll.durationMinutes"].flatMap(Int.init) else { return nil }
        let units = [(1440, "day"), (60, "hour")]
        let (length, unit) = units.first { minutes % $0.0 == 0 } ?? (1, "minute")
        return "\(minutes / length) \(unit)\(minutes == length ? "" : "s")"
    }

    var pollQuestion: String? { step.options["poll.question"] }
}

extension Link {
    /// `example.com`, as cards name where they lead.
    var host: String {
        let rest = url.ranges(of: "://").first.map { url[$0.upperBound...] } ?? url[...]
        return String(rest.prefix { !"/?#".contains($0) })
    }
}

extension String {
    /// Without what moves a terminal's cursor or turns the direction of the words around it.
    var printable: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    switch scalar.value {
                    case 0x0A: scalar
                    case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }

    var lines: [String] { split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
}
