import Markdown

/// A body rendered to the plain text that a network gets.
struct Body {
    /// The parts of a thread; one where there are no threads, none without words.
    var parts: [Content.Part] = []
    /// Pictures in the order of the text.
    var images: [MediaReference] = []
    var diagnostics: [Diagnostic] = []

    /// `firstLine` is the number of the body's first line in its file.
    init(_ written: [UInt8], firstLine: Int, path: String, network: Network) {
        let bytes = Self.withoutLoneReturns(written)
        var renderer = BodyRenderer(
            source: BodySource(bytes, firstLine: firstLine, path: path), path: path, network: network)
        if let fault = renderer.source.fault() {
            diagnostics = [fault]
            return
        }
        let blocks: [Block]
        do {
            blocks = try Markdown.parse(bytes, firstLine: firstLine)
        } catch {
            diagnostics = [Self.diagnostic(error, renderer.source, path: path, firstLine: firstLine)]
            return
        }
        var part: (texts: [String], place: Diagnostic.Place)?
        for block in blocks {
            if case .thematicBreak = block.kind {
                if network.hasThreads { close(&part) }
                continue
            }
            let text = renderer.text(of: block)
            guard !trimmed(text).isEmpty else { continue }
            if part == nil { part = ([], renderer.source.place(block.position)) }
            part?.texts.append(text)
        }
        close(&part)
        images = renderer.images
        diagnostics = renderer.diagnostics
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

    private mutating func close(_ part: inout (texts: [String], place: Diagnostic.Place)?) {
        if let part {
            parts.append(Content.Part(text: trimmed(part.texts.joined(separator: "\n\n")), place: part.place))
        }
        part = nil
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
