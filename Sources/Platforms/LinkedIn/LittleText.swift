import Posts

/// LinkedIn's `little` text, the form of `commentary` alone: comments, titles and alt texts are plain.
///
/// Every reserved character that is not part of a mention, hashtag or hashtag template takes a backslash, in URLs too.
/// Source: "little text format" of the Posts API, version 202605, read 2026-11-23.
enum LittleText {
    /// The words of a post for the wire. LinkedIn answers 201 to an unescaped bracket and drops what follows it.
    static func escape(_ text: String) -> String { escape(elements(of: text)) }

    static func escape(_ elements: [Element]) -> String {
        elements.map { element in
            switch element {
            case .mention(let name, let urn): "@[\(escaped(name))](\(urn))"
            case .hashtag(let hash, let word) where word.unicodeScalars.contains("_"):
                "{hashtag|\(escaped(hash))|\(escaped(word))}"
            case .hashtag(let hash, let word): hash + word
            case .url(let text), .words(let text): escaped(text)
            }
        }
        .joined()
    }

    /// What a reader sees of the words: a mention shows as its name.
    static func visible(_ elements: [Element]) -> String {
        elements.map { element in
            switch element {
            case .mention(let name, _): name
            case .hashtag(let hash, let word): hash + word
            case .url(let text), .words(let text): text
            }
        }
        .joined()
    }

    /// The words of hashtags in a text, without the hash.
    static func hashtags(in text: String) -> [String] {
        elements(of: text).compactMap { if case .hashtag(_, let word) = $0 { word } else { nil } }
    }

    /// The inverse of `escape`, which also reads the templates that LinkedIn makes of plain hashtags.
    static func unescape(_ little: String) -> String {
        let scalars = little.scalarArray
        var (plain, at) = ([Unicode.Scalar](), 0)
        while at < scalars.count {
            if let template = template(scalars, at: at) {
                plain += template.hashtag
                at = template.end
            } else if scalars[at] == "\\", at + 1 < scalars.count {
                plain.append(scalars[at + 1])
                at += 2
            } else {
                plain.append(scalars[at])
                at += 1
            }
        }
        return String(plain)
    }

    private static func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isReserved(byte) { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// All of them are ASCII, so that bytes tell as well as characters.
    private static func isReserved(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "|", "{", "}", "@", "[", "]", "(", ")", "<", ">", "#", "\\", "*", "_", "~": true
        default: false
        }
    }

    /// `{hashtag|\#|word}` or `{hashtag|#|word}`, with either hash.
    private static func template(
        _ scalars: [Unicode.Scalar], at start: Int
    ) -> (hashtag: [Unicode.Scalar], end: Int)? {
        let opening = Array("{hashtag|".unicodeScalars)
        guard scalars[start...].starts(with: opening) else { return nil }
        var (at, hashtag) = (start + opening.count, [Unicode.Scalar]())
        if at < scalars.count, scalars[at] == "\\" { at += 1 }
        guard at + 1 < scalars.count, scalars[at].isHash, scalars[at + 1] == "|" else { return nil }
        hashtag.append(scalars[at])
        at += 2
        while at < scalars.count, scalars[at] != "}" {
            if scalars[at] == "\\", at + 1 < scalars.count { at += 1 }
            hashtag.append(scalars[at])
            at += 1
        }
        return at < scalars.count ? (hashtag, at + 1) : nil
    }
}
