import Posts

/// A URL that a network finds in words.
struct FoundURL: Sendable, Hashable {
    /// In scalars of the text.
    var range: Range<Int>
    /// Whether it is written with `http://` or `https://`.
    var hasScheme: Bool
}

/// What counts as a URL in words: X's grammar, which Mastodon took over for URLs with a scheme.
///
/// Source: rules of twitter-text 3 (commit 30e2430, 2021-10-21); its conformance cases are among the fixtures.
enum URLText {
    /// The URLs of a text, in order, without overlaps. Time grows with the length of the text, whatever is in it.
    static func urls(in text: [Unicode.Scalar], withoutScheme: Bool = true) -> [FoundURL] {
        guard text.contains(".") else { return [] }
        var scanner = URLScanner(text, findsWithoutScheme: withoutScheme)
        return scanner.scan()
    }

    static func urls(in text: String, withoutScheme: Bool = true) -> [FoundURL] {
        urls(in: text.scalarArray, withoutScheme: withoutScheme)
    }

    /// The URLs as they are written.
    static func written(in text: String) -> [String] {
        let scalars = text.scalarArray
        return urls(in: scalars).map { String(scalars[$0.range]) }
    }

    /// The longest URL and the longest label of a domain that count, in characters and in octets of Punycode.
    static let (longestURL, longestLabel) = (4096, 63)
    /// The most characters of a `https://t.co/…` link behind the slash.
    static let longestShortLink = 40
}

extension [Unicode.Scalar] {
    /// The end of `http://` or `https://`, in any case, that begins at a place; nil if neither does.
    func webSchemeEnd(from start: Int) -> Int? {
        guard start < count, self[start] == "h" || self[start] == "H" else { return nil }
        for scheme in ["https://", "http://"] {
            let end = start + scheme.utf8.count
            if end <= count, zip(self[start..<end], scheme.unicodeScalars).allSatisfy({ $0.lowered == $1 }) {
                return end
            }
        }
        return nil
    }
}

private struct URLScanner {
    private let text: [Unicode.Scalar]
    private let findsWithoutScheme: Bool
    private var found: [FoundURL] = []
    private var domains: DomainScanner

    init(_ text: [Unicode.Scalar], findsWithoutScheme: Bool) {
        self.text = text
        self.findsWithoutScheme = findsWithoutScheme
        domains = DomainScanner(text)
    }

    mutating func scan() -> [FoundURL] {
        var at = 0
        while at < text.count {
            if text[at].mayPrecedeURL, let end = take(from: at + 1, after: text[at]) {
                at = end
            } else if at == 0, let end = take(from: 0, after: nil) {
                at = end
            } else {
                at += 1
            }
        }
        return found
    }

    /// Takes what looks like a URL and notes it if it is one; where the search goes on, or nil if nothing was there.
    private mutating func take(from start: Int, after before: Unicode.Scalar?) -> Int? {
        let scheme = text.webSchemeEnd(from: start)
        guard let domainEnd = domains.end(from: scheme ?? start) else { return nil }
        let domain = (scheme ?? start)..<domainEnd
        let (pathStart, pathEnd) = path(from: domainEnd)
        let end = queryEnd(from: pathEnd)
        guard isAllowed(domain), end - start <= URLText.longestURL else { return end }
        if scheme != nil {
            if let end = shortLinkEnd(start: start, domain: domain, end: end) {
                found.append(FoundURL(range: start..<end, hasScheme: true))
            }
        } else if findsWithoutScheme, !(before?.joinsWords ?? false) {
            var plain = domains.asciiDomains(in: domain).map { FoundURL(range: $0, hasScheme: false) }
            if let last = plain.popLast() {
                plain.append(
                    FoundURL(
                        range: last.range.lowerBound..<(pathEnd > pathStart ? end : last.range.upperBound),
                        hasScheme: false))
            }
            found += plain
        }
        return end
    }

    /// Whether the labels would fit into a domain name. `xn--` promises ASCII.
    private func isAllowed(_ domain: Range<Int>) -> Bool {
        if String(text[domain].prefix(4)) == "xn--", domains.asciiDomains(in: domain).isEmpty { return false }
        return text[domain].split(separator: ".").allSatisfy { label in
            // The full stops of East Asia separate labels too when a name is encoded.
            let parts = label.split(maxSplits: .max, omittingEmptySubsequences: false) {
                "\u{3002}\u{FF0E}\u{FF61}".unicodeScalars.contains($0)
            }
            var length = parts.count - 1
            for part in parts {
                guard let octets = Punycode.encodedLength(of: part, limit: URLText.longestLabel) else { return false }
                length += octets
            }
            return length <= URLText.longestLabel
        }
    }

    /// Of X's own short links only the letters and digits behind the slash, and a query, belong to the URL;
    /// nil if they are too many.
    private func shortLinkEnd(start: Int, domain: Range<Int>, end: Int) -> Int? {
        guard String(text[domain].map(\.lowered)) == "t.co", domain.upperBound < end, text[domain.upperBound] == "/"
        else { return end }
        let slug = text[(domain.upperBound + 1)..<end].prefix { $0.isASCIIAlphanumeric }
        guard !slug.isEmpty else { return end }
        return slug.count > URLText.longestShortLink ? nil : min(queryEnd(from: slug.endIndex), end)
    }

    /// A port and a path. The path may be a slash alone; without one both ends are the same.
    private func path(from start: Int) -> (start: Int, end: Int) {
        var slash = start
        if slash < text.count, text[slash] == ":" {
            let digits = text[(slash + 1)...].prefix { ("0"..."9").contains($0) }
            if !digits.isEmpty { slash = digits.endIndex }
        }
        guard slash < text.count, text[slash] == "/" else { return (slash, slash) }
        var (at, end) = (slash + 1, slash + 1)
        while at < text.count {
            if let close = parenthesesEnd(from: at) {
                (at, end) = (close, close)
            } else if text[at].isOfPath {
                at += 1
                if text[at - 1].endsPath { end = at }
            } else {
                break
            }
        }
        return (slash, end)
    }

    /// The end of balanced parentheses with one level inside; nil if there are none.
    private func parenthesesEnd(from open: Int) -> Int? {
        guard text[open] == "(" else { return nil }
        func run(_ from: Int) -> Int { text[from...].prefix(while: \.isOfPath).endIndex }
        var end = run(open + 1)
        guard end < text.count else { return nil }
        if text[end] == ")" { return end > open + 1 ? end + 1 : nil }
        guard text[end] == "(" else { return nil }
        let inner = end + 1
        end = run(inner)
        guard end > inner, end < text.count, text[end] == ")" else { return nil }
        end = run(end + 1)
        return end < text.count && text[end] == ")" ? end + 1 : nil
    }

    private func queryEnd(from mark: Int) -> Int {
        guard mark < text.count, text[mark] == "?" else { return mark }
        let query = text[(mark + 1)...].prefix(while: \.isOfQuery)
        return query.lastIndex(where: \.endsQuery).map { $0 + 1 } ?? mark
    }
}
