internal import CYAML

extension YAMLError {
    /// What stopped libyaml, in words for the writer of the file, at the place that has to be mended.
    init(_ parser: yaml_parser_t, in text: YAMLText) {
        let problem = parser.problem.map { String(cString: $0) } ?? "the text ends too early"
        let context = parser.context.map { String(cString: $0) } ?? ""
        switch parser.error {
        case YAML_READER_ERROR:
            self.init(.badCharacter, at: text.mark(ofByte: parser.problem_offset), problem)
        case YAML_MEMORY_ERROR:
            self.init(.limit, at: YAMLMark(line: text.firstLine, column: 1), "there is no memory to read this")
        default:
            let tree = YAMLTree(text: text, limits: YAMLLimits())
            // At the end of a text without a last line end libyaml counts one line too many.
            let end = text.mark(ofByte: text.bytes.count)
            let marks = [parser.problem_mark, parser.context_mark].map { tree.mark($0) }.map {
                $0.line > end.line ? end : $0
            }
            let (place, opening) = (marks[0], marks[1])
            self = Self.syntax(
                problem, context, at: place, opening: context.isEmpty ? place : opening,
                character: text.scalar(at: place))
        }
    }

    private static func syntax(
        _ problem: String, _ context: String, at place: YAMLMark, opening: YAMLMark, character: Unicode.Scalar?
    ) -> YAMLError {
        func error(_ mark: YAMLMark, _ message: String, _ hint: String? = nil) -> YAMLError {
            YAMLError(.syntax, at: mark, message, hint: hint)
        }
        switch problem {
        case "mapping values are not allowed in this context":
            return error(
                place, "a colon and a blank begin a value, and there is none to begin here",
                "put the text in quotes")
        case "found character that cannot start any token" where character == "\t":
            return error(place, "a tab cannot indent", "use blanks")
        case "found character that cannot start any token":
            let sign = character.map { "“\($0)”" } ?? "this character"
            return error(place, "a value cannot begin with \(sign)", "put the text in quotes")
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            return error(place, "a tab cannot indent", "use blanks")
        case "found unexpected end of stream" where context == "while scanning a quoted scalar",
            "found unexpected document indicator" where context == "while scanning a quoted scalar":
            return error(opening, "this quote is never closed", "close it, or write a quote within text twice")
        case "did not find expected <document start>":
            return error(place, "a second YAML document begins here", "keep everything in one")
        case "found unknown escape character", "did not find expected hexdecimal number":
            return error(
                place, "the backslash here begins no known escape",
                "write it twice, or put the text in single quotes")
        case "did not find expected ',' or ']'" where place.line > opening.line:
            return error(opening, "this list is never closed", "add “]”")
        case "did not find expected ',' or '}'" where place.line > opening.line:
            return error(opening, "this mapping is never closed", "add “}”")
        case "did not find expected ',' or ']'": return error(place, "a comma or “]” is missing here")
        case "did not find expected ',' or '}'": return error(place, "a comma or “}” is missing here")
        case "could not find expected ':'":
            return error(
                opening, "a key without a colon", "write “key: value”, or indent it if it goes on the line above")
        case "did not find expected key":
            return error(place, "this line fits neither the lines above nor those around them", "check its indentation")
        case "did not find expected '-' indicator":
            return error(place, "a line of a list must begin with “- ”", "check its indentation")
        case "did not find expected node content", "block sequence entries are not allowed in this context",
            "mapping keys are not allowed in this context":
            return error(place, "no value can begin here", "put the text in quotes")
        default: return error(place, context.isEmpty ? problem : "\(problem) (\(context))")
        }
    }
}

extension YAMLText {
    fileprivate func scalar(at mark: YAMLMark) -> Unicode.Scalar? {
        var (line, column) = (firstLine, 1)
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if line == mark.line, column == mark.column { return scalar }
            if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        return nil
    }
}
