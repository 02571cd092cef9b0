/// A piece of a line of text. Neighbouring pieces of plain text are one.
package indirect enum Inline: Equatable, Sendable {
    case text(String)
    /// A line end in the source that Markdown would show as a blank.
    case softBreak
    /// A line end forced by two blanks or a backslash.
    case lineBreak
    case code(String)
    case html(String)
    case emphasis([Inline])
    case strong([Inline])
    /// Between double tildes; single ones stay text, because people write `~5` and `3~4` in posts.
    case strikethrough([Inline])
    case link(Link)
    case image(Image)
}

/// `[words](url "title")`, or `<https://…>`; an address without brackets stays text.
package struct Link: Equatable, Sendable {
    /// As written, entities and escapes resolved; not checked.
    package let url: String
    package let title: String
    package let children: [Inline]
    package let position: Position
}

/// `![alternative](url "title")`.
package struct Image: Equatable, Sendable {
    package let url: String
    package let title: String
    package let children: [Inline]
    package let position: Position

    /// The text for those who cannot see it, without markup.
    package var alternative: String { plainText(children) }
}

/// What remains of inlines without markup: breaks become blanks, HTML nothing.
package func plainText(_ inlines: [Inline]) -> String {
    var text = ""
    for inline in inlines {
        switch inline {
        case .text(let words), .code(let words): text += words
        case .softBreak, .lineBreak: text += " "
        case .html: break
        case .emphasis(let children), .strong(let children), .strikethrough(let children): text += plainText(children)
        case .link(let link): text += plainText(link.children)
        case .image(let image): text += image.alternative
        }
    }
    return text
}
