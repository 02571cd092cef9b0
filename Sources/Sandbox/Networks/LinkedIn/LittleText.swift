/// LinkedIn's "little text format", from the side that reads it.
///
/// The first reserved character that is neither escaped nor part of an element ends the text: everything from there on
/// is dropped without a word.
struct LittleText: Sendable, Hashable {
    /// What people see.
    private(set) var visible = ""
    /// What reads return: the kept part, hashtags as templates.
    private(set) var stored = ""
    /// URNs of people and organizations that are named.
    private(set) var mentions: [String] = []
    /// Whether something was dropped.
    private(set) var isCut = false

    private static let reserved = Set("|{}@[]()<>#\\*_~".unicodeScalars)
    private static let hashes = Set("#＃".unicodeScalars)

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        var place = 0
        while place < scalars.count {
            if let element = element(scalars, at: place) {
                visible += element.visible
                stored += element.stored
                if let urn = element.mention { mentions.append(urn) }
                place = element.end
            } else if Self.reserved.contains(scalars[place]) {
                isCut = true
                return
            } else {
                visible.unicodeScalars.append(scalars[place])
                stored.unicodeScalars.append(scalars[place])
                place += 1
            }
        }
    }

    private struct Element {
        let visible: String
        let stored: String
        let end: Int
        var mention: String?
    }

    private func element(_ text: [Unicode.Scalar], at place: Int) -> Element? {
        switch text[place] {
        case "\\": escape(text, at: place)
        case "{": template(text, at: place)
        case "@": mention(text, at: place)
        case "#", "＃": hashtag(text, at: place)
        default: nil
        }
    }

    private func escape(_ text: [Unicode.Scalar], at place: Int) -> Element? {
        guard place + 1 < text.count, Self.reserved.contains(text[place + 1]) else { return nil }
        return Element(visible: String(text[place + 1]), stored: "\\\(text[place + 1])", end: place + 2)
    }

    /// `{hashtag|\#|word}`.
    private func template(_ text: [Unicode.Scalar], at place: Int) -> Element? {
        let opening = Array("{hashtag|".unicodeScalars)
        guard text[place...].starts(with: opening) else { return nil }
        var next = place + opening.count
        if next < text.count, text[next] == "\\" { next += 1 }
        guard next + 1 < text.count, Self.hashes.contains(text[next]), text[next + 1] == "|",
            let word = unescaped(text, from: next + 2, to: "}"), !word.text.isEmpty
        else { return nil }
        return Element(
            visible: "\(text[next])\(word.text)", stored: Self.template(text[next], word.text), end: word.end)
    }

    /// `@[Name](urn:li:person:…)` or `…:organization:…`.
    private func mention(_ text: [Unicode.Scalar], at place: Int) -> Element? {
        guard place + 1 < text.count, text[place + 1] == "[", let name = unescaped(text, from: place + 2, to: "]"),
            !name.text.isEmpty, name.end < text.count, text[name.end] == "(",
            let close = text[name.end...].firstIndex(of: ")")
        else { return nil }
        let urn = String(String.UnicodeScalarView(text[(name.end + 1)..<close]))
        let id = urn.split(separator: ":").last ?? ""
        guard ["urn:li:person:\(id)", "urn:li:organization:\(id)"].contains(urn), !id.isEmpty else { return nil }
        return Element(
            visible: name.text, stored: String(String.UnicodeScalarView(text[place...close])), end: close + 1,
            mention: urn)
    }

    /// `#word`, not inside a word, with at least one letter.
    private func hashtag(_ text: [Unicode.Scalar], at place: Int) -> Element? {
        if let before = visible.unicodeScalars.last {
            guard !Self.isWord(before), !"_&/".unicodeScalars.contains(before) else { return nil }
        }
        let word = text[(place + 1)...].prefix(while: Self.isWord)
        guard word.contains(where: { $0.properties.isAlphabetic }) else { return nil }
        let name = String(String.UnicodeScalarView(word))
        return Element(visible: "\(text[place])\(name)", stored: Self.template(text[place], name), end: word.endIndex)
    }

    /// Text up to an unescaped closing character; nothing when another reserved one comes first.
    private func unescaped(
        _ text: [Unicode.Scalar], from start: Int, to closing: Unicode.Scalar
    ) -> (text: String, end: Int)? {
        var result = ""
        var place = start
        while place < text.count {
            if text[place] == closing { return (result, place + 1) }
            if text[place] == "\\", place + 1 < text.count, Self.reserved.contains(text[place + 1]) {
                place += 1
            } else if Self.reserved.contains(text[place]) {
                return nil
            }
            result.unicodeScalars.append(text[place])
            place += 1
        }
        return nil
    }

    private static func template(_ hash: Unicode.Scalar, _ word: String) -> String {
        let escaped = word.unicodeScalars.reduce(into: "") { $0 += reserved.contains($1) ? "\\\($1)" : String($1) }
        return "{hashtag|\\\(hash)|\(escaped)}"
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}
