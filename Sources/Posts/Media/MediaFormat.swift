extension MediaReader {
    /// Finds the format by the first bytes; throws for those that are not read, with their names.
    static func format(of bytes: MediaBytes) throws(Broken) -> MediaInfo.Format {
        if bytes.big(3, at: 0) == 0xFFD8FF { return .jpeg }
        if bytes[0] == 0x89, bytes.has("PNG", at: 1) { return .png }
        if bytes.has("GIF87a", at: 0) || bytes.has("GIF89a", at: 0) { return .gif }
        if bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8) { return .webp }
        if bytes.has("version https://git-lfs.github.com/spec/", at: 0) { throw .lfsPointer }
        // EBML, the frame of Matroska and WebM; and the start of a naked JPEG XL stream.
        if bytes.big(4, at: 0) == 0x1A45_DFA3 { throw .unsupported("WebM or Matroska", convertTo: "MP4") }
        if bytes.big(2, at: 0) == 0xFF0A { throw .unsupported("JPEG XL", convertTo: "JPEG") }
        // The reserved words of a bitmap are zero; "BM" alone would also begin a text.
        if bytes.has("BM", at: 0), bytes.big(4, at: 6) == 0 { throw .unsupported("BMP", convertTo: "PNG") }
        if bytes.has("%PDF-", at: 0) { return .pdf }
        if bytes.has("PK\u{3}\u{4}", at: 0) { return try officeFormat(bytes) }
        if bytes.big(4, at: 0) == 0xD0CF_11E0, bytes.big(4, at: 4) == 0xA1B1_1AE1 {
            return try olderOfficeFormat(bytes)
        }
        for (start, place, name, better) in otherFormats where bytes.has(start, at: place) {
            throw .unsupported(name, convertTo: better)
        }
        // First, since a text may have the name of a box in its fifth column.
        if isText(bytes) {
            if let format = captionsFormat(bytes) { return format }
            throw textFault(bytes)
        }
        if let format = try movieFormat(bytes) { return format }
        throw .unknown
    }
}

private let otherFormats: [(start: StaticString, place: Int, name: String, better: String)] = [
    ("II*\0", 0, "TIFF", "JPEG or PNG"),
    ("MM\0*", 0, "TIFF", "JPEG or PNG"),
    ("II+\0", 0, "TIFF", "JPEG or PNG"),
    ("MM\0+", 0, "TIFF", "JPEG or PNG"),
    ("8BPS", 0, "a Photoshop file", "JPEG or PNG"),
    ("\0\0\u{1}\0", 0, "an icon file", "PNG"),
    ("JXL ", 4, "JPEG XL", "JPEG"),
    ("jP  ", 4, "JPEG 2000", "JPEG"),
    ("AVI ", 8, "AVI", "MP4"),
    ("WAVE", 8, "sound", "MP4 with a picture"),
    ("ID3", 0, "sound", "MP4 with a picture"),
    ("OggS", 0, "Ogg", "MP4"),
]

/// By the first 512 bytes.
private func isText(_ bytes: MediaBytes) -> Bool {
    bytes.prefix(512).allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
}

/// SVG, a web page or other text.
private func textFault(_ bytes: MediaBytes) -> MediaReader.Broken {
    let start = String(decoding: bytes.prefix(512), as: UTF8.self).lowercased()
    if start.contains("<svg") { return .unsupported("SVG", convertTo: "PNG") }
    return start.contains("<!doctype html") || start.contains("<html") ? .webPage : .text
}
