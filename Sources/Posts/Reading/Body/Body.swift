import Markdown

/// A body rendered to the plain text that a network gets.
struct Body {
    struct Part {
        var text: String
        /// Pictures in the order of the text.
        var images: [MediaReference]
        /// Where the words, or the first picture without any, begin in the file.
        var place: Diagnostic.Place
    }

    /// The parts of a thread; one where there are no threads, none without words and pictures.
    private(set) var parts: [Part] = []
    private(set) var diagnostics: [Diagnostic] = []

    var images: [MediaReference] { parts.flatMap(\.images) }

    init(_ text: BodyText, path: String, network: Network) {
        if let fault = text.fault {
            diagnostics = [fault]
            return
        }
        var renderer = BodyRenderer(source: text.source, path: path, network: network)
        var (texts, place): ([String], Diagnostic.Place?) = ([], nil)
        for block in text.blocks {
            if case .thematicBreak = block.kind {
                if network.hasThreads { close(&texts, &place, renderer.takeImages()) }
                continue
            }
            let words = renderer.text(of: block)
            guard !trimmed(words).isEmpty else { continue }
            place = place ?? renderer.source.place(block.position)
            texts.append(words)
        }
        close(&texts, &place, renderer.takeImages())
        diagnostics = renderer.diagnostics
    }

    private mutating func close(_ texts: inout [String], _ place: inout Diagnostic.Place?, _ images: [MediaReference]) {
        if let place = place ?? images.first?.place {
            parts.append(Part(text: trimmed(texts.joined(separator: "\n\n")), images: images, place: place))
        }
        (texts, place) = ([], nil)
    }
}
