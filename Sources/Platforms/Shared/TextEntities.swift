import Posts

/// A hashtag, mention or cashtag in words.
struct TextEntity: Sendable, Hashable {
    /// In scalars of the text, with the sign in front.
    var range: Range<Int>
    /// Without the sign, e.g. `swift`; of a list `name/list`.
    var name: String
}

/// What X links in words besides URLs.
///
/// Source: rules of twitter-text 3 (commit 30e2430, 2021-10-21); its conformance cases are among the fixtures.
enum TextEntities {
    /// Words behind `#` with a letter at least, outside URLs.
    static func hashtags(in text: [Unicode.Scalar]) -> [TextEntity] {
        guard text.contains(where: \.isHash) else { return [] }
        var urls = URLText.urls(in: text)[...]
        return text.indices.compactMap { hash in
            while let url = urls.first, url.range.upperBound <= hash { urls.removeFirst() }
            guard text[hash].isHash, hash == 0 || text[hash - 1].mayPrecedeHashtag else { return nil }
            let word = text[(hash + 1)...].prefix(while: \.isOfHashtag)
            guard let first = word.first, !first.isVariation, word.contains(where: \.isLetterOrMark),
                !text[word.endIndex...].isContinued(by: \.isHash),
                !(urls.first.map { $0.range.overlaps(hash..<word.endIndex) } ?? false)
            else { return nil }
            return TextEntity(range: hash..<word.endIndex, name: String(word))
        }
    }

    static func hashtags(in text: String) -> [String] { hashtags(in: text.scalarArray).map(\.name) }

    /// Handles behind `@`; those of lists only if asked for.
    static func mentions(in text: [Unicode.Scalar], withLists: Bool = false) -> [TextEntity] {
        text.indices.compactMap { sign in
            guard text[sign].isAt, mentionMayFollow(text[..<sign]) else { return nil }
            let handle = text[(sign + 1)...].prefix(20).prefix(while: \.isOfHandle)
            let list = listName(text[handle.endIndex...])
            guard !handle.isEmpty, withLists || list.isEmpty,
                !text[list.endIndex...].isContinued(by: { $0.isAt || $0.isAccentedLatin })
            else { return nil }
            return TextEntity(range: sign..<list.endIndex, name: String(handle + list))
        }
    }

    /// Stock symbols behind `$`.
    static func cashtags(in text: [Unicode.Scalar]) -> [TextEntity] {
        text.indices.compactMap { sign in
            guard text[sign] == "$", sign == 0 || text[sign - 1].isURLSpace else { return nil }
            let symbol = text[(sign + 1)...].prefix(7).prefix(while: \.isASCIILetter)
            guard (1...6).contains(symbol.count) else { return nil }
            var end = symbol.endIndex
            if end < text.count, text[end] == "." || text[end] == "_" {
                let share = text[(end + 1)...].prefix(3).prefix(while: \.isASCIILetter)
                if (1...2).contains(share.count), cashtagMayEnd(text[share.endIndex...]) { end = share.endIndex }
            }
            guard cashtagMayEnd(text[end...]) else { return nil }
            return TextEntity(range: sign..<end, name: String(text[(sign + 1)..<end]))
        }
    }

    /// Not inside a word or an address, but right behind `RT` or `RT:`.
    private static func mentionMayFollow(_ before: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let last = before.last else { return true }
        if !(last.isOfHandle || last.isAt || "!#$%&*".unicodeScalars.contains(last)) { return true }
        guard before.count >= 2, String(before.suffix(2).map(\.lowered)) == "rt" else { return false }
        return before.dropLast(2).last.map { !($0.isOfHandle || "+~.-".unicodeScalars.contains($0)) } ?? true
    }

    /// `/name` of a list, at most 25 characters behind the slash; empty if there is none.
    private static func listName(_ rest: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        guard rest.first == "/", let first = rest.dropFirst().first, first.isASCIILetter else { return rest.prefix(0) }
        return rest[rest.startIndex..<rest.dropFirst().prefix(25).prefix { $0.isOfHandle || $0 == "-" }.endIndex]
    }

    private static func cashtagMayEnd(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        rest.first.map { $0.isURLSpace || $0.isURLPunctuation } ?? true
    }
}

extension ArraySlice<Unicode.Scalar> {
    /// Whether the word before goes on with `://`, or with one of these.
    fileprivate func isContinued(by goesOn: (Unicode.Scalar) -> Bool) -> Bool {
        (first.map(goesOn) ?? false) || starts(with: "://".unicodeScalars)
    }
}

extension Unicode.Scalar {
    fileprivate var isOfHandle: Bool { isASCIIAlphanumeric || self == "_" }
    /// Makes an emoji or a keycap of the sign before.
    fileprivate var isVariation: Bool { self == "\u{FE0F}" || self == "\u{20E3}" }

    fileprivate var isLetterOrMark: Bool { isOfWord && self != "_" && properties.generalCategory != .decimalNumber }

    /// Besides the characters of words, some that join them in scripts outside Latin.
    fileprivate var isOfHashtag: Bool {
        if isOfWord { return true }
        switch value {
        case 0xB7, 0x5BE, 0x5F3, 0x5F4, 0xF0B, 0xF0C, 0x200C, 0x200D, 0x3003, 0x301C, 0x309B, 0x309C, 0x30A0, 0x30FB,
            0xA67E, 0xFF5E:
            return true
        default: return false
        }
    }

    /// Variation selectors are marks, but end an emoji.
    fileprivate var mayPrecedeHashtag: Bool {
        self == "\u{FE0E}" || self == "\u{FE0F}" || !(isOfHashtag || self == "&")
    }
}
