import HTTP
import Testing

@Suite struct `Base 64` {
    @Test(arguments: ["": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE="])
    func `is written as in RFC 4648`(words: String, encoded: String) {
        #expect(base64(Array(words.utf8)) == encoded)
    }
}
