extension MediaReader {
    /// Word or PowerPoint of before 2007, by the names of the streams in a compound file ([MS-CFB] §2.2–2.6).
    static func olderOfficeFormat(_ bytes: MediaBytes) throws(Broken) -> MediaInfo.Format {
        guard let shift = bytes.little(2, at: 30), shift == 9 || shift == 12, let start = bytes.little(4, at: 48) else {
            throw .unsupported("a damaged Office file", convertTo: "PDF")
        }
        let file = CompoundFile(bytes: bytes, sectorSize: 1 << shift)
        // Real documents have some dozens of streams; four of them fill a small sector.
        var (sector, left) = (start, 4096)
        while left > 0, let entries = file.sector(sector) {
            for entry in stride(from: 0, to: entries.count, by: 128) {
                // 64 bytes of UTF-16, then its length with the closing zero.
                guard let length = entries.little(2, at: entry + 64), (2...64).contains(length) else { continue }
                switch (0..<length / 2 - 1).compactMap({ entries.little(2, at: entry + $0 * 2) }) {
                case let name where name == Self.units("WordDocument"): return .doc
                case let name where name == Self.units("PowerPoint Document"): return .ppt
                case let name where name == Self.units("Workbook") || name == Self.units("Book"):
                    throw .unsupported("an Excel file", convertTo: "PDF")
                case let name where name == Self.units("EncryptedPackage"):
                    throw .unsupported("a document with a password", convertTo: "one without")
                default: break
                }
            }
            left -= 1
            guard let next = file.next(after: sector) else { break }
            sector = next
        }
        throw .unsupported("an Office file of another kind", convertTo: "PDF")
    }

    private static func units(_ text: String) -> [Int] { text.utf16.map(Int.init) }
}

/// Sectors of a compound file, which follow the header as an array.
private struct CompoundFile {
    let bytes: MediaBytes
    let sectorSize: Int

    func sector(_ number: Int) -> MediaBytes? { bytes.slice(sectorSize, at: (number + 1) * sectorSize) }

    /// As the allocation table says; nil at the end of a chain.
    func next(after sector: Int) -> Int? {
        let perSector = sectorSize / 4
        guard let table = tableSector(sector / perSector) else { return nil }
        let next = self.sector(table)?.little(4, at: sector % perSector * 4)
        return next.flatMap { $0 < 0xFFFF_FFFA ? $0 : nil }
    }

    /// Where that part of the allocation table lies: the first 109 stand in the header, more in a chain of sectors.
    private func tableSector(_ index: Int) -> Int? {
        if index < 109 { return bytes.little(4, at: 76 + index * 4) }
        let perSector = sectorSize / 4 - 1
        guard var list = bytes.little(4, at: 68) else { return nil }
        let (steps, place) = (index - 109).quotientAndRemainder(dividingBy: perSector)
        // 64 of them describe files of a gibibyte.
        guard steps < 256 else { return nil }
        for _ in 0..<steps {
            guard let next = sector(list)?.little(4, at: sectorSize - 4) else { return nil }
            list = next
        }
        return sector(list)?.little(4, at: place * 4)
    }
}
