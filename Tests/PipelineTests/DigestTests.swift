import Posts
import Testing

@testable import Pipeline

@Suite struct `By its digest a post` {
    private func digest(_ text: String, _ options: [String: String] = [:]) -> String {
        Composer.digest(of: [Step(index: 0, kind: .post, text: text, options: options)])
    }

    @Test func `of the same words is the same, whatever its options`() {
        #expect(digest("One") == digest("One"))
        #expect(digest("One") != digest("Two"))
        #expect(digest("One", ["visibility": "PUBLIC"]) == digest("One", ["visibility": "LOGGED_IN"]))
    }

    @Test func `without words is known by what it asks or shares`() {
        let first = digest("", ["reshareContext.parent": "urn:li:share:1"])
        #expect(first == digest("", ["reshareContext.parent": "urn:li:share:1"]))
        #expect(first != digest("", ["reshareContext.parent": "urn:li:share:2"]))
        #expect(first != digest("", ["poll.question": "Tea or coffee?"]))
    }
}
