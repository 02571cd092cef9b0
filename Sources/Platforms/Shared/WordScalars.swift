/// What may be part of a word, and so of a hashtag or a handle.
extension Unicode.Scalar {
    var isLetter: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// A letter, mark, digit or `_`.
    var isOfWord: Bool {
        if isLetter || self == "_" { return true }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .decimalNumber: return true
        default: return false
        }
    }

    /// `#`, or its full-width form.
    var isHash: Bool { self == "#" || self == "\u{FF03}" }

    /// `@`, or its full-width form.
    var isAt: Bool { self == "@" || self == "\u{FF20}" }

    var isBlank: Bool { properties.isWhitespace }
}

extension String {
    init(_ scalars: some Sequence<Unicode.Scalar>) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self = String(view)
    }
}
