import Posts

/// The keys of LinkedIn's own API that a post may write.
enum LinkedInOptions {
    /// Whether a key belongs to something that is shown instead of media and cards.
    static func standsAlone(_ key: String) -> Bool { key.hasPrefix("poll.") || key == "reshareContext.parent" }

    /// The options as the step gets them, and what is wrong with them.
    static func options(of content: Content, _ diagnostics: inout [Diagnostic]) -> [String: String] {
        var check = OptionCheck(account: content.account, options: content.options)
        check.run()
        diagnostics += check.diagnostics
        return check.taken
    }
}

/// One pass over the options of a post.
private struct OptionCheck {
    let account: Account
    let options: [String: Written<String>]
    var diagnostics: [Diagnostic] = []
    var taken: [String: String] = [:]

    init(account: Account, options: [String: Written<String>]) {
        self.account = account
        self.options = options
    }

    mutating func run() {
        for (key, option) in options.sorted(by: { $0.key < $1.key }) {
            let name = key.split(separator: ".").first.map(String.init) ?? key
            guard LinkedInRules.options.contains(name) else {
                error(
                    .notAvailable, option, "\(key) is not available on LinkedIn",
                    hint: "available are \(LinkedInRules.options.joined(separator: ", "))")
                continue
            }
            guard account.api == .rest || LinkedInLegacyRules.options.contains(name) else {
                error(
                    .notAvailable, option, "\(key) is not available in LinkedIn's older API",
                    hint: "take api: legacy out of \(account.id) if its app may use the newer one")
                continue
            }
            taken[key] = option.value
            check(key, option)
        }
        checkPoll()
    }

    private mutating func check(_ key: String, _ option: Written<String>) {
        switch key {
        case "visibility": checkVisibility(option)
        case "feedDistribution":
            if !["MAIN_FEED", "NONE"].contains(option.value) {
                error(.badValue, option, "feedDistribution \"\(option.value)\" is neither MAIN_FEED nor NONE")
            } else if option.value == "NONE", !account.isOrganization {
                error(
                    .badValue, option, "feedDistribution \"NONE\" is for pages, \(account.id) is a member",
                    hint: "write MAIN_FEED, or take it out")
            }
        case "isReshareDisabledByAuthor":
            if !["true", "false"].contains(option.value) {
                error(.badValue, option, "\(key) \"\(option.value)\" is neither true nor false")
            }
        case "reshareContext.parent": checkParent(option)
        default: break
        }
    }

    private mutating func checkVisibility(_ option: Written<String>) {
        let known = account.api == .legacy ? LinkedInLegacyRules.visibilities : LinkedInRules.visibilities
        if !known.contains(option.value) {
            error(
                .badValue, option, "visibility \"\(option.value)\" is none of \(known.joined(separator: ", "))")
        } else if option.value == "CONNECTIONS", account.isOrganization {
            error(
                .badValue, option, "visibility \"CONNECTIONS\" is for members, \(account.id) is a page",
                hint: "write \(known.filter { $0 != "CONNECTIONS" }.joined(separator: " or "))")
        }
    }

    private mutating func checkParent(_ option: Written<String>) {
        guard let parent = LinkedInPlatform.sighting(option.value)?.id else {
            return error(
                .badValue, option, "reshareContext.parent \"\(option.value)\" is no post of LinkedIn",
                hint: "write \(LinkedInPlatform.sightingForms)")
        }
        taken["reshareContext.parent"] = parent
        if let poll = options.keys.sorted().first(where: { $0.hasPrefix("poll.") }).flatMap({ options[$0] }) {
            error(.badValue, poll, "a post that is shared again has no poll", hint: "keep one of them")
        }
    }

    private mutating func checkPoll() {
        guard account.api == .rest,
            let place = options.filter({ $0.key.hasPrefix("poll.") }).min(by: { $0.key < $1.key })
        else { return }
        for field in ["question", "options", "duration"] where options["poll.\(field)"] == nil {
            error(.badValue, place.value, "the poll has no \(field)", hint: "add \(field): to poll:")
        }
        if let question = options["poll.question"] { checkLength(question, "question", LinkedInRules.longestQuestion) }
        guard let written = options["poll.options"] else { return }
        let answers = written.value.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if !LinkedInRules.pollOptions.contains(answers.count) {
            error(.badValue, written, "the poll has \(answers.count) options, LinkedIn takes 2 to 4")
        }
        for answer in answers { checkLength(Written(answer, at: written.place), "option", LinkedInRules.longestOption) }
        if Set(answers).count < answers.count {
            error(.badValue, written, "two options of the poll are the same", hint: "change one of them")
        }
    }

    private mutating func checkLength(_ text: Written<String>, _ what: String, _ limit: Int) {
        let used = LinkedInText.length(text.value)
        if text.value.allSatisfy(\.isWhitespace) {
            error(.badValue, text, "an empty \(what) of a poll is refused by LinkedIn", hint: "write some words")
        } else if used > limit {
            let shown = text.value.count > 40 ? text.value.prefix(39) + "…" : text.value
            error(
                .textTooLong, text, "the poll's \(what) \"\(shown)\" has \(used) characters, LinkedIn takes \(limit)",
                hint: "take out \(used - limit)")
        }
    }

    private mutating func error(
        _ code: DiagnosticCode, _ option: Written<String>, _ message: String, hint: String? = nil
    ) {
        diagnostics.append(Diagnostic(.error, code, at: option.place, message, hint: hint))
    }
}
