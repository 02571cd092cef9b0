import Glibc
import JSON
import Pipeline
import Posts

/// Everything that is printed: data on standard output, all else on standard error.
struct Console: Sendable {
    let isJSON: Bool
    let isQuiet: Bool
    let isVerbose: Bool
    /// Standard error is a terminal: progress may overwrite its line.
    let isTerminal: Bool
    private let hasColor: Bool

    init(_ options: CommonOptions) {
        (isJSON, isQuiet, isVerbose) = (options.json, options.quiet, options.verbose)
        isTerminal = isatty(2) == 1 && !options.json && getenv("CI") == nil
        let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
        let isRefused = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        hasColor =
            switch options.color {
            case .always: true
            case .never: false
            case .auto: isatty(1) == 1 && isTerminal && !isDumb && !isRefused
            }
    }

    enum Tint: String {
        case red = "31", green = "32", yellow = "33", faint = "2"
    }

    func tinted(_ text: String, _ tint: Tint) -> String { hasColor ? "\u{1B}[\(tint.rawValue)m\(text)\u{1B}[0m" : text }

    /// Data.
    func say(_ line: String) {
        if !isQuiet { Self.write(line + "\n", to: STDOUT_FILENO) }
    }

    func say(_ json: JSON) { Self.write(String(decoding: json.pretty(), as: UTF8.self), to: STDOUT_FILENO) }

    /// A message that is no data.
    func note(_ line: String) {
        if !isQuiet { Self.write((isTerminal ? "\r\u{1B}[K" : "") + line + "\n", to: STDERR_FILENO) }
    }

    /// One line that the next overwrites; only on a terminal.
    func progress(_ line: @autoclosure () -> String) {
        if isTerminal, !isQuiet { Self.write("\r\u{1B}[K" + line(), to: STDERR_FILENO) }
    }

    func endProgress() {
        if isTerminal, !isQuiet { Self.write("\r\u{1B}[K", to: STDERR_FILENO) }
    }

    static func printLine(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }

    static func complain(_ line: String) { write("socials-pipeline: " + line + "\n", to: STDERR_FILENO) }

    func show(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics { Self.write(diagnostic.line + "\n", to: STDERR_FILENO) }
    }

    /// A reader that went away is no trouble of ours.
    private static func write(_ text: String, to descriptor: Int32) {
        _ = Files.write(Array(text.utf8), to: descriptor)
    }
}

/// The variables of the process, read once.
func processVariables() -> [String: String] {
    var variables: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
        let text = String(cString: entry)
        if let equals = text.firstIndex(of: "=") {
            variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
        }
        next = next.successor()
    }
    return variables
}
