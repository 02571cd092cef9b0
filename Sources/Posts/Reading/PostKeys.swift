/// The keys of a front matter that are ours; all others belong to somebody else and are left alone.
enum PostKey: Sendable {
    case accounts, draft, expires, link, media, published, repeats, schedule, tags, timeZone, title
    case network(Network)
    /// A key of a network's mapping, written beside it.
    case misplaced
    /// A common key of another tool, known here only so that no time is lost in asking what it is a slip of.
    case foreign

    static let table = ByteTable(words + foreignWords.map { ($0, .foreign) })

    /// Hugo's, Jekyll's and Obsidian's own.
    private static let foreignWords = [
        "aliases", "author", "authors", "categories", "category", "cover", "cssclasses", "date", "description",
        "excerpt",
        "expiryDate", "id", "image", "images", "keywords", "lang", "lastmod", "layout", "links", "menu", "params",
        "permalink",
        "publishDate", "resources", "series", "slug", "summary", "toc", "type", "updated", "url", "videos", "weight",
    ]

    private static let words: [(String, PostKey)] =
        [
            ("accounts", .accounts), ("draft", .draft), ("expires", .expires), ("link", .link), ("media", .media),
            ("published", .published), ("repeat", .repeats), ("schedule", .schedule), ("tags", .tags),
            ("timeZone", .timeZone), ("title", .title), ("twitter", .network(.x)),
        ] + Network.allCases.map { ($0.rawValue, .network($0)) }
        + ["text", "skip", "firstComment", "thread"].map { ($0, .misplaced) }

    private struct Word: Sendable {
        let text: String
        let length: Int
        let letters: UInt32
    }

    /// Shorter words have neighbours everywhere.
    private static let comparable = words.filter { $0.0.utf8.count >= 4 }.map { word in
        Word(text: word.0, length: word.0.utf8.count, letters: letters(of: word.0.utf8))
    }

    /// Which of ours was most probably meant. Foreign keys are common, so that fewer slips count than elsewhere:
    /// one in words up to five characters, two in longer ones.
    static func nearMiss(_ key: UnsafeBufferPointer<UInt8>) -> String? {
        guard key.count >= 3, key.count <= 16 else { return nil }
        let letters = letters(of: key)
        var best: (slips: Int, word: String)?
        for word in comparable where abs(word.length - key.count) <= 2 {
            let limit = word.length <= 5 ? 1 : 2
            // A slip changes at most two letters of the set; this spares nearly every comparison.
            guard (letters ^ word.letters).nonzeroBitCount <= 2 * limit,
                let slips = slips(from: String(decoding: key, as: UTF8.self), to: word.text, atMost: limit)
            else { continue }
            if let found = best, (found.slips, found.word) <= (slips, word.text) { continue }
            best = (slips, word.text)
        }
        return best?.word
    }

    /// One bit a letter, whatever its case.
    private static func letters(of bytes: some Sequence<UInt8>) -> UInt32 {
        bytes.reduce(0) { $1 >= UInt8(ascii: "A") && $1 != UInt8(ascii: "_") ? $0 | 1 << UInt32($1 & 31) : $0 }
    }
}
