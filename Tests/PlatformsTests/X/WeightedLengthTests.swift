import JSON
import Posts
import Testing

@testable import Platforms

@Suite struct `The length of words on X` {
    /// The last UTF-16 unit of the text as it was written that still fits, as twitter-text counts it.
    private func validEnd(_ text: String, _ length: WeightedLength) -> Int {
        let scalars = text.composedScalars
        let units = scalars[..<length.fitting].reduce(0) { $0 + UTF16.width($1) }
        let lost = text.utf16.count - scalars.reduce(0) { $0 + UTF16.width($1) }
        return max(0, units - 1) + lost
    }

    private func compare(_ text: String, _ expected: JSON) {
        let length = WeightedLength(text)
        #expect(length.used == expected["weightedLength"]?.integer, "\(text)")
        let isValid = length.fits && length.used > 0 && length.forbidden.isEmpty
        #expect(isValid == expected["valid"]?.bool, "\(text)")
        #expect(length.used * 1000 / length.limit == expected["permillage"]?.integer, "\(text)")
        #expect(validEnd(text, length) == expected["validRangeEnd"]?.integer, "\(text)")
    }

    @Test func `is that of the 107 own vectors`() throws {
        let vectors = try XFixtures.table("weighted-length-vectors")["vectors"]?.array ?? []
        #expect(vectors.count == 107)
        for vector in vectors {
            let text = vector["text"]?.string ?? ""
            compare(text, vector)
            let urls = URLText.urls(in: text.composedScalars).map(\.range)
            let expected = vector["urls"]?.array?.map { ($0["start"]?.integer ?? -1)..<($0["end"]?.integer ?? 0) }
            #expect(urls == expected, "\(text)")
        }
    }

    @Test(arguments: [("WeightedTweetsWithDiscountedEmojiCounterTest", 22), ("UnicodeDirectionalMarkerCounterTest", 2)])
    func `is that of twitter-text`(_ section: String, _ count: Int) throws {
        let cases = try XFixtures.table("twitter-text-validate")[section]?.array ?? []
        #expect(cases.count == count)
        for item in cases { compare(item["text"]?.string ?? "", item["expected"] ?? .null) }
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["a", "\r\n", "\u{301}", "👍🏽", "x.com ", "文"])
    func `is known of very long text`(_ piece: String) {
        let length = WeightedLength(String(repeating: piece, count: 20_000))
        #expect(length.used > 280)
        #expect(length.fitting <= 280 * 6)
    }

    @Test func `begins again for another limit`() {
        #expect(WeightedLength("abc", limit: 2).fitting == 2)
        #expect(!WeightedLength("abc", limit: 2).fits)
    }
}
