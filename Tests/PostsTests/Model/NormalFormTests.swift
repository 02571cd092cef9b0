import Foundation
import Testing

@testable import Posts

@Suite struct `The normal form` {
    private static let all = (0...0x10FFFF).compactMap { Unicode.Scalar($0 as UInt32) }

    @Test func `of a character that is always composed is the character`() {
        for scalar in Self.all where scalar.isAlwaysComposed {
            let text = String(Character(scalar)).precomposedStringWithCanonicalMapping
            let staysInPlace = scalar.properties.canonicalCombiningClass == .notReordered
            if Array(text.unicodeScalars) == [scalar], staysInPlace { continue }
            Issue.record("U+\(String(scalar.value, radix: 16))")
        }
    }

    @Test func `joins no such character with the one before it`() {
        for scalar in Self.all {
            let parts = String(Character(scalar)).decomposedStringWithCanonicalMapping.unicodeScalars
            guard parts.count > 1, let last = parts.last, last.isAlwaysComposed else { continue }
            Issue.record("U+\(String(scalar.value, radix: 16)) ends in U+\(String(last.value, radix: 16))")
        }
    }

    @Test(arguments: [
        ("e\u{301}", "é"), ("\u{1112}\u{1161}\u{11AB}", "한"), ("\u{D558}\u{11AB}", "한"), ("か\u{3099}", "が"),
        ("ا\u{653}", "آ"), ("\u{212B}", "Å"), ("\u{387}", "·"), ("Καλημέρα, 東京 한국어 ☕️", "Καλημέρα, 東京 한국어 ☕️"),
    ])
    func `of a text is Unicode's`(_ text: String, _ composed: String) {
        #expect(text.composedScalars == Array(composed.unicodeScalars))
        #expect(Array(text.composed.unicodeScalars) == Array(composed.unicodeScalars))
    }
}
