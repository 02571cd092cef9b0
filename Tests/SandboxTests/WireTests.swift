import Testing

@testable import Sandbox

struct OAuthVector: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let method: String
    let base_url: String
    let query: [[String]]
    let form_body: [[String]]
    let consumer_secret: String
    let token_secret: String?
    let parameter_string: String
    let signature_base_string: String
    let signature: String
    let authorization_header: String

    var testDescription: String { name }
}

private struct OAuthTable: Decodable {
    let percent_encoding: [[String]]
    let vectors: [OAuthVector]
}

@Suite struct `An OAuth 1.0a signature` {
    @Test(arguments: try Tables.load("x/oauth1.json", as: OAuthTable.self).vectors)
    func `is the one of the table`(_ vector: OAuthVector) throws {
        let header = try #require(OAuth1.header(vector.authorization_header))
        let signed =
            header.filter { $0.name != "oauth_signature" && $0.name != "realm" }
            + (vector.query + vector.form_body).map { (name: $0[0], value: $0[1]) }
        let parameters = OAuth1.parameterString(signed)
        let base = OAuth1.baseString(method: vector.method, url: vector.base_url, parameters: parameters)
        #expect(parameters == vector.parameter_string)
        #expect(base == vector.signature_base_string)
        let signature = OAuth1.signature(
            baseString: base, consumerSecret: vector.consumer_secret, tokenSecret: vector.token_secret ?? "")
        #expect(signature == vector.signature)
        #expect(header.first { $0.name == "oauth_signature" }?.value == signature)
    }

    @Test(arguments: try Tables.load("x/oauth1.json", as: OAuthTable.self).percent_encoding)
    func `percent-encodes as RFC 3986 says`(_ pair: [String]) {
        #expect(PercentCoding.encode(pair[0]) == pair[1])
        #expect(PercentCoding.decode(pair[1]) == pair[0])
    }
}

@Suite struct `A moment` {
    @Test(arguments: [
        ("2026-12-01T09:00:00Z", 1_796_115_600_000), ("2026-12-01T10:00:00+01:00", 1_796_115_600_000),
        ("1970-01-01T00:00:00.250Z", 250), ("1969-12-31T23:59:59Z", -1000), ("2024-02-29T12:00:00Z", 1_709_208_000_000),
        ("2021-11-03T21:38:39.032Z", 1_635_975_519_032),
    ])
    func `is read as RFC 3339`(_ text: String, _ milliseconds: Int) {
        #expect(Moment(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: ["2026-13-01T09:00:00Z", "2026-12-01", "2026-12-01T09:00:00", "2026-12-01T09:00:00Zx", "now", ""])
    func `is nothing else`(_ text: String) {
        #expect(Moment(rfc3339: text) == nil)
    }

    @Test func `is written in the three forms of the networks`() {
        let moment = Moment(milliseconds: 1_635_975_519_032)
        #expect(moment.rfc3339 == "2021-11-03T21:38:39Z")
        #expect(moment.withMilliseconds == "2021-11-03T21:38:39.032Z")
        #expect(moment.graph == "2021-11-03T21:38:39+0000")
    }

    @Test func `gives the ids that X gave at that time`() {
        let id = Snowflake.id(at: Moment(milliseconds: 1_635_975_519_032), sequence: 0)
        #expect(id >> 22 == 1_456_012_973_835_788_293 >> 22)
    }
}

@Suite struct `A multipart body` {
    private let type = "multipart/form-data; boundary=\"b\""

    @Test func `gives its parts`() throws {
        let body =
            "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"x.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n1\r\n2\r\n--b--\r\n"
        let parts = try #require(Multipart.parse(Array(body.utf8), contentType: type))
        #expect(parts.map(\.name) == ["a"])
        #expect(parts[0].text == "1\r\n2")
        #expect(parts[0].fileName == "x.jpg")
        #expect(parts[0].contentType == "image/jpeg")
    }

    @Test(arguments: [
        "", "--b--\r\n", "--b\nContent-Disposition: form-data; name=\"a\"\n\n1\n--b--\n",
        "--b\r\n\r\n1\r\n--b--\r\n", "--b\r\n\r\n\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n", "--b\r\nno header\r\n\r\n1\r\n--b--\r\n",
        "--c\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--c--\r\n",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\nmore",
    ])
    func `is refused when it deviates`(_ body: String) {
        #expect(Multipart.parse(Array(body.utf8), contentType: type) == nil)
    }
}
