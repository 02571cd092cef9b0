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
    /// No character below U+0300, and none of the common dashes, quotes and dots, has another form or joins with its
    /// neighbours: a text of these alone is in normal form C as it stands.
    fileprivate var isAlwaysComposed: Bool { value < 0x300 || (0x2010...0x2027).contains(value) }
}
