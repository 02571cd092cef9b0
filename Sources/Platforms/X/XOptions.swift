import Posts

/// What X offers for a post besides words and media, under its API's names in camel case.
enum XOptions {
    /// The values for the first part of a thread, or for the others.
    static func values(_ content: Content, onFirstPart isFirst: Bool) -> [String: String] {
        content.options.filter { isFirst || XOptionRules.all[$0.key]?.isOnEveryPart == true }.mapValues(\.value)
    }

    static func check(_ content: Content) -> [Diagnostic] {
        content.options.sorted { $0.key < $1.key }.compactMap(check) + exclusions(content) + companions(content)
    }

    private static func check(_ key: String, _ written: Written<String>) -> Diagnostic? {
        func error(_ message: String, _ hint: String) -> Diagnostic {
            Diagnostic(.error, .badValue, at: written.place, message, hint: hint)
        }
        guard let option = XOptionRules.all[key] else {
            return Diagnostic(
                .error, .notAvailable, at: written.place, "x.\(key) is not available in this version",
                hint: "available are \(XOptionRules.all.keys.sorted().joined(separator: ", "))")
        }
        let value = written.value
        switch option.shape {
        case .flag: return choice(value, of: ["true", "false"]).map { error("x.\(key) is \"\(value)\"", $0) }
        case .oneOf(let choices): return choice(value, of: choices).map { error("x.\(key) is \"\(value)\"", $0) }
        case .id:
            return XSighting.isID(value)
                ? nil : error("x.\(key) is \"\(value)\", which is no id", "write the digits at the end of its address")
        case .ids:
            let wrong = list(value).first { !XSighting.isID($0) }
            if let wrong {
                return error("x.\(key) has \"\(wrong)\", which is no id", "write the digits of the user's id")
            }
            return list(value).count > XOptionRules.mostTagged
                ? error("x.\(key) has more than \(XOptionRules.mostTagged) ids", "leave some out") : nil
        case .text: return value.isEmpty ? error("x.\(key) is empty", "remove it") : nil
        case .choices: return pollFault(lines(value)).map { error("x.poll.options \($0.message)", $0.hint) }
        case .number:
            let range = XOptionRules.shortestPoll...XOptionRules.longestPoll
            return Int(value).map(range.contains) == true
                ? nil : error("x.\(key) is \"\(value)\"", "write \(range.lowerBound) to \(range.upperBound)")
        }
    }

    private static func choice(_ value: String, of choices: [String]) -> String? {
        choices.contains(value)
            ? nil : "write \(choices.dropLast().joined(separator: ", ")) or \(choices.last ?? "")"
    }

    private static func pollFault(_ choices: [String]) -> (message: String, hint: String)? {
        guard (XOptionRules.fewestChoices...XOptionRules.mostChoices).contains(choices.count) else {
            return (
                "has \(choices.count) choices",
                "write \(XOptionRules.fewestChoices) to \(XOptionRules.mostChoices) of them"
            )
        }
        if let long = choices.first(where: { $0.unicodeScalars.count > XOptionRules.longestChoice }) {
            return (
                "has \"\(long)\" of \(long.unicodeScalars.count) characters",
                "X takes \(XOptionRules.longestChoice) in a choice; shorten it"
            )
        }
        return choices.contains("") ? ("has an empty choice", "write something, or leave it out") : nil
    }

    /// Media, a poll, a quote and a card exclude each other, and a card a link to direct messages.
    private static func exclusions(_ content: Content) -> [Diagnostic] {
        var kinds = content.media.first.map { [(name: "media", place: $0.reference.place)] } ?? []
        kinds += XOptionRules.exclusive.compactMap { key in content.options[key].map { (shown(key), $0.place) } }
        var pairs = kinds.dropFirst().map { (first: kinds[0].name, second: $0) }
        if content.options["cardUri"] != nil, let link = content.options["directMessageDeepLink"] {
            pairs.append(("x.cardUri", ("x.directMessageDeepLink", link.place)))
        }
        return pairs.map { pair in
            Diagnostic(
                .error, .notTogether, at: pair.second.place,
                "X shows no post with both \(pair.first) and \(pair.second.name)",
                hint: "remove one of them"
                    + (pair.first == "media" ? ", or put the media into another part of a thread" : ""))
        }
    }

    private static func shown(_ key: String) -> String { "x." + key.prefix { $0 != "." } }

    /// What makes sense only beside something else, or only with a plan.
    private static func companions(_ content: Content) -> [Diagnostic] {
        let options = content.options
        var diagnostics: [Diagnostic] = []
        func need(_ key: String, _ isThere: Bool, _ message: String, _ hint: String) {
            guard let written = options[key], !isThere else { return }
            diagnostics.append(Diagnostic(.error, .badValue, at: written.place, message, hint: hint))
        }
        need(
            "poll.options", options["poll.durationMinutes"] != nil, "x.poll has no durationMinutes",
            "add durationMinutes, \(XOptionRules.shortestPoll) to \(XOptionRules.longestPoll)")
        need("poll.durationMinutes", options["poll.options"] != nil, "x.poll has no options", "add options: [Yes, No]")
        if options["shareWithFollowers"]?.value == "true" {
            need(
                "shareWithFollowers", options["communityId"] != nil, "x.shareWithFollowers is for posts in a community",
                "add communityId, or remove it")
        }
        need(
            "taggedUserIds", !content.media.isEmpty, "x.taggedUserIds names people in pictures, and there is none",
            "add media, or remove it")
        if let quote = options["quoteTweetId"] {
            diagnostics.append(
                Diagnostic(
                    .warning, .needsPlan, at: quote.place,
                    "X lets apps quote a post only with an Enterprise plan, since 2026-04-20",
                    hint: "write the address of the post as the link instead"))
        }
        return diagnostics
    }

    static func list(_ value: String) -> [String] { value.split(separator: ",").map(String.init) }
    static func lines(_ value: String) -> [String] {
        value.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
