import Posts

extension LittleText {
    /// A piece of the author's words. All pieces in order are the words.
    enum Element: Hashable {
        case mention(name: String, urn: String)
        case hashtag(hash: String, word: String)
        case url(String)
        case words(String)
    }

    static func elements(of text: String) -> [Element] {
        let scalars = text.scalarArray
        var (found, at, start) = ([Element](), 0, 0)
        func take(_ element: Element, until end: Int) {
            if start < at { found.append(.words(String(scalars[start..<at]))) }
            found.append(element)
            (at, start) = (end, end)
        }
        while at < scalars.count {
            if let (element, end) = element(scalars, at: at) {
                take(element, until: end)
            } else {
                at += 1
            }
        }
        if start < at { found.append(.words(String(scalars[start..<at]))) }
        return found
    }

    private typealias Found = (element: Element, end: Int)

    /// What the sign at a place begins.
    private static func element(_ scalars: [Unicode.Scalar], at start: Int) -> Found? {
        switch scalars[start] {
        case "@": mention(scalars, at: start)
        case "h", "H": url(scalars, at: start)
        case let sign where sign.isHash: hashtag(scalars, at: start)
        default: nil
        }
    }

    /// `@[name](urn:li:person:id)`, the name on one line and without brackets.
    private static func mention(_ scalars: [Unicode.Scalar], at start: Int) -> Found? {
        guard start + 1 < scalars.count, scalars[start + 1] == "[" else { return nil }
        let name = scalars[(start + 2)...].prefix { $0 != "]" && $0 != "[" && $0 != "\n" }
        let opening = name.endIndex
        guard !name.isEmpty, scalars[opening...].starts(with: "](".unicodeScalars) else { return nil }
        let urn = scalars[(opening + 2)...].prefix { $0 != ")" && $0 != "\n" }
        guard urn.endIndex < scalars.count, scalars[urn.endIndex] == ")", isMentionable(urn) else { return nil }
        return (.mention(name: String(name), urn: String(urn)), urn.endIndex + 1)
    }

    private static func isMentionable(_ urn: ArraySlice<Unicode.Scalar>) -> Bool {
        for kind in ["urn:li:person:", "urn:li:organization:"] where urn.starts(with: kind.unicodeScalars) {
            let id = urn.dropFirst(kind.unicodeScalars.count)
            return !id.isEmpty && id.allSatisfy { $0.isASCIIAlphanumeric || $0 == "-" || $0 == "_" }
        }
        return false
    }

    /// `#` that does not follow a word, `&`, `/` or another `#`, and a word with at least one letter: `#42` is none.
    private static func hashtag(_ scalars: [Unicode.Scalar], at start: Int) -> Found? {
        if start > 0 {
            let before = scalars[start - 1]
            guard !before.isOfWord, !before.isHash, before != "&", before != "/" else { return nil }
        }
        let word = scalars[(start + 1)...].prefix(while: \.isOfWord)
        guard word.contains(where: \.isLetter) else { return nil }
        return (.hashtag(hash: String(scalars[start...start]), word: String(word)), word.endIndex)
    }

    /// `http://` or `https://` up to the next blank.
    private static func url(_ scalars: [Unicode.Scalar], at start: Int) -> Found? {
        guard scalars.webSchemeEnd(from: start) != nil else { return nil }
        let text = scalars[start...].prefix { !$0.isBlank }
        return (.url(String(text)), text.endIndex)
    }
}
