internal import Foundation

/// A text as X counts it (twitter-text configuration v3, 2018): after NFC, a URL is 23, an emoji is 2, a character
/// outside the Latin-to-Georgian and some punctuation ranges is 2.
struct WeightedLength: Sendable, Hashable {
    /// At most this much in a post of an account without Premium.
    static let limit = 280

    let total: Int
    /// No U+FFFE, U+FEFF or U+FFFF in it.
    let isClean: Bool
    /// The URLs in order, as written.
    let urls: [String]

    init(of text: String) {
        let scalars = Array(text.precomposed.unicodeScalars)
        let ranges = URLFinder(scalars).ranges()
        let emoji = Self.emoji(in: scalars)
        let ends = Dictionary(ranges.map { ($0.lowerBound, $0.upperBound) }) { first, _ in first }
        var total = 0
        var place = 0
        while place < scalars.count {
            if let end = ends[place] {
                total += 23
                place = end
            } else if let length = emoji[place] {
                total += 2
                place += length
            } else {
                total += Self.weight(scalars[place])
                place += 1
            }
        }
        self.total = total
        isClean = !scalars.contains(where: CharacterClasses.isInvalid)
        urls = ranges.map { String(String.UnicodeScalarView(scalars[$0])) }
    }

    private static func weight(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0...4351, 8192...8205, 8208...8223, 8242...8247: 1
        default: 2
        }
    }

    /// Length in scalars of the emoji that begins at a place.
    private static func emoji(in scalars: [Unicode.Scalar]) -> [Int: Int] {
        var found: [Int: Int] = [:]
        var place = 0
        for character in String(String.UnicodeScalarView(scalars)) {
            let length = character.unicodeScalars.count
            if isEmoji(character) { found[place] = length }
            place += length
        }
        return found
    }

    private static func isEmoji(_ character: Character) -> Bool {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return false }
        if (0x1F1E6...0x1F1FF).contains(first.value) { return true }
        if scalars.count == 1 { return first.properties.isEmojiPresentation }
        guard first.properties.isEmoji else { return false }
        return first.properties.isEmojiPresentation
            || scalars.contains { scalar in
                switch scalar.value {
                case 0x20E3, 0xFE0F, 0x200D, 0xE0020...0xE007F: true
                default: scalar.properties.isEmojiModifier
                }
            }
    }
}

extension String {
    /// Normalisation form C.
    var precomposed: String { precomposedStringWithCanonicalMapping }
}
