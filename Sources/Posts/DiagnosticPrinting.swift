package import JSON

extension Diagnostic {
    /// `posts/a.md:4:11: error: unknown account “x/acm”; did you mean “x/acme”? [unknown-account]`, on one line.
    package var line: String {
        let hint = hint.map { "; \($0)" } ?? ""
        return
            "\(place.path.oneLine):\(place.line):\(place.column): \(severity.rawValue): \((message + hint).oneLine) [\(code.rawValue)]"
    }

    /// The shape that `--json` and the HTTP API promise; `hint` is null if there is none.
    package var json: JSON {
        [
            "path": .string(place.path), "line": JSON(place.line), "column": JSON(place.column),
            "endColumn": JSON(place.endColumn), "severity": .string(severity.rawValue), "code": .string(code.rawValue),
            "message": .string(message), "hint": hint.map { .string($0) } ?? .null,
        ]
    }

    /// A workflow command of GitHub Actions, which shows the message at the line of a pull request.
    /// Source: docs.github.com, “Workflow commands for GitHub Actions”; escapes as in actions/toolkit, command.ts.
    package var gitHubAnnotation: String {
        let command =
            switch severity {
            case .error: "error"
            case .warning: "warning"
            case .note: "notice"
            }
        var fields = "file=\(place.path.escapedForProperty),line=\(place.line),col=\(place.column)"
        if place.endColumn > place.column { fields += ",endColumn=\(place.endColumn)" }
        let hint = hint.map { "; \($0)" } ?? ""
        return "::\(command) \(fields),title=\(code.rawValue.escapedForProperty)::\((message + hint).escapedForData)"
    }
}

extension String {
    /// Paths and words of a person may hold line ends and control characters; one message stays one line,
    /// and nothing of it moves a terminal's cursor.
    fileprivate var oneLine: String {
        var line = ""
        for scalar in unicodeScalars {
            line.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return line
    }

    fileprivate var escapedForData: String {
        reduce(into: "") { text, character in
            for scalar in character.unicodeScalars {
                switch scalar {
                case "%": text += "%25"
                case "\r": text += "%0D"
                case "\n": text += "%0A"
                default: text.unicodeScalars.append(scalar)
                }
            }
        }
    }

    fileprivate var escapedForProperty: String {
        escapedForData.reduce(into: "") { text, character in
            switch character {
            case ":": text += "%3A"
            case ",": text += "%2C"
            default: text.append(character)
            }
        }
    }
}
