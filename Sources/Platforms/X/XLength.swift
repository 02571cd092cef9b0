import Posts

/// Whether words are too long for X, or so long that it folds them.
enum XLength {
    /// What is measured.
    enum Subject: Sendable, Hashable {
        /// The number of a part; nil where there is one alone. It may be one that was to be divided.
        case part(Int?, isDivided: Bool)
        case comment
    }

    static func complaints(_ subject: Subject, _ length: WeightedLength, _ part: Content.Part) -> [Diagnostic] {
        if length.fits {
            guard length.used > XRules.longestText else { return [] }
            return [
                Diagnostic(
                    .note, .textTooLong, at: part.place,
                    "\(subject.name) has \(length.used) characters; X shows \(XRules.longestText) and folds the rest")
            ]
        }
        return [
            Diagnostic(
                .error, .textTooLong, at: part.place,
                "\(subject.name) has \(length.used) of \(length.limit) characters as X counts them"
                    + (subject.isDivided ? ", and one of its words does not fit by itself" : ""),
                hint: subject.hint)
        ]
    }
}

extension XLength.Subject {
    fileprivate var name: String {
        switch self {
        case .part(let number?, _): "part \(number)"
        case .part(nil, _): "the text"
        case .comment: "the first comment"
        }
    }

    fileprivate var isDivided: Bool {
        switch self {
        case .part(_, let isDivided): isDivided
        case .comment: false
        }
    }

    fileprivate var hint: String {
        switch self {
        case .part(_, isDivided: true): "shorten the word"
        case .part(_, isDivided: false):
            "shorten it, begin the next part of a thread with a line ---, set x.text, or set x.thread to auto"
        case .comment: "shorten it"
        }
    }
}
