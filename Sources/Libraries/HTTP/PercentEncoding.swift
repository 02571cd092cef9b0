/// The text with every byte of its UTF-8 but the unreserved ones (letters, digits, `-._~`) as `%XX` in upper case.
/// Source: RFC 3986 §2.1 and §2.3; OAuth 1.0a signatures (RFC 5849 §3.6) want exactly this.
package func percentEncoded(_ text: String) -> String {
    // Most keys, ids and digests are what they are.
    text.utf8.allSatisfy(isUnreserved) ? text : String(decoding: percentEncodedBytes(text), as: UTF8.self)
}

private func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
}

func percentEncodedBytes(_ text: String) -> [UInt8] {
    let digits: StaticString = "0123456789ABCDEF"
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count * 3 / 2)
    for byte in text.utf8 {
        if isUnreserved(byte) {
            bytes.append(byte)
        } else {
            bytes.append(UInt8(ascii: "%"))
            bytes.append(digits.utf8Start[Int(byte >> 4)])
            bytes.append(digits.utf8Start[Int(byte & 15)])
        }
    }
    return bytes
}
