/// Finds the domain names in a text, and remembers what it saw, so that text full of dots or hyphens stays cheap.
struct DomainScanner {
    private let text: [Unicode.Scalar]
    /// Where the label that was looked at last ends, and its last `_`.
    private var label = (start: 0, end: 0, underscore: -1)
    /// No domain that begins before this place ends behind a later label than its first.
    private var exhausted = 0

    init(_ text: [Unicode.Scalar]) { self.text = text }

    /// The end of the longest domain from a place, a top-level domain; nil if there is none.
    mutating func end(from start: Int) -> Int? {
        let seesFirstOnly = start < exhausted
        var (at, best) = (start, Int?.none)
        while at < text.count, text[at].isOfDomain {
            look(at: at)
            let dot = label.end
            guard dot < text.count, text[dot] == ".", text[dot - 1].isOfDomain else { break }
            // Only labels in front of the registered name may have a `_`.
            if label.underscore < at, let end = topLevelEnd(from: dot + 1, limit: text.count) { best = end }
            if seesFirstOnly { return best }
            at = dot + 1
        }
        if best == nil { exhausted = max(exhausted, at) }
        return best
    }

    /// Without a scheme only the parts of a domain with ASCII or Latin letters count.
    func asciiDomains(in domain: Range<Int>) -> [Range<Int>] {
        var (found, at) = ([Range<Int>](), domain.lowerBound)
        while at < domain.upperBound {
            var (cursor, best) = (at, Int?.none)
            while true {
                let dot = text[cursor..<domain.upperBound].prefix(while: \.isOfPlainLabel).endIndex
                guard dot > cursor, dot < domain.upperBound, text[dot] == "." else {
                    cursor = dot
                    break
                }
                cursor = dot + 1
                if let end = topLevelEnd(from: cursor, limit: domain.upperBound) { best = end }
            }
            if let best { found.append(at..<best) }
            at = best ?? max(cursor, at + 1)
        }
        return found
    }

    private mutating func look(at start: Int) {
        if label.start <= start, start < label.end { return }
        var (end, underscore) = (start, -1)
        while end < text.count, text[end].isOfDomain || text[end] == "-" || text[end] == "_" {
            if text[end] == "_" { underscore = end }
            end += 1
        }
        label = (start, end, underscore)
    }

    /// The end of a top-level domain that begins at a place; what follows must not go on with the word.
    private func topLevelEnd(from start: Int, limit: Int) -> Int? {
        guard start < limit else { return nil }
        func ends(_ end: Int) -> Bool {
            end >= limit || !(text[end].isASCIIAlphanumeric || text[end] == "@" || text[end] == "+" || text[end] == "-")
        }
        if text[start].isASCII {
            let word = text[start..<limit].prefix(64).prefix(while: \.isASCIIAlphanumeric)
            if ends(word.endIndex), TopLevelDomains.all.contains(String(word.map(\.lowered))) { return word.endIndex }
            let encoded = text[start..<limit].dropFirst(4).prefix { $0.isASCIIAlphanumeric || $0 == "-" }
            if String(text[start..<limit].prefix(4).map(\.lowered)) == "xn--", !encoded.isEmpty {
                return encoded.endIndex
            }
            // Two names have a letter outside ASCII behind others.
            guard word.endIndex < limit, !text[word.endIndex].isASCII else { return nil }
        }
        for end in (start..<min(limit, start + TopLevelDomains.longestInternational)).reversed().map({ $0 + 1 })
        where ends(end) && TopLevelDomains.all.contains(String(text[start..<end].map(\.lowered))) {
            return end
        }
        return nil
    }
}
