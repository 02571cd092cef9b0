import JSON
import Posts

extension InstagramText {
    /// The options that go to the network; `kind` is decided by the media.
    static func options(of content: Content, _ diagnostics: inout [Diagnostic]) -> [String: String] {
        var options: [String: String] = [:]
        for (key, option) in content.options.sorted(by: { $0.key < $1.key }) {
            switch key {
            case "kind":
                if let problem = problem(withKind: option, of: content) { diagnostics.append(problem) }
            case "collaborators":
                if let problem = problem(withCollaborators: option) { diagnostics.append(problem) }
                options[key] = names(in: option.value).joined(separator: ",")
            case "locationId":
                if option.value.isEmpty
                    || !option.value.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
                {
                    diagnostics.append(
                        Diagnostic(
                            .error, .badValue, at: option.place, "locationId \"\(option.value)\" is no id",
                            hint: "write the digits of the id of the place's Facebook page"))
                }
                options[key] = option.value
            default:
                diagnostics.append(
                    Diagnostic(
                        .error, .notAvailable, at: option.place, "\(key) is not available on Instagram",
                        hint: "available are \(InstagramRules.options.joined(separator: ", "))"))
            }
        }
        return options
    }

    /// Names from a list, written as JSON or with commas or blanks between; an `@` in front is dropped.
    static func names(in text: String) -> [String] {
        let written =
            (try? JSON(parsing: text))?.array?.compactMap(\.string)
            ?? text.split { $0 == "," || $0.isWhitespace }.map(String.init)
        return written.map { $0.hasPrefix("@") ? String($0.dropFirst()) : $0 }.filter { !$0.isEmpty }
    }

    private static func problem(withKind kind: Written<String>, of content: Content) -> Diagnostic? {
        switch kind.value {
        case "feed": nil
        case "carousel":
            content.media.count > 1
                ? nil
                : Diagnostic(
                    .error, .mediaCount, at: kind.place, "a carousel has at least 2 images",
                    hint: "leave kind: out; two images or more are a carousel")
        case "reel", "story":
            Diagnostic(.error, .notAvailable, at: kind.place, "kind \"\(kind.value)\" is not available yet")
        default:
            Diagnostic(
                .error, .badValue, at: kind.place, "kind \"\(kind.value)\" is none of feed, carousel, reel, story")
        }
    }

    private static func problem(withCollaborators option: Written<String>) -> Diagnostic? {
        let (names, most) = (names(in: option.value), InstagramRules.mostCollaborators)
        if names.count > most {
            return Diagnostic(
                .error, .badValue, at: option.place, "there are \(names.count) collaborators, Instagram takes \(most)")
        }
        let bad = names.first { !$0.unicodeScalars.allSatisfy { $0.isASCII && ($0.isOfWord || $0 == ".") } }
        return bad.map {
            Diagnostic(.error, .badValue, at: option.place, "the collaborator \"\($0)\" is no user name of Instagram")
        }
    }
}
