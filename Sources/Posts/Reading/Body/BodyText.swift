import Markdown

/// A body as Markdown's blocks: the same for every network.
struct BodyText {
    let source: BodySource
    private(set) var blocks: [Block] = []
    /// Why there are none.
    private(set) var fault: Diagnostic?

    /// `firstLine` is the number of the body's first line in its file.
    init(_ written: [UInt8], firstLine: Int, path: String) {
        let bytes = Self.withoutLoneReturns(written)
        source = BodySource(bytes, firstLine: firstLine, path: path)
        fault = source.fault()
        guard fault == nil else { return }
        do {
            blocks = try Markdown.parse(bytes, firstLine: firstLine)
        } catch {
            fault = Self.diagnostic(error, source, path: path, firstLine: firstLine)
        }
    }

    /// Markdown takes a carriage return alone for a line end; editors and git do not, and lines are counted as they do.
    private static func withoutLoneReturns(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let newline = UInt8(ascii: "\n")
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\r") {
            if index + 1 == bytes.count || bytes[index + 1] != newline { bytes[index] = UInt8(ascii: " ") }
        }
        return bytes
    }

    private static func diagnostic(
        _ error: MarkdownError, _ source: BodySource, path: String, firstLine: Int
    ) -> Diagnostic {
        switch error {
        case .tooLong(let bytes):
            Diagnostic(
                .error, .textTooLong, at: Diagnostic.Place(path: path, line: firstLine),
                "a body of \(bytes) bytes is more than the \(Markdown.longestText) that are read")
        case .tooDeep(let position):
            Diagnostic(
                .error, .textNesting, at: source.place(position),
                "lists, quotes or emphasis are nested more than \(Markdown.deepestNesting) levels deep here")
        case .tooCostly(let position):
            Diagnostic(
                .error, .textNesting, at: source.place(position),
                "this block has more brackets, emphasis signs or cells than can be read",
                hint: "put it between backticks, or divide it")
        }
    }
}
