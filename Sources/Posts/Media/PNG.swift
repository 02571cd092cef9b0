extension MediaReader {
    /// Reads all chunks of a PNG (W3C PNG, third edition, which has the animation chunks too).
    static func png(_ bytes: MediaBytes) throws(Broken) -> MediaInfo {
        guard bytes.has("\r\n\u{1A}\n", at: 4) else {
            throw .malformed(.png, "whose line ends were changed in copying")
        }
        guard bytes.count >= 33 else { throw .truncated(.png, before: "its header") }
        guard bytes.big(4, at: 8) == 13, bytes.has("IHDR", at: 12), let header = bytes.slice(17, at: 12),
            let width = bytes.big(4, at: 16), let height = bytes.big(4, at: 20), let color = bytes[25]
        else { throw .malformed(.png, "that does not begin with its header") }
        guard bytes.big(4, at: 29) == checksum(header) else { throw .malformed(.png, "with a damaged header") }
        guard width > 0, height > 0 else { throw .malformed(.png, "without a width and height") }
        guard [0, 2, 3, 4, 6].contains(color) else { throw .malformed(.png, "with colors of an unknown kind") }

        // Colors 4 and 6 carry alpha in every pixel.
        var info = MediaInfo(
            format: .png, width: width, height: height, byteCount: bytes.count, hasAlpha: color == 4 || color == 6)
        var place = 33
        var hasData = false
        while true {
            guard let length = bytes.big(4, at: place), let tag = bytes.tag(at: place + 4),
                let chunk = bytes.slice(length, at: place + 8), bytes.slice(4, at: place + 8 + length) != nil
            else { throw .truncated(.png, before: "its end chunk") }
            if tag == "IEND" { break }
            switch tag {
            case "IDAT": hasData = true
            case "tRNS": info.hasAlpha = true
            // Behind the picture data, it would be ignored.
            case "acTL" where !hasData:
                guard let frames = chunk.big(4, at: 0), frames > 0 else {
                    throw .malformed(.png, "that is animated without frames")
                }
                info.frameCount = frames
            case "eXIf":
                let exif = EXIF(chunk)
                if exif.isTurned { (info.width, info.height) = (height, width) }
                if exif.hasLocation { info.hasLocation = true }
            default: break
            }
            place += 12 + length
        }
        guard hasData else { throw .malformed(.png, "without picture data") }
        return info
    }

    /// CRC-32 of the header's name and body as PNG counts it: reflected, polynomial 0xEDB88320.
    private static func checksum(_ bytes: MediaBytes) -> Int {
        var sum = UInt32.max
        for byte in bytes.prefix(17) {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return Int(~sum)
    }
}
