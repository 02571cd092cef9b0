/// What looks like a secret, so that none is committed by mistake.
enum SecretShape {
    /// Whether a key's name promises one; asked only about keys that are not known.
    static func isKey(_ name: String) -> Bool {
        let letters = name.lowercased().filter { $0.isLetter }
        let words = [
            "token", "secret", "password", "passwd", "passphrase", "apikey", "accesskey", "privatekey", "consumerkey",
            "bearer", "credential",
        ]
        return words.contains { letters.contains($0) }
    }

    /// Whether a value has the form in which a well-known service gives out secrets, or is an address with a password.
    static func isValue(_ text: String) -> Bool {
        let prefixes = [
            "AGE-SECRET-KEY-", "-----BEGIN", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-",
            "AAAAAAAAAAAAAAAAAAAAA",
        ]
        if prefixes.contains(where: text.hasPrefix) { return true }
        let isWord = text.utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || ($0 | 0x20) &- UInt8(ascii: "a") < 26 }
        // AWS access keys have 20 characters, Meta's tokens and LinkedIn's well over 100.
        if isWord, text.utf8.count == 20, text.hasPrefix("AKIA") || text.hasPrefix("ASIA") { return true }
        if text.utf8.count > 60, text.hasPrefix("EAA") || text.hasPrefix("IGA") || text.hasPrefix("AQ"),
            !text.contains(" ")
        {
            return true
        }
        guard let scheme = text.firstRange(of: "://") else { return false }
        let authority = text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return false }
        return authority[..<at].contains(":")
    }
}
