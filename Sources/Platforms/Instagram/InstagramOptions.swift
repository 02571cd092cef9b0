import JSON
import Posts

/// Instagram's own keys of a post.
enum InstagramOptions {
    /// Those that go to the network, as it takes them; `kind` only where the media do not decide it.
    static func read(_ content: Content, _ kind: InstagramKind, _ diagnostics: inout [Diagnostic]) -> [String: String] {
        var options: [String: String] = [:]
        func refuse(_ option: Written<String>, _ code: DiagnosticCode, _ message: String, hint: String? = nil) {
            diagnostics.append(Diagnostic(.error, code, at: option.place, message, hint: hint))
        }
        for (key, option) in content.options.sorted(by: { $0.key < $1.key }) {
            switch key {
            case "kind":
                if let problem = problem(withKind: option, of: content) { diagnostics.append(problem) }
                if kind == .story { options[key] = kind.name }
            case "collaborators":
                if kind == .story { refuse(option, .badValue, "a story has no collaborators") }
                if let problem = problem(withCollaborators: option) { refuse(option, .badValue, problem) }
                options[key] = names(in: option.value).joined(separator: ",")
            case "locationId":
                if option.value.isEmpty || !option.value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                    refuse(
                        option, .badValue, "locationId \"\(option.value)\" is no id",
                        hint: "write the digits of the id of the place's Facebook page")
                }
                options[key] = option.value
            case "audioName", "shareToFeed", "thumbOffset", "trialParams.graduationStrategy":
                if kind != .reel {
                    let name = key.split(separator: ".").first.map(String.init) ?? key
                    refuse(option, .badValue, "\(name) is for reels, and this is a \(kind.name) post")
                }
                options[key] = option.value
            case "isAiGenerated":
                if option.value == "true" { options[key] = option.value }
            case _ where key.hasPrefix(InstagramUserTag.prefix): options[key] = option.value
            default:
                refuse(
                    option, .notAvailable, "\(key) is not available on Instagram",
                    hint: "available are \(InstagramRules.options.joined(separator: ", "))")
            }
        }
        if let offset = content.options["thumbOffset"] { checkOffset(offset, content, &diagnostics) }
        InstagramUserTag.check(content, kind, &diagnostics)
        return options
    }

    /// Names from a list, written as JSON or with commas or blanks between; an `@` in front is dropped.
    static func names(in text: String) -> [String] {
        let written =
            (try? JSON(parsing: text))?.array?.compactMap(\.string)
            ?? text.split { $0 == "," || $0.isWhitespace }.map(String.init)
        return written.map { $0.hasPrefix("@") ? String($0.dropFirst()) : $0 }.filter { !$0.isEmpty }
    }

    static func isName(_ text: String) -> Bool {
        (1...InstagramRules.longestUserName).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { $0.isASCII && ($0.isOfWord || $0 == ".") }
    }
}

extension InstagramOptions {
    private static func problem(withKind kind: Written<String>, of content: Content) -> Diagnostic? {
        func problem(
            _ code: DiagnosticCode, _ message: String, hint: String? = nil, _ severity: Diagnostic.Severity = .error
        ) -> Diagnostic { Diagnostic(severity, code, at: kind.place, message, hint: hint) }
        // What a post without media lacks is said once.
        guard let first = content.media.first else { return nil }
        let count = content.media.count
        switch kind.value {
        case InstagramKind.story.name: return nil
        case InstagramKind.picture.name:
            guard count == 1, first.info.isVideo else { return nil }
            return problem(
                .badValue, "Instagram shows a single video as a reel, in the feed too", hint: "write kind: reel",
                .warning)
        case InstagramKind.carousel.name:
            guard count < 2 else { return nil }
            return problem(
                .mediaCount, "a carousel has at least 2 pictures or videos",
                hint: "leave kind: out; two or more are a carousel")
        case InstagramKind.reel.name:
            if count > 1 { return problem(.mediaCount, "a reel is one video, and the post shows \(count) files") }
            if !first.info.isVideo { return problem(.mediaFormat, "a reel is a video, and \(first.path) is none") }
            return nil
        default: return problem(.badValue, "kind \"\(kind.value)\" is none of feed, carousel, reel, story")
        }
    }

    private static func problem(withCollaborators option: Written<String>) -> String? {
        let (names, most) = (names(in: option.value), InstagramRules.mostCollaborators)
        if names.count > most { return "there are \(names.count) collaborators, Instagram takes \(most)" }
        return names.first { !isName($0) }.map { "the collaborator \"\($0)\" is no user name of Instagram" }
    }

    private static func checkOffset(
        _ offset: Written<String>, _ content: Content, _ diagnostics: inout [Diagnostic]
    ) {
        guard let video = content.media.first else { return }
        if video.thumbnail != nil {
            diagnostics.append(
                Diagnostic(
                    .warning, .badValue, at: offset.place, "the thumbnail of \(video.path) hides thumbOffset",
                    hint: "leave one of them out"))
        }
        if let duration = video.info.duration, let offset = Int(offset.value), .milliseconds(offset) > duration {
            diagnostics.append(
                Diagnostic(
                    .error, .badValue, at: content.options["thumbOffset"]?.place ?? content.place,
                    "thumbOffset \(offset) ms lies behind the end of \(video.path), which takes \(duration)"))
        }
    }
}
