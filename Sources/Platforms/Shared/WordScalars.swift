/// What may be part of a word, and so of a hashtag or a handle.
extension Unicode.Scalar {
    var isLetter: Bool {
        if isASCII { return isASCIILetter }
        return switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// A letter, mark, digit or `_`.
    var isOfWord: Bool {
        if isASCII { return isASCIIAlphanumeric || self == "_" }
        return switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .decimalNumber: true
        default: isLetter
        }
    }

    /// `#`, or its full-width form.
    var isHash: Bool { self == "#" || self == "\u{FF03}" }

    /// `@`, or its full-width form.
    var isAt: Bool { self == "@" || self == "\u{FF20}" }

    var isBlank: Bool { properties.isWhitespace }
}

extension String {
    /// As bytes first: a view of scalars checks its storage at every append.
    init(_ scalars: some Collection<Unicode.Scalar>) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scalars.count)
        for scalar in scalars {
            if scalar.isASCII {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                bytes.append(contentsOf: scalar.utf8)
            }
        }
        self.init(decoding: bytes, as: UTF8.self)
    }
}
