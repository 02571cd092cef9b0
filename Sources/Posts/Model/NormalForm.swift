#if canImport(Darwin)
    import Foundation
#else
    @_spi(_Unicode) import Swift
#endif

extension String {
    /// The text in Unicode's normal form C, as scalars. The standard library has it, but shows it on Linux only.
    package var composedScalars: [Unicode.Scalar] {
        if unicodeScalars.allSatisfy(\.isAlwaysComposed) { return scalarArray }
        #if canImport(Darwin)
            return Array(precomposedStringWithCanonicalMapping.unicodeScalars)
        #else
            return Array(_nfc)
        #endif
    }

    /// The text in Unicode's normal form C.
    package var composed: String {
        utf8.allSatisfy { $0 < 0x80 } || unicodeScalars.allSatisfy(\.isAlwaysComposed)
            ? self : String(String.UnicodeScalarView(composedScalars))
    }
}

extension Unicode.Scalar {
    /// No character below U+0300, no Greek, Cyrillic, Hebrew, Arabic or Japanese letter, no common dash, quote or dot, no
    /// joiner, emoji, Chinese character or Korean syllable has another form or joins with its neighbours
    /// (NFC_Quick_Check of Unicode 16): a text of these alone is in normal form C as it stands.
    var isAlwaysComposed: Bool {
        switch value {
        case 0..<0x300, 0x388...0x3FF, 0x400...0x482, 0x48A...0x52F, 0x5D0...0x5EA, 0x620...0x64A,
            0x3001...0x3029, 0x3041...0x3096, 0x30A1...0x30FC, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
            0x200D, 0x2010...0x2027, 0x2600...0x27BF, 0xFE0F, 0x1F000...0x1FAFF:
            true
        default: false
        }
    }
}

extension String {
    /// `Array(unicodeScalars)` goes through the text twice, once to count.
    package var scalarArray: [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(utf8.count)
        for scalar in unicodeScalars { scalars.append(scalar) }
        return scalars
    }

    /// As `utf16.count`, which keeps a table of places for every text it was asked of.
    package var utf16Length: Int {
        // A character of four bytes takes two units, any other one.
        utf8.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : $1 < 0xF0 ? 1 : 2) }
    }
}
