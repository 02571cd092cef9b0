import Markdown

/// Turns Markdown's blocks into plain text, and collects pictures and complaints on the way.
struct BodyRenderer {
    var source: BodySource
    let path: String
    let network: Network
    private var images: [MediaReference] = []
    private(set) var diagnostics: [Diagnostic] = []

    /// Nobody reads more of one post.
    private static let mostDiagnostics = 100

    init(source: BodySource, path: String, network: Network) {
        self.source = source
        self.path = path
        self.network = network
    }

    /// The pictures since the last call.
    mutating func takeImages() -> [MediaReference] {
        defer { images = [] }
        return images
    }

    mutating func text(of block: Block) -> String {
        source.advance(to: block.position)
        switch block.kind {
        case .paragraph(let inlines): return text(of: inlines)
        case .heading(_, let underline, let inlines):
            if let underline, underline.sign == .hyphens {
                report(
                    Diagnostic(
                        .warning, .headingNotBreak, at: source.place(ofLine: underline.line),
                        "right under a line of text this makes a heading, not a break",
                        hint: "put a blank line above it"))
            }
            return text(of: inlines)
        case .quote(let blocks): return text(of: blocks, separator: "\n\n")
        case .list(let list): return text(of: list)
        case .code(_, let text):
            let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
            return lines.joined(separator: "\n").trimmingNewlinesAtEnd
        case .html(let html):
            html.isComment || html.isLineBreak ? () : reject(html)
            return ""
        case .thematicBreak: return ""
        case .table(let table):
            let rows = [table.header] + table.rows
            return rows.map { row in row.map { text(of: $0) }.joined(separator: " | ") }.joined(separator: "\n")
        }
    }

    private mutating func text(of blocks: [Block], separator: String) -> String {
        var texts: [String] = []
        for block in blocks {
            let text = text(of: block)
            if !text.isEmpty { texts.append(text) }
        }
        return texts.joined(separator: separator)
    }

    /// A line an item; what goes on below its first line is indented by two blanks.
    private mutating func text(of list: List) -> String {
        let separator = list.isTight ? "\n" : "\n\n"
        var texts: [String] = []
        for (index, item) in list.items.enumerated() {
            source.advance(to: item.position)
            let sign =
                switch item.isDone {
                case true?: "☑"
                case false?: "☐"
                case nil: list.start.map { "\($0 + index)." } ?? "•"
                }
            let lines = text(of: item.blocks, separator: separator).split(omittingEmptySubsequences: false) {
                $0 == "\n"
            }
            let rest = lines.dropFirst().map { $0.isEmpty ? "" : "  \($0)" }
            guard let first = lines.first, !(first.isEmpty && rest.isEmpty) else { continue }
            texts.append((["\(sign) \(first)"] + rest).joined(separator: "\n"))
        }
        return texts.joined(separator: separator)
    }

    private mutating func text(of inlines: [Inline]) -> String {
        var lines = BodyLines()
        append(inlines, to: &lines)
        return lines.text
    }

    private mutating func append(_ inlines: [Inline], to lines: inout BodyLines) {
        for inline in inlines {
            switch inline {
            case .text(let words):
                reportShortcodes(in: words)
                lines.append(words)
            case .code(let words):
                // So that what the code shows is not taken for the next shortcode outside it.
                for marker in words.shortcodeMarkers { _ = source.find(marker) }
                lines.append(words)
            case .softBreak, .lineBreak: lines.breakLine()
            case .emphasis(let children), .strong(let children), .strikethrough(let children):
                append(children, to: &lines)
            case .html(let html):
                if html.isLineBreak {
                    lines.breakLine()
                } else if !html.isComment, !lines.ends(with: "{{") {
                    reject(html)
                }
            case .link(let link): append(link, to: &lines)
            case .image(let image):
                add(image)
                lines.skipImage()
            }
        }
    }

    /// `[words](url)` becomes `words url`; a name of LinkedIn keeps its form there, for mentions, and is a name elsewhere.
    private mutating func append(_ link: Markdown.Link, to lines: inout BodyLines) {
        reportShortcodes(in: link.url)
        if link.url.hasPrefix("urn:li:") {
            if network == .linkedin {
                lines.append("[")
                append(link.children, to: &lines)
                lines.append("](\(link.url))")
            } else {
                // Elsewhere `@Acme` would mention somebody who is not meant.
                if lines.ends(with: "@") { lines.drop(1) }
                append(link.children, to: &lines)
            }
            return
        }
        let words = plainText(link.children)
        guard words != link.url, "mailto:\(words)" != link.url else {
            lines.append(words)
            return
        }
        append(link.children, to: &lines)
        guard isWeb(link.url) || link.url.hasPrefix("mailto:") else {
            if link.url.shortcodeMarkers.isEmpty {
                report(
                    Diagnostic(
                        .error, .badLink, at: source.place(link.position),
                        "\(inQuotes(link.url)) leads nowhere outside this repository",
                        hint: "write the whole address, beginning with https://"))
            }
            return
        }
        lines.append("\(trimmed(words).isEmpty ? "" : " ")\(link.url)")
    }

