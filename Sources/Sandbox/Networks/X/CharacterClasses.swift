/// The character classes of X's text grammar.
/// Source: twitter-text, js/src/regexp, 2021-10-21, restated.
enum CharacterClasses {
    static func isInvalid(_ scalar: Unicode.Scalar) -> Bool {
        [0xFFFE, 0xFEFF, 0xFFFF].contains(scalar.value)
    }

    static func isDirectional(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x202A...0x202E, 0x2066...0x2069, 0x061C, 0x200E, 0x200F: true
        default: false
        }
    }

    static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

    static func isLatinAccent(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x253, 0x254, 0x256, 0x257, 0x259, 0x25B, 0x263, 0x268, 0x26F,
            0x272, 0x289, 0x28B, 0x2BB, 0x300...0x36F, 0x1E00...0x1EFF:
            true
        default: false
        }
    }

    /// What may stand right before a URL.
    static func mayPrecedeURL(_ scalar: Unicode.Scalar) -> Bool {
        isDirectional(scalar)
            || !(isAlphanumeric(scalar) || "@＠$#＃".unicodeScalars.contains(scalar) || isInvalid(scalar))
    }

    /// What a label of a host is made of, apart from `-` and `_` inside it.
    static func isDomain(_ scalar: Unicode.Scalar) -> Bool {
        if isAlphanumeric(scalar) { return true }
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x180E, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
            return false
        default:
            return
                !(isDirectional(scalar) || isInvalid(scalar)
                || "!'#%&()*+,\\-./:;<=>?@[]^_{|}~$".unicodeScalars.contains(scalar))
        }
    }

    static func isPath(_ scalar: Unicode.Scalar) -> Bool {
        isAlphanumeric(scalar) || isLatinAccent(scalar) || (0x400...0x4FF).contains(scalar.value)
            || "!*';:=+,.$/%#[]-\u{2013}_~@|&".unicodeScalars.contains(scalar)
    }

    static func endsPath(_ scalar: Unicode.Scalar) -> Bool {
        isAlphanumeric(scalar) || isLatinAccent(scalar) || (0x400...0x4FF).contains(scalar.value)
            || "+-=_#/".unicodeScalars.contains(scalar)
    }

    static func isQuery(_ scalar: Unicode.Scalar) -> Bool {
        isAlphanumeric(scalar) || "!?*'@();:&=+$/%#[]-_.,~|".unicodeScalars.contains(scalar)
    }

    static func endsQuery(_ scalar: Unicode.Scalar) -> Bool {
        isAlphanumeric(scalar) || "-_&=#/".unicodeScalars.contains(scalar)
    }
}
