/// Finds what X turns into a link, also without a scheme.
///
/// Source: twitter-text (2021-10-21), extractUrlsWithIndices and its expressions, as a scanner instead of expressions.
struct URLFinder {
    private let text: [Unicode.Scalar]
    private typealias Classes = CharacterClasses

    init(_ text: [Unicode.Scalar]) { self.text = text }

    /// Ranges of URLs, in scalars, in order.
    func ranges() -> [Range<Int>] {
        var found: [Range<Int>] = []
        var place = 0
        while place <= text.count {
            guard let candidate = candidate(at: place) else {
                place += 1
                continue
            }
            found += accepted(candidate)
            place = max(candidate.end, place + 1)
        }
        return found
    }
}

private extension URLFinder {
    struct Candidate {
        /// Where the character before the URL stands; equal to `start` at the beginning of the text.
        let before: Int
        let start: Int
        let domain: Range<Int>
        let hasScheme: Bool
        let hasPath: Bool
        let end: Int
    }

    func candidate(at place: Int) -> Candidate? {
        if place < text.count, Classes.mayPrecedeURL(text[place]), let match = url(from: place + 1, before: place) {
            return match
        }
        return place == 0 ? url(from: 0, before: 0) : nil
    }

    func url(from start: Int, before: Int) -> Candidate? {
        for scheme in ["https://", "http://", ""] where hasPrefix(scheme, at: start) {
            let domainStart = start + scheme.unicodeScalars.count
            guard let domainEnd = domain(from: domainStart) else { continue }
            var end = domainEnd
            if end < text.count, text[end] == ":" {
                let digits = text[(end + 1)...].prefix(while: Classes.isDigit).count
                if digits > 0 { end += 1 + digits }
            }
            let pathEnd = path(from: end)
            let hasPath = pathEnd > end
            end = query(from: pathEnd)
            return Candidate(
                before: before, start: start, domain: domainStart..<domainEnd, hasScheme: !scheme.isEmpty,
                hasPath: hasPath, end: end)
        }
        return nil
    }

    func hasPrefix(_ prefix: String, at start: Int) -> Bool {
        let wanted = Array(prefix.unicodeScalars)
        return start + wanted.count <= text.count
            && wanted.indices.allSatisfy { lowercased(text[start + $0]) == wanted[$0] }
    }

