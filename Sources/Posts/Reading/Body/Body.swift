import Markdown

/// A body rendered to the plain text that a network gets.
struct Body {
    /// The parts of a thread; one where there are no threads, none without words.
    var parts: [Content.Part] = []
    /// Pictures in the order of the text.
    var images: [MediaReference] = []
    var diagnostics: [Diagnostic] = []

    init(_ text: BodyText, path: String, network: Network) {
        if let fault = text.fault {
            diagnostics = [fault]
            return
        }
        var renderer = BodyRenderer(source: text.source, path: path, network: network)
        var part: (texts: [String], place: Diagnostic.Place)?
        for block in text.blocks {
            if case .thematicBreak = block.kind {
                if network.hasThreads { close(&part) }
                continue
            }
            let words = renderer.text(of: block)
            guard !trimmed(words).isEmpty else { continue }
            if part == nil { part = ([], renderer.source.place(block.position)) }
            part?.texts.append(words)
        }
        close(&part)
        images = renderer.images
        diagnostics = renderer.diagnostics
    }

    private mutating func close(_ part: inout (texts: [String], place: Diagnostic.Place)?) {
        if let part {
            parts.append(Content.Part(text: trimmed(part.texts.joined(separator: "\n\n")), place: part.place))
        }
        part = nil
    }
}
