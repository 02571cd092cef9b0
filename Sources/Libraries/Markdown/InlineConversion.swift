import CCMark

/// The text of one paragraph, heading or cell.
struct InlineConversion {
    let source: Source
    let startLine: Int
    let startColumn: Int
    let quotes: Int

    func inlines(in parent: OpaquePointer?, depth: Int) throws(MarkdownError) -> [Inline] {
        guard depth < deepestNesting else { throw .tooDeep(source.position(startLine, startColumn)) }
        var inlines: [Inline] = []
        // cmark breaks text at every character that might have meant something.
        var words = ""
        var next = cmark_node_first_child(parent)
        while let node = next {
            if cmark_node_get_type(node) == CMARK_NODE_TEXT {
                words += literal(node)
            } else if let inline = try inline(node, depth) {
                if !words.isEmpty { inlines.append(.text(words)) }
                words = ""
                inlines.append(inline)
            }
            next = cmark_node_next(node)
        }
        if !words.isEmpty { inlines.append(.text(words)) }
        return inlines
    }

    private func inline(_ node: OpaquePointer, _ depth: Int) throws(MarkdownError) -> Inline? {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_SOFTBREAK: return .softBreak
        case CMARK_NODE_LINEBREAK: return .lineBreak
        case CMARK_NODE_CODE: return .code(literal(node))
        case CMARK_NODE_HTML_INLINE: return .html(literal(node))
        case CMARK_NODE_EMPH: return .emphasis(try inlines(in: node, depth: depth + 1))
        case CMARK_NODE_STRONG: return .strong(try inlines(in: node, depth: depth + 1))
        case CMARK_NODE_LINK:
            return .link(
                Link(
                    url: string(cmark_node_get_url(node)), title: string(cmark_node_get_title(node)),
                    children: try inlines(in: node, depth: depth + 1), position: position(of: node, after: ["[", "<"])))
        case CMARK_NODE_IMAGE:
            return .image(
                Image(
                    url: string(cmark_node_get_url(node)), title: string(cmark_node_get_title(node)),
                    children: try inlines(in: node, depth: depth + 1), position: position(of: node, after: ["!"])))
        default:
            let isStruck = string(cmark_node_get_type_string(node)) == "strikethrough"
            return isStruck ? .strikethrough(try inlines(in: node, depth: depth + 1)) : nil
        }
    }

    /// Where a link or image begins. cmark gives the line where it ends, and counts columns as if every line of the
    /// block were indented as the first; so both are worked out again and compared with the sign that must be there.
    private func position(of node: OpaquePointer, after signs: [Unicode.Scalar]) -> Position {
        let signs = signs.map { UInt8(ascii: $0) }
        var number = Int(cmark_node_get_start_line(node))
        if let child = cmark_node_first_child(node) { number = min(number, Int(cmark_node_get_start_line(child))) }
        number = max(number, startLine)
        let wanted = Int(cmark_node_get_start_column(node)) - (number > startLine ? startColumn - 1 : 0)
        let highest = max(startLine, number - 16)
        while number >= highest {
            let shift = number > startLine ? source.indentation(of: number, quotes: quotes) : 0
            if let column = nearest(signs, to: wanted + shift, in: source.line(number)) {
                return source.position(number, column)
            }
            number -= 1
        }
        return source.position(startLine, startColumn)
    }

    /// The column nearest to the given one that holds one of the signs; looks 256 bytes to either side, so that a line
    /// full of links stays cheap.
    private func nearest(_ signs: [UInt8], to column: Int, in line: ArraySlice<UInt8>) -> Int? {
        let middle = line.startIndex + column - 1
        for distance in 0...256 {
            for index in [middle - distance, middle + distance] where line.indices.contains(index) {
                if signs.contains(line[index]) { return index - line.startIndex + 1 }
            }
        }
        return nil
    }
}
