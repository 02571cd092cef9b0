#if canImport(Darwin)
    import Foundation
#else
    @_spi(_Unicode) import Swift
#endif

extension String {
    /// The text in Unicode's normal form C, as scalars. The standard library has it, but shows it on Linux only.
    var composedScalars: [Unicode.Scalar] {
        if utf8.allSatisfy({ $0 < 0x80 }) { return Array(unicodeScalars) }
        #if canImport(Darwin)
            return Array(precomposedStringWithCanonicalMapping.unicodeScalars)
        #else
            return Array(_nfc)
        #endif
    }
}
