import Crypto

/// `sha256:` and the digest's digits, by which files and composed posts are known.
func sha256(_ bytes: [UInt8]) -> String { named(SHA256.hash(data: bytes)) }

func named(_ digest: SHA256Digest) -> String { "sha256:" + hexadecimal(digest) }

/// In lower case.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}
