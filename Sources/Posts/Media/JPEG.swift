extension MediaReader {
    /// Reads the segments up to the first scan (ITU-T T.81 annex B) and what EXIF and XMP tell.
    static func jpeg(_ bytes: MediaBytes) throws(Broken) -> MediaInfo {
        var place = 2
        var size: (width: Int, height: Int)?
        var exif: EXIF?
        var hasLocation = false
        while true {
            guard let start = bytes[place] else { throw .truncated(.jpeg, before: "its picture data") }
            guard start == 0xFF else { throw .malformed(.jpeg, "with bytes between its segments") }
            guard let marker = bytes[place + 1] else { throw .truncated(.jpeg, before: "its picture data") }
            if marker == 0xFF {
                // Any number of these may stand before a marker.
                place += 1
                continue
            }
            place += 2
            if marker == 0x01 || (0xD0...0xD7).contains(marker) { continue }
            if marker == 0xD9 { throw .malformed(.jpeg, "without picture data") }
            guard let length = bytes.big(2, at: place) else { throw .truncated(.jpeg, before: "its picture data") }
            guard length >= 2 else { throw .malformed(.jpeg, "with a segment of impossible length") }
            guard let segment = bytes.slice(length - 2, at: place + 2) else {
                throw .truncated(.jpeg, before: "its picture data")
            }
            if isFrame(marker), size == nil {
                guard let height = segment.big(2, at: 1), let width = segment.big(2, at: 3), width > 0, height > 0
                else {
                    throw .malformed(.jpeg, "without a width and height")
                }
                size = (width, height)
            }
            if marker == 0xE1, exif == nil, segment.has("Exif\0\0", at: 0) {
                exif = segment.rest(from: 6).map(EXIF.init)
            }
            if marker == 0xE1, segment.has("http://ns.adobe.com/xap/1.0/\0", at: 0),
                segment.firstPlace(of: "GPSLatitude") != nil
            {
                hasLocation = true
            }
            place += length
            if marker == 0xDA { break }
        }
        guard let size else { throw .malformed(.jpeg, "without a width and height") }
        guard hasEnd(bytes, behind: place) else { throw .truncated(.jpeg, before: "its end marker") }
        var info = MediaInfo(format: .jpeg, width: size.width, height: size.height, byteCount: bytes.count)
        if exif?.isTurned == true { (info.width, info.height) = (size.height, size.width) }
        info.hasLocation = hasLocation || exif?.hasLocation == true
        return info
    }

    /// SOF0 to SOF15; C4, C8 and CC are tables and an extension.
    private static func isFrame(_ marker: UInt8) -> Bool {
        (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
    }

    /// Looks from the end, where the marker is; cameras append films and thumbnails behind it. In picture data FF is
    /// always followed by 00 or a restart, and the end markers of embedded thumbnails lie before the first scan.
    private static func hasEnd(_ bytes: MediaBytes, behind start: Int) -> Bool {
        var place = bytes.count - 2
        while place >= start {
            if bytes[place] == 0xFF, bytes[place + 1] == 0xD9 { return true }
            place -= 1
        }
        return false
    }
}
