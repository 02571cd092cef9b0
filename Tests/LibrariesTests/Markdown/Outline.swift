import Markdown

/// Blocks as one line of text, so that a table of cases stays readable.
func outline(_ blocks: [Block]) -> String { blocks.map(outline).joined(separator: " ") }

private func outline(_ block: Block) -> String {
    switch block.kind {
    case .paragraph(let text): "p(\(outline(text)))"
    case .heading(let level, let underline, let text): "h\(level)\(underline == nil ? "" : "u")(\(outline(text)))"
    case .quote(let blocks): "quote(\(outline(blocks)))"
    case .list(let list): outline(list)
    case .code(let info, let text): "code[\(info)](\(escaped(text)))"
    case .html(let text): "html(\(escaped(text)))"
    case .thematicBreak: "break"
    case .table(let table):
        "table(\(([table.header] + table.rows).map { $0.map(outline).joined(separator: "|") }.joined(separator: "/")))"
    }
}

private func outline(_ list: List) -> String {
    let items = list.items.map { item in
        (item.isDone.map { $0 ? "[x]" : "[ ]" } ?? "") + outline(item.blocks)
    }
    let name = list.start.map { "ol\($0)" } ?? "ul"
    return "\(name)\(list.isTight ? "" : ",loose")(\(items.joined(separator: "; ")))"
}

private func outline(_ inlines: [Inline]) -> String {
    inlines.map { inline in
        switch inline {
        case .text(let words): words
        case .softBreak: "↵"
        case .lineBreak: "⏎"
        case .code(let words): "code(\(words))"
        case .html(let words): "html(\(words))"
        case .emphasis(let inner): "em(\(outline(inner)))"
        case .strong(let inner): "strong(\(outline(inner)))"
        case .strikethrough(let inner): "del(\(outline(inner)))"
        case .link(let link): "a[\(link.url)\(link.title.isEmpty ? "" : " '\(link.title)'")](\(outline(link.children)))"
        case .image(let image): "img[\(image.url)](\(image.alternative))"
        }
    }.joined()
}

private func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "¶")
}

/// Every link and image, in reading order, as `line:column url`.
func places(_ blocks: [Block]) -> [String] {
    blocks.flatMap { block -> [String] in
        switch block.kind {
        case .paragraph(let text), .heading(_, _, let text): places(text)
        case .quote(let blocks): places(blocks)
        case .list(let list): list.items.flatMap { places($0.blocks) }
        case .table(let table): ([table.header] + table.rows).flatMap { $0.flatMap(places) }
        case .code, .html, .thematicBreak: []
        }
    }
}

private func places(_ inlines: [Inline]) -> [String] {
    inlines.flatMap { inline -> [String] in
        switch inline {
        case .text, .softBreak, .lineBreak, .code, .html: []
        case .emphasis(let inner), .strong(let inner), .strikethrough(let inner): places(inner)
        case .link(let link): ["\(link.position.line):\(link.position.column) \(link.url)"] + places(link.children)
        case .image(let image):
            ["\(image.position.line):\(image.position.column) \(image.url)"] + places(image.children)
        }
    }
}
