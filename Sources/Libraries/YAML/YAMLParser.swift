internal import CYAML

/// How much a document may hold; checked at every event, so that a hostile file costs no more than these.
package struct YAMLLimits: Sendable {
    package var bytes = 64 * 1024
    package var depth = 32
    package var nodes = 10_000

    package init() {}
}

extension YAMLDocument {
    /// Parses one document. `firstLine` is the number of its first line in the file. A byte order mark is skipped.
    /// Throws the first mistake of grammar; what can be passed over is in `problems`.
    package init(
        parsing bytes: UnsafeBufferPointer<UInt8>, firstLine: Int = 1, limits: YAMLLimits = YAMLLimits()
    ) throws(YAMLError) {
        guard bytes.count <= limits.bytes else {
            throw YAMLError(
                .limit, at: YAMLMark(line: firstLine, column: 1),
                "\(bytes.count) bytes of YAML are more than the \(limits.bytes) that are read")
        }
        let hasByteOrderMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
        let rest = hasByteOrderMark ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
        let text = try YAMLText(checking: rest, firstLine: firstLine)
        self = if let usual = UsualYAML.read(text, limits: limits) { usual } else { try YAMLDocument(text, limits) }
    }

    /// As libyaml reads it.
    init(_ text: YAMLText, _ limits: YAMLLimits) throws(YAMLError) {
        let parser = try YAMLParser(text)
        var tree = YAMLTree(text: text, limits: limits)
        var documents = 0
        try parser.forEachEvent { (event) throws(YAMLError) in
            switch event.type {
            case YAML_SCALAR_EVENT: try tree.scalar(event)
            case YAML_SEQUENCE_START_EVENT: try tree.open(.sequence, event)
            case YAML_MAPPING_START_EVENT: try tree.open(.mapping, event)
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: tree.close()
            case YAML_ALIAS_EVENT: try tree.alias(event)
            case YAML_DOCUMENT_START_EVENT:
                documents += 1
                if documents > 1 {
                    throw YAMLError(
                        .syntax, at: tree.mark(event.start_mark), "a second YAML document begins here",
                        hint: "keep everything in one")
                }
            default: break
            }
        }
        self = tree.document
    }

    package init(parsing bytes: [UInt8], firstLine: Int = 1, limits: YAMLLimits = YAMLLimits()) throws(YAMLError) {
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(YAMLError) in
                try YAMLDocument(parsing: buffer, firstLine: firstLine, limits: limits)
            }
        }
        self = try result.get()
    }
}

/// One libyaml parser over bytes that outlive it. Used from one thread, freed at its end.
struct YAMLParser: ~Copyable {
    // libyaml keeps a pointer to the parser inside the parser, so it must not move.
    private let raw: UnsafeMutablePointer<yaml_parser_t>
    private let text: YAMLText

    init(_ text: YAMLText) throws(YAMLError) {
        raw = .allocate(capacity: 1)
        self.text = text
        guard yaml_parser_initialize(raw) == 1 else {
            raw.deallocate()
            throw YAMLError(.limit, at: YAMLMark(line: text.firstLine, column: 1), "there is no memory for a parser")
        }
        yaml_parser_set_encoding(raw, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(raw, text.bytes.baseAddress, text.bytes.count)
    }

    deinit {
        yaml_parser_delete(raw)
        raw.deallocate()
    }

    borrowing func forEachEvent(_ body: (borrowing yaml_event_t) throws(YAMLError) -> Void) throws(YAMLError) {
        var event = yaml_event_t()
        while true {
            guard yaml_parser_parse(raw, &event) == 1 else { throw YAMLError(raw.pointee, in: text) }
            defer { yaml_event_delete(&event) }
            if event.type == YAML_STREAM_END_EVENT { return }
            try body(event)
        }
    }
}
