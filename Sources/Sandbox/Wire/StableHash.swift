/// The same number for the same text on every machine and in every run, unlike `Hasher`.
enum StableHash {
    /// FNV-1a, 64 bits, with a final mixing so that similar names are far apart.
    static func of(_ text: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash ^= hash >> 33
        hash = hash &* 0xFF51_AFD7_ED55_8CCD
        return hash ^ (hash >> 33)
    }

    /// `count` letters and digits.
    static func word(_ text: String, count: Int) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        return String((0..<count).map { alphabet[Int(of("\(text)/\($0)") % UInt64(alphabet.count))] })
    }
}
