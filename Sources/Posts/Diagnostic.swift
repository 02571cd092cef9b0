/// One message about a person's file: what is wrong, where, and the way out.
package struct Diagnostic: Sendable, Hashable {
    package enum Severity: String, Sendable, Hashable { case error, warning, note }

    /// Lines and columns are 1-based in the whole file; columns count Unicode scalars, a byte order mark is none.
    package struct Place: Sendable, Hashable {
        package var path: String
        package var line: Int
        package var column: Int
        /// The column behind the last scalar of the value, on the same line.
        package var endColumn: Int

        package init(path: String, line: Int = 1, column: Int = 1, endColumn: Int? = nil) {
            self.path = path
            self.line = line
            self.column = column
            self.endColumn = max(endColumn ?? column, column)
        }
    }

    package var place: Place
    package var severity: Severity
    package var code: DiagnosticCode
    /// One sentence without a full stop, quoting the value.
    package var message: String
    /// What to write instead.
    package var hint: String?

    package init(
        _ severity: Severity, _ code: DiagnosticCode, at place: Place, _ message: String, hint: String? = nil
    ) {
        self.place = place
        self.severity = severity
        self.code = code
        self.message = message
        self.hint = hint
    }
}

extension Diagnostic: Comparable {
    package static func < (a: Diagnostic, b: Diagnostic) -> Bool {
        (a.place.path, a.place.line, a.place.column, a.code.rawValue, a.message)
            < (b.place.path, b.place.line, b.place.column, b.code.rawValue, b.message)
    }
}
