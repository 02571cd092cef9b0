#if canImport(Darwin)
    import Foundation
#else
    @_spi(_Unicode) import Swift
#endif

extension String {
    /// The text in Unicode's normal form C, as scalars. The standard library has it, but shows it on Linux only.
    package var composedScalars: [Unicode.Scalar] {
        if unicodeScalars.allSatisfy(\.isAlwaysComposed) { return Array(unicodeScalars) }
        #if canImport(Darwin)
            return Array(precomposedStringWithCanonicalMapping.unicodeScalars)
        #else
            return Array(_nfc)
        #endif
    }

    /// The text in Unicode's normal form C.
    package var composed: String {
        unicodeScalars.allSatisfy(\.isAlwaysComposed) ? self : String(String.UnicodeScalarView(composedScalars))
    }
}

extension Unicode.Scalar {
    /// No character below U+0300, no common dash, quote or dot, no joiner, emoji or Chinese character has another form
    /// or joins with its neighbours (NFC_Quick_Check of Unicode 16): a text of these alone is in normal form C as it
    /// stands.
    fileprivate var isAlwaysComposed: Bool {
        switch value {
        case 0..<0x300, 0x200D, 0x2010...0x2027, 0x2600...0x27BF, 0x4E00...0x9FFF, 0xFE0F, 0x1F000...0x1FAFF: true
        default: false
        }
    }
}
