import CCMark
import Synchronization

/// Why a text was not read.
package enum MarkdownError: Error, Equatable, Sendable {
    /// More bytes than ``longestText``.
    case tooLong(bytes: Int)
    /// Quotes, lists or emphasis inside one another, deeper than ``deepestNesting``.
    case tooDeep(Position)
    /// Thousands of brackets, emphasis signs or table cells in one block, for which cmark would need minutes.
    case tooCostly(Position)
}

/// 1 MiB: a thousand times the longest text of a network, and what was measured to be read in well under a second.
package let longestText = 1 << 20

/// Deeper than any text for people; keeps every walk over the blocks within a small stack.
package let deepestNesting = 64

/// Reads GitHub-flavoured Markdown: CommonMark, tables, task lists, double tildes. Plain addresses stay text, quotes
/// and dashes stay as typed.
///
/// Any thread may call it, several at once.
/// - Parameter firstLine: the number of the text's first line in its file, for the positions.
package func parse(_ text: String, firstLine: Int = 1) throws(MarkdownError) -> [Block] {
    var text = text
    let bytes = text.withUTF8 { [UInt8]($0) }
    return try parse(bytes, firstLine: firstLine)
}

/// As ``parse(_:firstLine:)-(String,_)``; bytes that are not UTF-8 become U+FFFD.
package func parse(_ bytes: [UInt8], firstLine: Int = 1) throws(MarkdownError) -> [Block] {
    guard bytes.count <= longestText else { throw .tooLong(bytes: bytes.count) }
    // cmark would put three bytes for each of these while it reads, and its columns would no longer be ours.
    let isClean = !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
    let bytes = isClean ? bytes : clean(bytes)
    let source = Source(bytes, firstLine: firstLine)
    try source.checkNesting()
    try Cost.check(source)
    let document = Document(bytes)
    return try Conversion(source: source).blocks(in: document.root, depth: 0, quotes: 0)
}

private func clean(_ bytes: [UInt8]) -> [UInt8] {
    let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
    return Array(String(decoding: bytes, as: UTF8.self).utf8).flatMap { $0 == 0 ? replacement : [$0] }
}

/// The owner of one parsed tree.
private final class Document {
    let root: OpaquePointer?

    init(_ bytes: [UInt8]) {
        _ = registered
        // While a text with tildes is read, cmark marks the tilde in a table that all parsers share.
        root = bytes.contains(UInt8(ascii: "~")) ? tildes.withLock { _ in read(bytes, true) } : read(bytes, false)
    }

    deinit { cmark_node_free(root) }
}

/// Guards cmark's table of special characters, see ``Document``.
private let tildes = Mutex(())

/// Registering is not safe for threads; a global constant is made once.
private let registered: Void = cmark_gfm_core_extensions_ensure_registered()

private func read(_ bytes: [UInt8], _ withTildes: Bool) -> OpaquePointer? {
    let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE)
    defer { cmark_parser_free(parser) }
    let extensions =
        ["tasklist"] + (bytes.contains(UInt8(ascii: "|")) ? ["table"] : []) + (withTildes ? ["strikethrough"] : [])
    for name in extensions { cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name)) }
    bytes.withUnsafeBytes { cmark_parser_feed(parser, $0.bindMemory(to: CChar.self).baseAddress, $0.count) }
    return cmark_parser_finish(parser)
}
