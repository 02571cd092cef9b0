/// What kind of document bytes are, and how many pages it has where that is easily seen.
struct OfficeFile: Sendable, Hashable {
    enum Kind: String, Sendable, Codable { case pdf, ppt, pptx, doc, docx }

    let kind: Kind
    /// Of a PDF whose page objects are not compressed.
    let pages: Int?

    /// Nothing when it is no document that LinkedIn takes.
    init?(_ bytes: [UInt8]) {
        if bytes.starts(with: Array("%PDF-".utf8)) {
            let tail = Array(bytes.suffix(1024))
            guard tail.firstRange(of: Array("%%EOF".utf8)) != nil else { return nil }
            kind = .pdf
            let count = Self.pages(bytes)
            pages = count == 0 ? nil : count
        } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            // The names of the files in a ZIP archive stand in clear text.
            if bytes.firstRange(of: Array("ppt/presentation.xml".utf8)) != nil {
                kind = .pptx
            } else if bytes.firstRange(of: Array("word/document.xml".utf8)) != nil {
                kind = .docx
            } else {
                return nil
            }
            pages = nil
        } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            // Stream names of a compound file are UTF-16.
            if bytes.firstRange(of: "PowerPoint Document".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }) != nil {
                kind = .ppt
            } else if bytes.firstRange(of: "WordDocument".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }) != nil {
                kind = .doc
            } else {
                return nil
            }
            pages = nil
        } else {
            return nil
        }
    }

    /// Counts `/Type /Page`, which is not `/Type /Pages`.
    private static func pages(_ bytes: [UInt8]) -> Int {
        var count = 0
        var rest = bytes[...]
        let word = Array("/Type".utf8)
        while let found = rest.firstRange(of: word) {
            rest = rest[found.upperBound...]
            let name = rest.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D }
            guard name.starts(with: Array("/Page".utf8)) else { continue }
            if name.dropFirst("/Page".utf8.count).first != UInt8(ascii: "s") { count += 1 }
        }
        return count
    }
}
