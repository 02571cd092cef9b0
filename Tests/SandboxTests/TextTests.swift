import Testing

@testable import Sandbox

struct WeightedCase: Decodable, Sendable {
    struct URL: Decodable, Sendable { let url: String }
    let text: String
    let weightedLength: Int
    let valid: Bool
    let urls: [URL]
}

struct ConformanceCase: Decodable, Sendable {
    struct Expected: Decodable, Sendable {
        let weightedLength: Int
        let valid: Bool
    }
    let description: String
    let text: String
    let expected: Expected
}

struct URLCase: Decodable, Sendable {
    let description: String
    let text: String
    let expected: [String]
}

struct LittleCase: Decodable, Sendable {
    let text: String
    let little: String
}

private struct WeightedTable: Decodable { let vectors: [WeightedCase] }
private struct ConformanceTable: Decodable {
    let validate: [ConformanceCase]
    let urls: [URLCase]
}
private struct LittleTable: Decodable { let cases: [LittleCase] }

@Suite struct `The weighted length of X` {
    @Test(arguments: try Tables.load("x/weighted-length.json", as: WeightedTable.self).vectors)
    func `agrees with the reference`(_ vector: WeightedCase) {
        let length = WeightedLength(of: vector.text)
        #expect(length.total == vector.weightedLength)
        #expect(length.urls == vector.urls.map(\.url.precomposed))
        #expect((length.isClean && length.total > 0 && length.total <= WeightedLength.limit) == vector.valid)
    }

    @Test(arguments: try Tables.load("x/twitter-text.json", as: ConformanceTable.self).validate)
    func `agrees with the conformance cases`(_ vector: ConformanceCase) {
        let length = WeightedLength(of: vector.text)
        #expect(length.total == vector.expected.weightedLength, "\(vector.description)")
        let isValid = length.isClean && length.total > 0 && length.total <= WeightedLength.limit
        #expect(isValid == vector.expected.valid, "\(vector.description)")
    }

    @Test(arguments: try Tables.load("x/twitter-text.json", as: ConformanceTable.self).urls)
    func `finds the URLs of the conformance cases`(_ vector: URLCase) {
        #expect(WeightedLength(of: vector.text).urls == vector.expected, "\(vector.description)")
    }
}

@Suite struct `Little text` {
    @Test(arguments: try Tables.load("linkedin/little-text.json", as: LittleTable.self).cases)
    func `arrives whole when it was escaped`(_ vector: LittleCase) {
        let read = LittleText(vector.little)
        #expect(!read.isCut)
        // A mention shows its name alone.
        let visible = vector.text.replacing(/@\[([^\]]*)\]\(urn:li:(person|organization):[^)]*\)/) {
            String($0.output.1)
        }
        #expect(
            read.visible == (vector.text.hasPrefix("[") || vector.text.contains("No close") ? vector.text : visible))
        // What a read returns says the same when it is read again.
        #expect(LittleText(read.stored).visible == read.visible)
    }

    @Test(arguments: [
        ("a (b) c", "a "), ("Hello_world", "Hello"), ("mail me@example.com", "mail me"), ("2 * 3", "2 "),
        ("C# and F#", "C"), ("issue #42", "issue "), ("#snake_case", "#snake"), ("x \\n y", "x "),
        ("{hashtag|\\#|ok} then <b>", "#ok then "), ("@[Name](urn:li:share:1) x", ""), ("trailing\\", "trailing"),
    ])
    func `is cut at the first reserved character that was not escaped`(_ text: String, _ kept: String) {
        let read = LittleText(text)
        #expect(read.isCut)
        #expect(read.visible == kept)
    }
}
