extension MediaReader {
    /// Word or PowerPoint by the names in a ZIP archive (ECMA-376 part 2, APPNOTE.TXT §4.3); throws for other archives.
    static func officeFormat(_ bytes: MediaBytes) throws(Broken) -> MediaInfo.Format {
        var names: Set<Mark> = []
        try forEachName(bytes) { name in
            for mark in Mark.allCases where mark.matches(name) { names.insert(mark) }
        }
        guard names.contains(.types) else { throw .unsupported("a ZIP archive", convertTo: "JPEG, PNG, MP4 or PDF") }
        if names.contains(.word) { return .docx }
        if names.contains(.slides) { return .pptx }
        throw .unsupported(names.contains(.sheets) ? "an Excel file" : "a ZIP archive", convertTo: "PDF")
    }

    static func office(_ bytes: MediaBytes, _ format: MediaInfo.Format) throws(Broken) -> MediaInfo {
        var slides = 0
        try forEachName(bytes) { name in
            if name.has("ppt/slides/slide", at: 0), name.has(".xml", at: name.count - 4) { slides += 1 }
        }
        var info = MediaInfo(format: format, width: 0, height: 0, byteCount: bytes.count)
        if format == .pptx, slides > 0 { info.pageCount = slides }
        return info
    }

    private enum Mark: CaseIterable {
        case types, word, slides, sheets

        func matches(_ name: MediaBytes) -> Bool {
            switch self {
            case .types: name.has("[Content_Types].xml", at: 0)
            case .word: name.has("word/", at: 0)
            case .slides: name.has("ppt/", at: 0)
            case .sheets: name.has("xl/", at: 0)
            }
        }
    }

    /// Visits the names in the archive's list of files, which stands at its end.
    private static func forEachName(_ bytes: MediaBytes, _ body: (MediaBytes) -> Void) throws(Broken) {
        // The end record has 22 bytes and a comment of at most 65,535.
        var end = bytes.count - 22
        while end >= max(0, bytes.count - 22 - 0xFFFF), !bytes.has("PK\u{5}\u{6}", at: end) { end -= 1 }
        guard let count = bytes.little(2, at: end + 10), let start = bytes.little(4, at: end + 16),
            bytes.has("PK\u{5}\u{6}", at: end)
        else { throw .cutArchive }
        var place = start
        for _ in 0..<count {
            guard bytes.has("PK\u{1}\u{2}", at: place), let length = bytes.little(2, at: place + 28),
                let extra = bytes.little(2, at: place + 30), let comment = bytes.little(2, at: place + 32),
                let name = bytes.slice(length, at: place + 46)
            else { throw .cutArchive }
            body(name)
            place += 46 + length + extra + comment
        }
    }
}
