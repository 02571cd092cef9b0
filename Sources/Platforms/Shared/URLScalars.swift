/// The classes of characters that the grammar of URLs in words is made of.
///
/// Source: twitter-text 3, commit 30e2430, 2021-10-21.
extension Unicode.Scalar {
    var isASCIILetter: Bool {
        switch self {
        case "a"..."z", "A"..."Z": true
        default: false
        }
    }

    var isASCIIAlphanumeric: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }

    /// The lower-case form if it is one scalar, else itself.
    var lowered: Unicode.Scalar {
        if isASCII { return ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(value) + 32) : self }
        let mapped = properties.lowercaseMapping.unicodeScalars
        return mapped.count == 1 ? mapped.first ?? self : self
    }

    /// X refuses posts with these.
    var isForbiddenInPosts: Bool { self == "\u{FFFE}" || self == "\u{FEFF}" || self == "\u{FFFF}" }

    var isDirectional: Bool {
        switch value {
        case 0x202A...0x202E, 0x061C, 0x200E, 0x200F, 0x2066...0x2069: true
        default: false
        }
    }

    var isURLSpace: Bool {
        switch value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x180E, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
            true
        default: false
        }
    }

    /// ASCII punctuation, but neither `"` nor a back quote.
    var isURLPunctuation: Bool {
        switch self {
        case "!"..."/" where self != "\"", ":"..."@", "["..."_", "{"..."~": true
        default: false
        }
    }

    /// Letters of Latin alphabets with accents, and the accents.
    var isAccentedLatin: Bool {
        switch value {
        case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0xFF, 0x100...0x24F, 0x253, 0x254, 0x256, 0x257, 0x259, 0x25B, 0x263,
            0x268, 0x26F, 0x272, 0x289, 0x28B, 0x2BB, 0x300...0x36F, 0x1E00...0x1EFF:
            true
        default: false
        }
    }

    var isCyrillic: Bool { (0x400...0x4FF).contains(value) }

    var mayPrecedeURL: Bool {
        !(isASCIIAlphanumeric || isForbiddenInPosts || isAt || isHash || self == "$")
    }

    /// In front of a domain without a scheme these say that it is the rest of something else.
    var joinsWords: Bool { self == "-" || self == "_" || self == "." || self == "/" }

    var isOfDomain: Bool {
        isASCIIAlphanumeric || !(isURLPunctuation || isURLSpace || isForbiddenInPosts || isDirectional)
    }

    var isOfPlainLabel: Bool { isASCIIAlphanumeric || self == "-" || isAccentedLatin }

    var isOfPath: Bool {
        if isASCIIAlphanumeric || isCyrillic || isAccentedLatin { return true }
        switch self {
        case "!", "*", "'", ";", ":", "=", "+", ",", ".", "$", "/", "%", "#", "[", "]", "-", "\u{2013}", "_", "~", "@",
            "|", "&":
            return true
        default: return false
        }
    }

    var endsPath: Bool {
        if isASCIIAlphanumeric || isCyrillic || isAccentedLatin { return true }
        switch self {
        case "=", "_", "#", "/", "+", "-": return true
        default: return false
        }
    }

    var isOfQuery: Bool {
        if isASCIIAlphanumeric { return true }
        switch self {
        case "!", "?", "*", "'", "@", "(", ")", ";", ":", "&", "=", "+", "$", "/", "%", "#", "[", "]", "-", "_", ".",
            ",", "~", "|":
            return true
        default: return false
        }
    }

    var endsQuery: Bool {
        if isASCIIAlphanumeric { return true }
        switch self {
        case "-", "_", "&", "=", "#", "/": return true
        default: return false
        }
    }
}