    private mutating func add(_ image: Markdown.Image) {
        reportShortcodes(in: image.url)
        guard image.url.shortcodeMarkers.isEmpty else { return }
        // The bytes of an address stay what they are, a path is written in Markdown as in an address.
        let isRemote = image.url.lowercased().hasPrefix(MediaPath.encrypted)
        let written = isRemote ? image.url : image.url.percentDecoded
        let place = source.place(image.position)
        let target = MediaPath(written, inPostAt: path)
        if let fault = target.fault(written) {
            report(Diagnostic(.error, fault.code, at: place, fault.message, hint: fault.hint))
            return
        }
        switch target {
        case .inside(let path), .remote(let path):
            let (alt, title) = (image.alternative, image.title)
            images.append(
                MediaReference(
                    path: path, alt: alt.isEmpty ? nil : alt, title: title.isEmpty ? nil : title, place: place))
        case .outside, .elsewhere: break
        }
    }

    private mutating func reportShortcodes(in words: String) {
        for marker in words.shortcodeMarkers {
            // Not found in the source means written with a backslash, to be shown as it is.
            guard let range = source.find(marker), !isFull else { continue }
            report(
                Diagnostic(
                    .error, .shortcode, at: source.place(range),
                    "\(inQuotes(marker)) begins a shortcode or a template tag, which is not run here",
                    hint: "write out what it would show, or put it between backticks"))
        }
    }

    private mutating func report(_ diagnostic: Diagnostic) {
        if !isFull { diagnostics.append(diagnostic) }
    }

    /// Asked before a place is counted out, which takes as long as its line.
    private var isFull: Bool { diagnostics.count >= Self.mostDiagnostics }

    private mutating func reject(_ html: String) {
        guard let range = source.find(String(html.prefix { !$0.isNewline })), !isFull else { return }
        let tag = html.prefix { !$0.isWhitespace && $0 != ">" } + (html.contains(">") ? ">" : "")
        report(
            Diagnostic(
                .error, .badValue, at: source.place(range), "\(inQuotes(String(tag))) is HTML, which no network shows",
                hint: "write it as Markdown, or put it between backticks to show it"))
    }
}

extension String {
    /// `{{` and `{%`, as many and in the order as they are there.
    fileprivate var shortcodeMarkers: [String] {
        let bytes = Array(utf8)
        var (markers, index) = ([String](), 0)
        while index + 1 < bytes.count {
            guard bytes[index] == UInt8(ascii: "{"),
                bytes[index + 1] == bytes[index] || bytes[index + 1] == UInt8(ascii: "%")
            else {
                index += 1
                continue
            }
            markers.append(bytes[index + 1] == UInt8(ascii: "%") ? "{%" : "{{")
            index += 2
        }
        return markers
    }

    /// Only comments and white space.
    fileprivate var isComment: Bool {
        var rest = self[...]
        while true {
            rest = rest.drop { $0.isWhitespace }
            if rest.isEmpty { return true }
            guard rest.hasPrefix("<!--"), let end = rest.firstRange(of: "-->") else { return false }
            rest = rest[end.upperBound...]
        }
    }

    fileprivate var isLineBreak: Bool {
        let tag = trimmed(self).lowercased().filter { !$0.isWhitespace }
        return tag == "<br>" || tag == "<br/>"
    }

    fileprivate var trimmingNewlinesAtEnd: String {
        guard let last = lastIndex(where: { !$0.isNewline }) else { return "" }
        return String(self[...last])
    }

    /// `%20` as a blank; what is not two hexadecimal digits, or no UTF-8 then, stays as it is.
    fileprivate var percentDecoded: String {
        guard contains("%") else { return self }
        let bytes = Array(utf8)
        var (decoded, index) = ([UInt8](), 0)
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let code = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
            {
                decoded.append(code)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return String(validating: decoded, as: UTF8.self) ?? self
    }
}
