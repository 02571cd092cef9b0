extension Picture {
    /// Walks a GIF block by block to its trailer; the compressed pixels themselves are not decoded.
    static func walkGIF(_ bytes: [UInt8], pixelLimit: Int) throws(PictureError) -> Picture {
        guard bytes.count > 13, bytes[4] == 0x37 || bytes[4] == 0x39, bytes[5] == 0x61 else {
            throw .broken("the GIF header is incomplete")
        }
        let width = Int(bytes[6]) | Int(bytes[7]) << 8
        let height = Int(bytes[8]) | Int(bytes[9]) << 8
        try checkSize(width, height, limit: pixelLimit)
        var place = 13 + colorTable(bytes[10])
        var frames = 0
        while place < bytes.count {
            switch bytes[place] {
            case 0x3B:
                guard frames > 0 else { throw .broken("the GIF has no picture") }
                return Picture(format: .gif, width: width, height: height, frames: frames)
            case 0x21:
                place = try skipSubBlocks(bytes, from: place + 2)
            case 0x2C:
                guard place + 10 < bytes.count else { throw .broken("the GIF ends inside a frame") }
                frames += 1
                // Descriptor, colour table, one byte of code size, data.
                place = try skipSubBlocks(bytes, from: place + 10 + colorTable(bytes[place + 9]) + 1)
            default:
                throw .broken("the GIF has an unknown block at byte \(place)")
            }
        }
        throw .broken("the GIF has no trailer")
    }

    /// Walks the chunks of a WebP and reads its size from the first that tells it.
    static func walkWebP(_ bytes: [UInt8], pixelLimit: Int) throws(PictureError) -> Picture {
        guard bytes.count >= 20, little(bytes, 4, 4) + 8 <= bytes.count else {
            throw .broken("the WebP is shorter than it says")
        }
        var place = 12
        var size: (width: Int, height: Int)?
        var frames = 0
        while place + 8 <= bytes.count {
            let name = String(decoding: bytes[place..<place + 4], as: UTF8.self)
            let length = little(bytes, place + 4, 4)
            let data = place + 8
            guard data + length <= bytes.count else { throw .broken("the WebP ends inside chunk \(name)") }
            switch name {
            case "VP8X" where length >= 10:
                size = (little(bytes, data + 4, 3) + 1, little(bytes, data + 7, 3) + 1)
            case "VP8 " where length >= 10:
                guard bytes[data + 3] == 0x9D, bytes[data + 4] == 0x01, bytes[data + 5] == 0x2A else {
                    throw .broken("the WebP frame has no start code")
                }
                size = size ?? (little(bytes, data + 6, 2) & 0x3FFF, little(bytes, data + 8, 2) & 0x3FFF)
                frames += 1
            case "VP8L" where length >= 5:
                guard bytes[data] == 0x2F else { throw .broken("the WebP frame has no signature") }
                let packed = little(bytes, data + 1, 4)
                size = size ?? ((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1)
                frames += 1
            case "ANMF": frames += 1
            default: break
            }
            place = data + length + length % 2
        }
        guard let size, frames > 0 else { throw .broken("the WebP has no picture") }
        try checkSize(size.width, size.height, limit: pixelLimit)
        return Picture(format: .webp, width: size.width, height: size.height, frames: frames)
    }

    private static func colorTable(_ flags: UInt8) -> Int {
        flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 0x07) + 1)
    }

    private static func skipSubBlocks(_ bytes: [UInt8], from start: Int) throws(PictureError) -> Int {
        var place = start
        while place < bytes.count {
            let length = Int(bytes[place])
            place += 1 + length
            if length == 0 { return place }
        }
        throw .broken("the GIF ends inside a block")
    }

    private static func little(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
    }
}
