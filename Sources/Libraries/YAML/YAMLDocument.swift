/// A parsed YAML document: all its values in one array, all their text in another, no object per value.
///
/// A value is named by a `YAMLNode` and asked for through the document. Strings are made only when asked for.
/// The document holds no C memory and may be read from any thread.
package struct YAMLDocument: Sendable {
    /// The top value; nil for a document without any.
    package let root: YAMLNode?
    /// What is wrong and did not stop the reading: duplicate keys, anchors, aliases, tags. In order of place.
    package let problems: [YAMLError]
    /// The text of all scalars, without escapes and quotes; of what lies between them nothing is said.
    package let bytes: [UInt8]
    /// All values in the order of the file; a key stands before its value, a collection before its contents.
    let cells: [Cell]

    init(cells: [Cell], bytes: [UInt8], problems: [YAMLError]) {
        self.cells = cells
        self.bytes = bytes
        self.problems = problems
        root = cells.isEmpty ? nil : YAMLNode(index: 0)
    }

    /// One value, 36 bytes.
    struct Cell: Sendable {
        var kind: YAMLNode.Kind
        var style: YAMLNode.Style
        var line: Int32
        var column: Int32
        var endColumn: Int32
        /// Where the text of a scalar begins in `bytes`, and how long it is.
        var start: Int32
        var length: Int32
        /// Index behind the last cell of this value: its next sibling, if its parent reaches that far.
        var end: Int32
    }
}

/// The name of a value within its document.
package struct YAMLNode: Sendable, Hashable {
    package enum Kind: UInt8, Sendable { case scalar, sequence, mapping }

    /// How a scalar was written; a collection is `plain`.
    package enum Style: UInt8, Sendable { case plain, quoted, block }

    let index: Int32
}

/// A place in the file; lines and columns are 1-based, columns count Unicode scalars, a byte order mark is none.
package struct YAMLMark: Sendable, Hashable {
    package var line: Int
    package var column: Int
    /// The column behind the value if it ends on its first line, else behind its first character.
    package var endColumn: Int

    package init(line: Int, column: Int, endColumn: Int? = nil) {
        self.line = line
        self.column = column
        self.endColumn = max(endColumn ?? column + 1, column)
    }
}

/// Why a document, or a value of it, was refused.
package struct YAMLError: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case notUTF8, badCharacter, syntax
        /// An anchor or an alias.
        case alias
        /// An explicit tag other than `!!str`.
        case tag
        case duplicateKey
        /// Too many bytes or values, or nested too deeply.
        case limit
    }

    package var kind: Kind
    package var mark: YAMLMark
    /// One sentence without a full stop.
    package var message: String
    /// What to write instead.
    package var hint: String?

    package init(_ kind: Kind, at mark: YAMLMark, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.mark = mark
        self.message = message
        self.hint = hint
    }
}
