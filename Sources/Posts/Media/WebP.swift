extension MediaReader {
    /// Reads all chunks of a WebP file (RFC 9649).
    static func webp(_ bytes: MediaBytes) throws(Broken) -> MediaInfo {
        guard let size = bytes.little(4, at: 4), let body = bytes.slice(size, at: 8) else {
            throw .truncated(.webp, before: "the length that it names")
        }
        var canvas: MediaInfo?
        var picture: MediaInfo?
        var frames = 0
        var isAnimation = false
        var exif = EXIF()
        var place = 4
        while place < body.count {
            guard let tag = body.tag(at: place), let length = body.little(4, at: place + 4),
                let chunk = body.slice(length, at: place + 8)
            else { throw .malformed(.webp, "with a chunk that is longer than the file") }
            switch tag {
            case "VP8X":
                guard place == 4, let flags = chunk[0], let width = chunk.little(3, at: 4),
                    let height = chunk.little(3, at: 7)
                else { throw .malformed(.webp, "with a damaged header") }
                isAnimation = flags & 0x02 != 0
                canvas = MediaInfo(
                    format: .webp, width: width + 1, height: height + 1, byteCount: bytes.count,
                    hasAlpha: flags & 0x10 != 0)
            case "VP8 " where picture == nil: picture = try lossy(chunk, byteCount: bytes.count)
            case "VP8L" where picture == nil: picture = try lossless(chunk, byteCount: bytes.count)
            case "ANMF": frames += 1
            case "EXIF": exif = EXIF(exifBody(chunk))
            default: break
            }
            // Chunks of odd length are filled up.
            place += 8 + length + length % 2
        }
        guard picture != nil || isAnimation && frames > 0, var info = canvas ?? picture else {
            throw .malformed(.webp, "without picture data")
        }
        info.frameCount = isAnimation ? max(frames, 1) : 1
        info.hasLocation = exif.hasLocation
        if exif.isTurned { (info.width, info.height) = (info.height, info.width) }
        return info
    }

    /// Some writers put the six bytes of a JPEG segment before the EXIF data.
    private static func exifBody(_ chunk: MediaBytes) -> MediaBytes {
        chunk.has("Exif\0\0", at: 0) ? chunk.slice(chunk.count - 6, at: 6) ?? chunk : chunk
    }

    /// RFC 6386 §9.1: three bytes whose lowest bit is 0 in a key frame, a start code, two numbers of 14 bits.
    private static func lossy(_ chunk: MediaBytes, byteCount: Int) throws(Broken) -> MediaInfo {
        guard let first = chunk[0], first & 1 == 0, chunk.big(3, at: 3) == 0x9D012A, let width = chunk.little(2, at: 6),
            let height = chunk.little(2, at: 8), width & 0x3FFF > 0, height & 0x3FFF > 0
        else { throw .malformed(.webp, "with damaged picture data") }
        return MediaInfo(format: .webp, width: width & 0x3FFF, height: height & 0x3FFF, byteCount: byteCount)
    }

    /// RFC 9649 §3.4: a byte 2F, then width - 1 and height - 1 with 14 bits each, and whether alpha is used.
    private static func lossless(_ chunk: MediaBytes, byteCount: Int) throws(Broken) -> MediaInfo {
        guard chunk[0] == 0x2F, let bits = chunk.little(4, at: 1), bits >> 29 == 0 else {
            throw .malformed(.webp, "with damaged picture data")
        }
        return MediaInfo(
            format: .webp, width: bits & 0x3FFF + 1, height: bits >> 14 & 0x3FFF + 1, byteCount: byteCount,
            hasAlpha: bits >> 28 & 1 == 1)
    }
}
