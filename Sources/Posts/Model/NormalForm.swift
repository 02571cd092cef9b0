#if canImport(Darwin)
    import Foundation
#else
    @_spi(_Unicode) import Swift
#endif

extension String {
    /// The text in Unicode's normal form C. The standard library has it, but shows it on Linux only.
    package var composed: String {
        if utf8.allSatisfy({ $0 < 0x80 }) { return self }
        #if canImport(Darwin)
            return precomposedStringWithCanonicalMapping
        #else
            return String(String.UnicodeScalarView(_nfc))
        #endif
    }
}