    func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        (0x41...0x5A).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar
    }

    /// The end of the longest host that ends in a known top-level domain.
    func domain(from start: Int) -> Int? {
        var best: Int?
        var place = start
        while let label = label(from: place) {
            place = label.end + 1
            // Underscores are fine in every label but the registrable one.
            if !label.hasUnderscore, let end = topLevelDomain(from: place) { best = end }
        }
        return best
    }

    /// A label with the dot after it; its first and last characters are neither `-` nor `_`.
    func label(from start: Int) -> (end: Int, hasUnderscore: Bool)? {
        var end = start
        var hasUnderscore = false
        while end < text.count, Classes.isDomain(text[end]) || text[end] == "-" || text[end] == "_" {
            if text[end] == "_" { hasUnderscore = true }
            end += 1
        }
        guard end > start, end < text.count, text[end] == ".", Classes.isDomain(text[start]),
            Classes.isDomain(text[end - 1])
        else { return nil }
        return (end, hasUnderscore)
    }

    func topLevelDomain(from start: Int) -> Int? {
        let limit = min(text.count, start + TopLevelDomains.longest)
        var name = ""
        var best: Int?
        for place in start..<max(start, limit) {
            name.unicodeScalars.append(lowercased(text[place]))
            let next = place + 1
            let isOpen =
                next < text.count && (Classes.isAlphanumeric(text[next]) || "@+-".unicodeScalars.contains(text[next]))
            if !isOpen, TopLevelDomains.all.contains(name) { best = next }
        }
        if best == nil, hasPrefix("xn--", at: start) {
            let length = text[(start + 4)...].prefix { Classes.isAlphanumeric($0) || $0 == "-" }.count
            if length > 0 { best = start + 4 + length }
        }
        return best
    }

    func path(from start: Int) -> Int {
        guard start < text.count, text[start] == "/" else { return start }
        var place = start + 1
        var best = place
        while place < text.count {
            if Classes.isPath(text[place]) {
                place += 1
                if Classes.endsPath(text[place - 1]) { best = place }
            } else if let end = balancedParentheses(from: place) {
                place = end
                best = end
            } else {
                break
            }
        }
        return best
    }

    /// `( … )` with at most one more pair inside.
    func balancedParentheses(from start: Int) -> Int? {
        guard start < text.count, text[start] == "(" else { return nil }
        let outer = general(from: start + 1)
        guard outer < text.count else { return nil }
        if text[outer] == ")" { return outer > start + 1 ? outer + 1 : nil }
        guard text[outer] == "(" else { return nil }
        let inner = general(from: outer + 1)
        guard inner > outer + 1, inner < text.count, text[inner] == ")" else { return nil }
        let rest = general(from: inner + 1)
        return rest < text.count && text[rest] == ")" ? rest + 1 : nil
    }

    func general(from start: Int) -> Int {
        start + text[start...].prefix(while: Classes.isPath).count
    }

    func query(from start: Int) -> Int {
        guard start < text.count, text[start] == "?" else { return start }
        let run = text[(start + 1)...].prefix(while: Classes.isQuery)
        guard let last = run.lastIndex(where: Classes.endsQuery) else { return start }
        return last + 1
    }

    func accepted(_ candidate: Candidate) -> [Range<Int>] {
        let labels = text[candidate.domain].split(separator: ".")
        let lengths = labels.map { Punycode.wireLength(of: $0) }
        // A host without a scheme is measured as if it had one.
        let length =
            (candidate.end - candidate.start) - candidate.domain.count + lengths.reduce(0) { $0 + $1 + 1 } - 1
            + (candidate.hasScheme ? 0 : 8)
        // A label that claims to be punycode and is not ASCII is no name at all.
        let isName = labels.allSatisfy { !$0.starts(with: "xn--".unicodeScalars) || $0.allSatisfy(\.isASCII) }
        guard isName, lengths.allSatisfy({ (1...63).contains($0) }), length <= 4096 else { return [] }
        if candidate.hasScheme { return shortened(candidate) }
        if candidate.before < candidate.start, "-_./".unicodeScalars.contains(text[candidate.before]) { return [] }
        var found = asciiDomains(in: candidate.domain)
        if candidate.hasPath, let last = found.popLast() { found.append(last.lowerBound..<candidate.end) }
        return found
    }

    /// Of a `t.co` link only the slug counts, up to 40 characters.
    func shortened(_ candidate: Candidate) -> [Range<Int>] {
        let whole = candidate.start..<candidate.end
        guard String(String.UnicodeScalarView(text[candidate.domain])).lowercased() == "t.co",
            candidate.domain.upperBound < candidate.end, text[candidate.domain.upperBound] == "/"
        else { return [whole] }
        let slugStart = candidate.domain.upperBound + 1
        let slug = text[slugStart..<candidate.end].prefix(while: Classes.isAlphanumeric).count
        guard slug > 0 else { return [whole] }
        guard slug <= 40 else { return [] }
        return [candidate.start..<query(from: slugStart + slug)]
    }

    /// Without a scheme only labels of ASCII letters, digits, hyphens and accents belong to the URL.
    func asciiDomains(in domain: Range<Int>) -> [Range<Int>] {
        func isPlain(_ place: Int) -> Bool {
            Classes.isAlphanumeric(text[place]) || text[place] == "-" || Classes.isLatinAccent(text[place])
        }
        var found: [Range<Int>] = []
        var place = domain.lowerBound
        while place < domain.upperBound {
            guard isPlain(place) else {
                place += 1
                continue
            }
            var end = place
            var best: Int?
            while true {
                let run = (end..<domain.upperBound).prefix(while: isPlain).count
                guard run > 0, end + run < domain.upperBound, text[end + run] == "." else { break }
                end += run + 1
                if let last = topLevelDomain(from: end), last <= domain.upperBound { best = last }
            }
            if let best { found.append(place..<best) }
            place = best ?? max(end, place + 1)
        }
        return found
    }
}
