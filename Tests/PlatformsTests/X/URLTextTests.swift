import JSON
import Testing

@testable import Platforms

@Suite struct `URLs in words` {
    private static func table(_ section: String) throws -> [JSON] {
        try XFixtures.table("twitter-text-extract")[section]?.array ?? []
    }

    private func urls(_ text: String) -> [String] {
        let scalars = Array(text.unicodeScalars)
        return URLText.urls(in: scalars).map { String(scalars[$0.range]) }
    }

    @Test(arguments: ["urls", "tco_urls_with_params"]) func `are those of twitter-text`(_ section: String) throws {
        let cases = try Self.table(section)
        #expect(cases.count == (section == "urls" ? 91 : 5))
        for item in cases {
            let text = item["text"]?.string ?? ""
            #expect(urls(text) == item["expected"]?.array?.compactMap(\.string), "\(text)")
        }
    }

    @Test(arguments: ["urls_with_indices", "urls_with_directional_markers"])
    func `are where twitter-text finds them`(_ section: String) throws {
        let cases = try Self.table(section)
        #expect(cases.count == (section == "urls_with_indices" ? 10 : 2))
        for item in cases {
            let text = item["text"]?.string ?? ""
            let found = URLText.urls(in: text).map { [$0.range.lowerBound, $0.range.upperBound] }
            let expected = item["expected"]?.array?.map { $0["indices"]?.array?.compactMap(\.integer) ?? [] }
            #expect(found == expected, "\(text)")
        }
    }

    @Test func `end with each of the 1,574 top-level domains`() throws {
        let table = try XFixtures.table("twitter-text-tlds")
        let pairs = (table["country"]?.array ?? []) + (table["generic"]?.array ?? [])
        #expect(pairs.count == 1574)
        for pair in pairs {
            let text = pair[0]?.string ?? ""
            #expect(urls(text) == [pair[1]?.string ?? ""], "\(text)")
        }
    }

    @Test func `can be limited to those with a scheme`() {
        let text = "example.com and https://example.org"
        #expect(URLText.urls(in: text, withoutScheme: false).map(\.range) == [16..<35])
    }

    /// Each of these would take hours if the time grew with the square.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "a.", "a-", "a_", "日", "x.com/((", "x.com/!?", "@a", "#a", "$a", "http://", "com.", ".", "a.com日", "日.com",
        ])
    func `are found in a time that grows with the text`(_ piece: String) {
        let text = Array(String(repeating: piece, count: 30_000).unicodeScalars)
        let found = URLText.urls(in: text)
        #expect(found.allSatisfy { $0.range.upperBound <= text.count })
    }
}

@Suite struct `Hashtags, mentions and cashtags in words` {
    private static func table(_ section: String) throws -> [JSON] {
        try XFixtures.table("twitter-text-extract")[section]?.array ?? []
    }

    private func entities(_ kind: String, _ text: String) -> [TextEntity] {
        let scalars = Array(text.unicodeScalars)
        return switch kind {
        case "hashtags": TextEntities.hashtags(in: scalars)
        case "mentions": TextEntities.mentions(in: scalars)
        case "lists": TextEntities.mentions(in: scalars, withLists: true)
        default: TextEntities.cashtags(in: scalars)
        }
    }

    @Test(arguments: [("hashtags", 65), ("hashtags_from_astral", 3), ("mentions", 23), ("cashtags", 8)])
    func `are those of twitter-text`(_ section: String, _ count: Int) throws {
        let cases = try Self.table(section)
        #expect(cases.count == count)
        let kind = String(section.prefix { $0 != "_" })
        for item in cases {
            let text = item["text"]?.string ?? ""
            #expect(entities(kind, text).map(\.name) == item["expected"]?.array?.compactMap(\.string), "\(text)")
        }
    }

    @Test(
        arguments: [
            ("hashtags_with_indices", "hashtags", 8), ("mentions_with_indices", "mentions", 3),
            ("mentions_or_lists_with_indices", "lists", 5), ("cashtags_with_indices", "cashtags", 2),
        ])
    func `are where twitter-text finds them`(_ section: String, _ kind: String, _ count: Int) throws {
        let cases = try Self.table(section)
        #expect(cases.count == count)
        for item in cases {
            let text = item["text"]?.string ?? ""
            let found = entities(kind, text).map { [$0.range.lowerBound, $0.range.upperBound] }
            let expected = item["expected"]?.array?.map { $0["indices"]?.array?.compactMap(\.integer) ?? [] }
            #expect(found == expected, "\(text)")
        }
    }
}
