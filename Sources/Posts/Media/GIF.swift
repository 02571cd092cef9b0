extension MediaReader {
    /// Reads all blocks of a GIF (GIF89a specification) and counts its frames.
    static func gif(_ bytes: MediaBytes) throws(Broken) -> MediaInfo {
        guard let width = bytes.little(2, at: 6), let height = bytes.little(2, at: 8), let flags = bytes[10] else {
            throw .truncated(.gif, before: "its picture data")
        }
        guard width > 0, height > 0 else { throw .malformed(.gif, "without a width and height") }
        var info = MediaInfo(format: .gif, width: width, height: height, byteCount: bytes.count, frameCount: 0)
        var place = 13 + colorTableSize(flags)
        while true {
            guard let introducer = bytes[place] else { throw .truncated(.gif, before: "its end mark") }
            switch introducer {
            case 0x3B:
                guard info.frameCount > 0 else { throw .malformed(.gif, "without a picture") }
                return info
            case 0x21:
                // A graphic control extension says in its lowest bit whether one color is transparent. Behind the first
                // frame that mostly means "as in the frame before".
                if info.frameCount == 0, bytes[place + 1] == 0xF9, let flags = bytes[place + 3], flags & 1 == 1 {
                    info.hasAlpha = true
                }
                place = try endOfBlocks(bytes, from: place + 2)
            case 0x2C:
                guard let flags = bytes[place + 9] else { throw .truncated(.gif, before: "its end mark") }
                // Behind the color table stands the size of the first codes.
                place = try endOfBlocks(bytes, from: place + 10 + colorTableSize(flags) + 1)
                info.frameCount += 1
            default: throw .malformed(.gif, "with bytes between its blocks")
            }
        }
    }

    private static func colorTableSize(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }

    /// Behind a row of blocks that each begin with their length, and end with an empty one.
    private static func endOfBlocks(_ bytes: MediaBytes, from start: Int) throws(Broken) -> Int {
        var place = start
        while true {
            guard let length = bytes[place] else { throw .truncated(.gif, before: "its end mark") }
            place += 1 + Int(length)
            if length == 0 { return place }
        }
    }
}
