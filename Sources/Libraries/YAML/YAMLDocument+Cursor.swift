extension YAMLDocument {
    package func kind(of node: YAMLNode) -> YAMLNode.Kind { cells[Int(node.index)].kind }
    package func style(of node: YAMLNode) -> YAMLNode.Style { cells[Int(node.index)].style }

    package func mark(of node: YAMLNode) -> YAMLMark {
        let cell = cells[Int(node.index)]
        return YAMLMark(line: Int(cell.line), column: Int(cell.column), endColumn: Int(cell.endColumn))
    }

    /// Where the text of a scalar lies in `bytes`; empty for a collection.
    package func range(of node: YAMLNode) -> Range<Int> {
        let cell = cells[Int(node.index)]
        return Int(cell.start)..<Int(cell.start + cell.length)
    }

    /// The text of a scalar; empty for a collection.
    package func text(of node: YAMLNode) -> String { String(decoding: bytes[range(of: node)], as: UTF8.self) }

    /// Lends the bytes of a scalar for the time of the call.
    package func withBytes<Result>(of node: YAMLNode, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let range = range(of: node)
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// Null as YAML 1.2's core schema has it: nothing, `~`, `null`, unquoted.
    package func isNull(_ node: YAMLNode) -> Bool {
        let cell = cells[Int(node.index)]
        guard cell.kind == .scalar, cell.style == .plain else { return false }
        switch cell.length {
        case 0: return true
        case 1: return bytes[Int(cell.start)] == UInt8(ascii: "~")
        case 4: return equals(node, "null") || equals(node, "Null") || equals(node, "NULL")
        default: return false
        }
    }

    /// A boolean as YAML 1.2's core schema has it: `true` or `false`, unquoted. `yes`, `no`, `on`, `off` are text.
    package func bool(of node: YAMLNode) -> Bool? {
        guard kind(of: node) == .scalar, style(of: node) == .plain else { return nil }
        if equals(node, "true") || equals(node, "True") || equals(node, "TRUE") { return true }
        if equals(node, "false") || equals(node, "False") || equals(node, "FALSE") { return false }
        return nil
    }

    /// Whether the text of a scalar is these ASCII characters.
    package func equals(_ node: YAMLNode, _ word: StaticString) -> Bool {
        let cell = cells[Int(node.index)]
        guard cell.kind == .scalar, Int(cell.length) == word.utf8CodeUnitCount else { return false }
        for offset in 0..<Int(cell.length) where bytes[Int(cell.start) + offset] != word.utf8Start[offset] {
            return false
        }
        return true
    }

    /// The pairs of a mapping in the order of the file; none for anything else.
    package func pairs(of node: YAMLNode) -> Pairs {
        let cell = cells[Int(node.index)]
        return Pairs(cells: cells, following: cell.kind == .mapping ? node.index + 1 : cell.end, end: cell.end)
    }

    /// The elements of a sequence; none for anything else.
    package func elements(of node: YAMLNode) -> Elements {
        let cell = cells[Int(node.index)]
        return Elements(cells: cells, following: cell.kind == .sequence ? node.index + 1 : cell.end, end: cell.end)
    }

    package struct Elements: Sequence, IteratorProtocol {
        let cells: [Cell]
        var following: Int32
        let end: Int32

        package mutating func next() -> YAMLNode? {
            guard following < end else { return nil }
            defer { following = cells[Int(following)].end }
            return YAMLNode(index: following)
        }
    }

    package struct Pairs: Sequence, IteratorProtocol {
        let cells: [Cell]
        var following: Int32
        let end: Int32

        package mutating func next() -> (key: YAMLNode, value: YAMLNode)? {
            guard following < end else { return nil }
            let value = cells[Int(following)].end
            defer { following = cells[Int(value)].end }
            return (YAMLNode(index: following), YAMLNode(index: value))
        }
    }
}

extension YAMLDocument {
    /// All scalars in the order of the file, keys too.
    package var scalars: some Sequence<YAMLNode> {
        cells.indices.lazy.filter { cells[$0].kind == .scalar }.map { YAMLNode(index: Int32($0)) }
    }
}
