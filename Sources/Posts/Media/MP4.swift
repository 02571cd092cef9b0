extension MediaReader {
    /// MP4, QuickTime or nil by the first box; pictures in the same frame (HEIC, AVIF) are refused by their brands.
    static func movieFormat(_ bytes: MediaBytes) throws(Broken) -> MediaInfo.Format? {
        guard let tag = bytes.tag(at: 4) else { return nil }
        // QuickTime files of old begin without brands.
        if ["moov", "mdat", "wide", "free", "skip", "pnot"].contains(tag) { return .quicktime }
        guard tag == "ftyp", let major = bytes.tag(at: 8), let length = bytes.big(4, at: 0) else { return nil }
        // The major brand, four bytes of version, then the compatible ones; 40 are more than any writer lists.
        let others = stride(from: 16, to: min(length, 176), by: 4).compactMap { bytes.tag(at: $0) }
        let brands = Set([major] + others)
        if !brands.isDisjoint(with: ["avif", "avis"]) { throw .unsupported("AVIF", convertTo: "JPEG") }
        if ["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"].contains(major) {
            throw .unsupported("HEIC", convertTo: "JPEG")
        }
        if major == "crx " { throw .unsupported("a camera's raw file", convertTo: "JPEG") }
        return major == "qt  " ? .quicktime : .mp4
    }

    /// Reads the index of a film (ISO/IEC 14496-12 §8, QuickTime File Format) and checks that all boxes are whole.
    static func movie(_ bytes: MediaBytes, _ format: MediaInfo.Format) throws(Broken) -> MediaInfo {
        var boxes = MovieBoxes(bytes)
        var index: MediaBytes?
        var hasData = false
        reading: while true {
            switch boxes.next() {
            case .box(let box):
                if box.tag == "moov" { index = index ?? box.body }
                if box.tag == "mdat" { hasData = true }
            case .end: break reading
            case .damaged(isTooLong: true): throw .truncated(format, before: index == nil ? "its index" : "its data")
            case .damaged(isTooLong: false): throw .malformed(format, "with a box of impossible length")
            }
        }
        guard let index else { throw .truncated(format, before: "its index") }
        guard hasData else { throw .truncated(format, before: "its data") }
        guard let size = try pictureSize(index, format) else { throw .malformed(format, "without a picture") }
        return MediaInfo(
            format: format, width: size.width, height: size.height, byteCount: bytes.count, duration: duration(index))
    }

    /// Of the first track with a picture, as it is shown.
    private static func pictureSize(
        _ index: MediaBytes, _ format: MediaInfo.Format
    ) throws(Broken) -> (width: Int, height: Int)? {
        var boxes = MovieBoxes(index)
        while case .box(let box) = boxes.next() {
            guard box.tag == "trak", box.body.box("mdia")?.box("hdlr")?.tag(at: 8) == "vide" else { continue }
            guard let header = box.body.box("tkhd"), let version = header[0],
                // Version 1 has times of 64 bits. The matrix follows, then width and height as 16.16 numbers.
                case let matrix = version == 1 ? 52 : 40, let width = header.big(4, at: matrix + 36),
                let height = header.big(4, at: matrix + 40), width >> 16 > 0, height >> 16 > 0
            else { throw .malformed(format, "without a width and height") }
            // Rows of the matrix are a b u, c d v, x y w; a quarter turn leaves nothing in a and d.
            let isTurned = header.big(4, at: matrix) == 0 && header.big(4, at: matrix + 16) == 0
            return isTurned ? (height >> 16, width >> 16) : (width >> 16, height >> 16)
        }
        return nil
    }

    /// As the film's header says or, in fragmented files, the header of its fragments; nil if neither knows.
    private static func duration(_ index: MediaBytes) -> Duration? {
        guard let header = index.box("mvhd"), let version = header[0],
            let scale = header.big(4, at: version == 1 ? 20 : 12), scale > 0
        else { return nil }
        let whole = header.big(version == 1 ? 8 : 4, at: version == 1 ? 24 : 16)
        let fragments = index.box("mvex")?.box("mehd").flatMap { $0.big($0[0] == 1 ? 8 : 4, at: 4) }
        // All bits set mean "not known"; 0 stands where only the fragments' header would know.
        guard let ticks = [whole, fragments].compactMap({ $0 }).first(where: { $0 > 0 && $0 != 0xFFFF_FFFF }),
            ticks / scale < 86400 * 365
        else { return nil }
        return .milliseconds(ticks / scale * 1000 + ticks % scale * 1000 / scale)
    }
}
