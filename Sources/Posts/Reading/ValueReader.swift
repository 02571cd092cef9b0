import YAML

/// Reads typed values out of a YAML document and collects what is wrong with them.
///
/// What a scalar is, the field decides, never its looks: a title `2026-01-01` is text, `012` is text, and `no` is no boolean.
struct ValueReader {
    let yaml: YAMLDocument
    let path: String
    var diagnostics: [Diagnostic] = []

    init(_ yaml: YAMLDocument, path: String) {
        self.yaml = yaml
        self.path = path
        for problem in yaml.problems { diagnostics.append(Diagnostic(problem, path: path)) }
    }

    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    func place(of node: YAMLNode) -> Diagnostic.Place { Diagnostic.Place(yaml.mark(of: node), path: path) }

    mutating func error(_ code: DiagnosticCode, at node: YAMLNode, _ message: String, hint: String? = nil) {
        diagnostics.append(Diagnostic(.error, code, at: place(of: node), message, hint: hint))
    }

    mutating func warning(_ code: DiagnosticCode, at node: YAMLNode, _ message: String, hint: String? = nil) {
        diagnostics.append(Diagnostic(.warning, code, at: place(of: node), message, hint: hint))
    }

    /// nil if it is null, or not a boolean and reported.
    mutating func flag(_ node: YAMLNode, _ name: String) -> Bool? {
        if let value = yaml.bool(of: node) { return value }
        guard !yaml.isNull(node) else { return nil }
        let hint = flagMeant(node).map { "write \($0) without quotes" }
        error(.wrongType, at: node, "\(name) must be true or false, not \(shown(node))", hint: hint)
        return nil
    }

    /// What a word of YAML 1.1, or a quoted boolean, was meant to be.
    func flagMeant(_ node: YAMLNode) -> Bool? {
        guard yaml.kind(of: node) == .scalar else { return nil }
        switch yaml.text(of: node).lowercased() {
        case "true", "yes", "on", "y": return true
        case "false", "no", "off", "n": return false
        default: return nil
        }
    }

    /// nil if it is null, or not a scalar and reported. A number, a date or a boolean is the text it was written with.
    mutating func text(_ node: YAMLNode, _ name: String) -> String? {
        isText(node, name) ? yaml.text(of: node) : nil
    }

    /// As `text`, without making it.
    mutating func isText(_ node: YAMLNode, _ name: String) -> Bool {
        guard yaml.kind(of: node) == .scalar else {
            error(.wrongType, at: node, "\(name) must be text, not \(shown(node))")
            return false
        }
        return !yaml.isNull(node)
    }

    /// Whole decimal digits, unquoted; nil if null, or out of range and reported.
    mutating func number(_ node: YAMLNode, _ name: String, in range: ClosedRange<Int>) -> Int? {
        guard !yaml.isNull(node) else { return nil }
        guard yaml.kind(of: node) == .scalar, yaml.style(of: node) == .plain,
            let number = Int(yaml.text(of: node)), range.contains(number)
        else {
            let wanted =
                range.upperBound == .max
                ? "\(range.lowerBound) or more" : "from \(range.lowerBound) to \(range.upperBound)"
            error(.wrongType, at: node, "\(name) must be a whole number \(wanted), not \(shown(node))")
            return nil
        }
        return number
    }

    /// A list of texts, or one text alone; nulls are left out. Reports everything else.
    mutating func texts(_ node: YAMLNode, _ name: String) -> [String] {
        var texts: [String] = []
        forEachText(node, name) { reader, node in texts.append(reader.yaml.text(of: node)) }
        return texts
    }

    mutating func forEachText(_ node: YAMLNode, _ name: String, _ body: (inout ValueReader, YAMLNode) -> Void) {
        switch yaml.kind(of: node) {
        case .scalar: if !yaml.isNull(node) { body(&self, node) }
        case .mapping: error(.wrongType, at: node, "\(name) must be a text or a list of texts, not a mapping")
        case .sequence:
            for element in yaml.elements(of: node) where isText(element, "each of \(name)") { body(&self, element) }
        }
    }

    /// Whether it is a mapping; reports everything else but null.
    mutating func isMapping(_ node: YAMLNode, _ name: String) -> Bool {
        if yaml.kind(of: node) == .mapping { return true }
        if !yaml.isNull(node) { error(.wrongType, at: node, "\(name) must be a mapping, not \(shown(node))") }
        return false
    }

    /// Whether a mapping has the key, with any value but null.
    func has(_ name: String, in node: YAMLNode) -> Bool {
        yaml.pairs(of: node).contains { yaml.text(of: $0.key) == name && !yaml.isNull($0.value) }
    }

    mutating func unknownKey(_ key: YAMLNode, in owner: String, among known: some Sequence<String>) {
        let name = yaml.text(of: key)
        error(
            .unknownKey, at: key, "unknown key \(inQuotes(name)) in \(owner)",
            hint: nearest(name, among: known).map { "did you mean \(inQuotes($0))?" })
    }

    func shown(_ node: YAMLNode) -> String {
        switch yaml.kind(of: node) {
        case .scalar: yaml.isNull(node) ? "nothing" : inQuotes(yaml.text(of: node))
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}

extension Diagnostic.Place {
    init(_ mark: YAMLMark, path: String) {
        self.init(path: path, line: mark.line, column: mark.column, endColumn: mark.endColumn)
    }
}

extension Diagnostic {
    init(_ error: YAMLError, path: String) {
        let code: DiagnosticCode =
            switch error.kind {
            case .notUTF8: .notUTF8
            case .badCharacter, .syntax, .tag: .yamlSyntax
            case .alias: .yamlAlias
            case .duplicateKey: .duplicateKey
            case .limit: .yamlLimit
            }
        self.init(.error, code, at: Place(error.mark, path: path), error.message, hint: error.hint)
    }
}

/// A person's word within a sentence: in quotes, on one line, of bearable length.
func inQuotes(_ word: String) -> String {
    var shown = ""
    for (index, scalar) in word.unicodeScalars.enumerated() {
        guard index < 60 else { return "“\(shown)…”" }
        shown.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return "“\(shown)”"
}
