/// A place in the source: line and column both begin at 1, and a column counts Unicode scalars.
package struct Position: Hashable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// A paragraph, heading, list or the like, and where it begins.
package struct Block: Equatable, Sendable {
    package indirect enum Kind: Equatable, Sendable {
        case paragraph([Inline])
        /// The underline is there for a heading that is text over a line of `=` or `-`, not for one that begins with `#`.
        case heading(level: Int, underline: Underline?, [Inline])
        case quote([Block])
        case list(List)
        /// The info string is empty for code that is only indented.
        case code(info: String, String)
        case html(String)
        case thematicBreak
        case table(Table)
    }

    package let kind: Kind
    package let position: Position
}

/// The line that makes the text above it a heading.
package struct Underline: Equatable, Sendable {
    package enum Sign: Equatable, Sendable { case equals, hyphens }

    package let sign: Sign
    /// Number of the underline's own line.
    package let line: Int
}

package struct List: Equatable, Sendable {
    /// The number of the first item; nil for bullets.
    package let start: Int?
    /// Whether no blank line stands between the items.
    package let isTight: Bool
    package let items: [Item]

    package var isOrdered: Bool { start != nil }

    package struct Item: Equatable, Sendable {
        /// Whether the box of a task is ticked; nil for an ordinary item.
        package let isDone: Bool?
        package let blocks: [Block]
        package let position: Position
    }
}

/// A table: every row has as many cells as the header.
package struct Table: Equatable, Sendable {
    package enum Alignment: Equatable, Sendable { case none, left, centre, right }

    package let alignments: [Alignment]
    package let header: [[Inline]]
    package let rows: [[[Inline]]]
}
