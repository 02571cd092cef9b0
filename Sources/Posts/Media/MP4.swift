extension MediaReader {
    /// MP4, QuickTime, HEIC or nil by the first box; other pictures in the same frame are refused by their brands.
    static func movieFormat(_ bytes: MediaBytes) throws(Broken) -> MediaInfo.Format? {
        guard let tag = bytes.tag(at: 4) else { return nil }
        // QuickTime files of old begin without brands.
        if ["moov", "mdat", "wide", "free", "skip", "pnot"].contains(tag) { return .quicktime }
        guard tag == "ftyp", let major = bytes.tag(at: 8), let length = bytes.big(4, at: 0) else { return nil }
        // The major brand, four bytes of version, then the compatible ones; 40 are more than any writer lists.
        let others = stride(from: 16, to: min(length, 176), by: 4).compactMap { bytes.tag(at: $0) }
        let brands = Set([major] + others)
        if !brands.isDisjoint(with: ["avif", "avis"]) { throw .unsupported("AVIF", convertTo: "JPEG") }
        if ["hevc", "hevx", "msf1"].contains(major) { throw .unsupported("an HEIC film", convertTo: "MP4") }
        if ["heic", "heix", "heim", "heis"].contains(major) { return .heic }
        if major == "mif1" {
            guard !brands.isDisjoint(with: ["heic", "heix", "heim", "heis"]) else {
                throw .unsupported("HEIF", convertTo: "JPEG")
            }
            return .heic
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
        var info = MediaInfo(
            format: format, width: 0, height: 0, byteCount: bytes.count, duration: duration(index))
        var tracks = MovieBoxes(index)
        while case .box(let box) = tracks.next() {
            guard box.tag == "trak", let media = box.body.box("mdia") else { continue }
            let handler = media.box("hdlr")?.tag(at: 8)
            if handler == "vide", info.width == 0 {
                (info.width, info.height) = try pictureSize(box.body, format)
                info.videoCodec = codec(of: media)
                info.framesPerSecond = framesPerSecond(media)
            } else if handler == "soun", info.audioCodec == nil {
                info.audioCodec = codec(of: media)
            }
        }
        guard info.width > 0 else { throw .malformed(format, "without a picture") }
        info.hasLocation = hasLocation(index)
        return info
    }

    /// Of a track, as it is shown.
    private static func pictureSize(
        _ track: MediaBytes, _ format: MediaInfo.Format
    ) throws(Broken) -> (width: Int, height: Int) {
        guard let header = track.box("tkhd"), let version = header[0],
            // Version 1 has times of 64 bits. The matrix follows, then width and height as 16.16 numbers.
            case let matrix = version == 1 ? 52 : 40, let width = header.big(4, at: matrix + 36),
            let height = header.big(4, at: matrix + 40), width >> 16 > 0, height >> 16 > 0
        else { throw .malformed(format, "without a width and height") }
        // Rows of the matrix are a b u, c d v, x y w; a quarter turn leaves nothing in a and d.
        let isTurned = header.big(4, at: matrix) == 0 && header.big(4, at: matrix + 16) == 0
        return isTurned ? (height >> 16, width >> 16) : (width >> 16, height >> 16)
    }

    /// The name of the first description of samples (§8.5.2), e.g. `avc1`, `hvc1`, `mp4a`.
    private static func codec(of media: MediaBytes) -> String? {
        media.box("minf")?.box("stbl")?.box("stsd")?.tag(at: 12)?.text
    }

    /// Samples by the length of the track; nil in fragmented films, whose index has none.
    private static func framesPerSecond(_ media: MediaBytes) -> Double? {
        guard let header = media.box("mdhd"), let version = header[0],
            let scale = header.big(4, at: version == 1 ? 20 : 12), scale > 0,
            let ticks = header.big(version == 1 ? 8 : 4, at: version == 1 ? 24 : 16), ticks > 0,
            // Sizes of samples, in either of their boxes: version and flags, a size, how many.
            let table = media.box("minf")?.box("stbl"), let sizes = table.box("stsz") ?? table.box("stz2"),
            let count = sizes.big(4, at: 8), count > 0
        else { return nil }
        return Double(count) * Double(scale) / Double(ticks)
    }

    /// Where it was filmed: QuickTime's user data `©xyz`, or Apple's key.
    private static func hasLocation(_ index: MediaBytes) -> Bool {
        if index.box("udta")?.box(MediaBytes.Tag(number: 0xA978_797A)) != nil { return true }
        return index.box("meta")?.firstPlace(of: "com.apple.quicktime.location.ISO6709") != nil
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
