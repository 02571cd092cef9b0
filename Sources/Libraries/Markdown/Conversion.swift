import CCMark

/// cmark's tree as values. Recursion is bounded by ``deepestNesting``.
struct Conversion {
    let source: Source

    func blocks(in parent: OpaquePointer?, depth: Int, quotes: Int) throws(MarkdownError) -> [Block] {
        var blocks: [Block] = []
        var next = cmark_node_first_child(parent)
        while let node = next {
            let place = position(of: node)
            guard depth < deepestNesting else { throw .tooDeep(place) }
            if let kind = try kind(of: node, depth: depth, quotes: quotes) {
                blocks.append(Block(kind: kind, position: place))
            }
            next = cmark_node_next(node)
        }
        return blocks
    }

    private func kind(of node: OpaquePointer, depth: Int, quotes: Int) throws(MarkdownError) -> Block.Kind? {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_PARAGRAPH: return .paragraph(try text(in: node, depth, quotes))
        case CMARK_NODE_HEADING:
            return .heading(
                level: Int(cmark_node_get_heading_level(node)), underline: underline(of: node),
                try text(in: node, depth, quotes))
        case CMARK_NODE_BLOCK_QUOTE: return .quote(try blocks(in: node, depth: depth + 1, quotes: quotes + 1))
        case CMARK_NODE_LIST: return .list(try list(node, depth, quotes))
        case CMARK_NODE_CODE_BLOCK: return .code(info: string(cmark_node_get_fence_info(node)), literal(node))
        case CMARK_NODE_HTML_BLOCK: return .html(literal(node))
        case CMARK_NODE_THEMATIC_BREAK: return .thematicBreak
        default:
            return string(cmark_node_get_type_string(node)) == "table" ? .table(try table(node, depth, quotes)) : nil
        }
    }

    private func list(_ node: OpaquePointer, _ depth: Int, _ quotes: Int) throws(MarkdownError) -> List {
        var items: [List.Item] = []
        var next = cmark_node_first_child(node)
        while let item = next {
            let isTask = string(cmark_node_get_type_string(item)) == "tasklist"
            items.append(
                List.Item(
                    isDone: isTask ? cmark_gfm_extensions_get_tasklist_item_checked(item) : nil,
                    blocks: try blocks(in: item, depth: depth + 1, quotes: quotes), position: position(of: item)))
            next = cmark_node_next(item)
        }
        let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
        return List(
            start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil,
            isTight: cmark_node_get_list_tight(node) == 1, items: items)
    }

    private func table(_ node: OpaquePointer, _ depth: Int, _ quotes: Int) throws(MarkdownError) -> Table {
        var rows: [[[Inline]]] = []
        var row = cmark_node_first_child(node)
        while let present = row {
            var cells: [[Inline]] = []
            var cell = cmark_node_first_child(present)
            while let inner = cell {
                cells.append(try text(in: inner, depth, quotes))
                cell = cmark_node_next(inner)
            }
            rows.append(cells)
            row = cmark_node_next(present)
        }
        let count = Int(cmark_gfm_extensions_get_table_columns(node))
        let signs = UnsafeBufferPointer(start: cmark_gfm_extensions_get_table_alignments(node), count: count)
        return Table(alignments: signs.map(alignment), header: rows.first ?? [], rows: Array(rows.dropFirst()))
    }

    private func text(in node: OpaquePointer, _ depth: Int, _ quotes: Int) throws(MarkdownError) -> [Inline] {
        let block = InlineConversion(
            source: source, startLine: Int(cmark_node_get_start_line(node)),
            startColumn: Int(cmark_node_get_start_column(node)), quotes: quotes)
        return try block.inlines(in: node, depth: depth)
    }

    /// cmark does not say which kind of heading it read. One with `#` has it where it begins, followed by a blank or nothing.
    private func underline(of heading: OpaquePointer) -> Underline? {
        let first = source.line(Int(cmark_node_get_start_line(heading)))
            .dropFirst(max(0, Int(cmark_node_get_start_column(heading)) - 1))
        let signs = first.prefix { $0 == UInt8(ascii: "#") }
        let after = first.dropFirst(signs.count).first
        if (1...6).contains(signs.count), after.map({ isBlank($0) || isEnd($0) }) ?? true { return nil }
        // cmark's end of a heading is sometimes its last line of text, sometimes the underline.
        let start = Int(cmark_node_get_start_line(heading))
        let end = max(start, Int(cmark_node_get_end_line(heading))) + 1
        let number = (start...end).dropFirst().first { source.underline(at: $0) != nil } ?? end
        return Underline(sign: source.underline(at: number) ?? .hyphens, line: source.lineNumber(number))
    }

    private func position(of node: OpaquePointer) -> Position {
        source.position(Int(cmark_node_get_start_line(node)), Int(cmark_node_get_start_column(node)))
    }
}

private func alignment(_ sign: UInt8) -> Table.Alignment {
    switch sign {
    case UInt8(ascii: "l"): .left
    case UInt8(ascii: "c"): .centre
    case UInt8(ascii: "r"): .right
    default: .none
    }
}

func string(_ text: UnsafePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }
func literal(_ node: OpaquePointer) -> String { string(cmark_node_get_literal(node)) }
