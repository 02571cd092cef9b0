/// The smallest valid media files of a given size.
enum SmallPictures {
    /// Baseline JPEG, one grey component; every block is "no difference, end of block", two zero bits.
    static func jpeg(_ width: Int, _ height: Int) -> [UInt8] {
        var bytes: [UInt8] = [0xFF, 0xD8]
        bytes += segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
        bytes += segment(0xC0, [8] + big(height, 2) + big(width, 2) + [1, 1, 0x11, 0])
        // Each table has one code of one bit, for symbol 0.
        bytes += segment(0xC4, [0x00, 1] + [UInt8](repeating: 0, count: 15) + [0])
        bytes += segment(0xC4, [0x10, 1] + [UInt8](repeating: 0, count: 15) + [0])
        bytes += segment(0xDA, [1, 1, 0x00, 0, 63, 0])
        let bits = ((width + 7) / 8) * ((height + 7) / 8) * 2
        bytes += [UInt8](repeating: 0, count: bits / 8)
        if bits % 8 > 0 { bytes.append(0xFF >> UInt8(bits % 8)) }
        return bytes + [0xFF, 0xD9]
    }

    /// Grey PNG of eight bits, its zlib stream made of stored blocks.
    static func png(_ width: Int, _ height: Int) -> [UInt8] {
        let rows = [UInt8](repeating: 0, count: (width + 1) * height)
        var stream: [UInt8] = [0x78, 0x01]
        var place = 0
        repeat {
            let count = min(65_535, rows.count - place)
            let isLast = place + count == rows.count
            stream += [isLast ? 1 : 0] + little(count, 2) + little(~count & 0xFFFF, 2) + rows[place..<place + count]
            place += count
        } while place < rows.count
        // Adler-32 of zeros: the low sum stays 1, the high sum counts the bytes.
        stream += big(rows.count % 65_521, 2) + big(1, 2)
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", big(width, 4) + big(height, 4) + [8, 0, 0, 0, 0]) + chunk("IDAT", stream)
            + chunk("IEND", [])
    }

    static func gif(_ width: Int, _ height: Int, frames: Int) -> [UInt8] {
        let frame: [UInt8] = [0x2C, 0, 0, 0, 0] + little(width, 2) + little(height, 2) + [0, 2, 2, 0x4C, 0x01, 0]
        return Array("GIF89a".utf8) + little(width, 2) + little(height, 2) + [0x80, 0, 0, 0, 0, 0, 255, 255, 255]
            + (0..<frames).flatMap { _ in frame } + [0x3B]
    }

    private static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        [0xFF, marker] + big(content.count + 2, 2) + content
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + content
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in named {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return big(content.count, 4) + named + big(Int(~crc), 4)
    }

    private static func big(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func little(_ number: Int, _ count: Int) -> [UInt8] { big(number, count).reversed() }
}
