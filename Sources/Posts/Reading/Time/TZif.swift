/// Reading TZif, RFC 9636: the files of /usr/share/zoneinfo.
extension TimeZoneRules {
    /// Reads versions 1 to 4, from version 2 on the part with 64-bit times and its footer.
    ///
    /// nil if the bytes break the format, or count leap seconds, which `Instant` does not.
    package convenience init?(tzif bytes: [UInt8]) {
        guard let first = Header(bytes, at: 0) else { return nil }
        guard first.version >= UInt8(ascii: "2") else {
            self.init(bytes, first, timeSize: 4, footer: nil)
            return
        }
        guard let second = Header(bytes, at: first.end(timeSize: 4)) else { return nil }
        let footerStart = second.end(timeSize: 8)
        guard footerStart < bytes.count, bytes[footerStart] == UInt8(ascii: "\n"),
            let footerEnd = bytes[(footerStart + 1)...].firstIndex(of: UInt8(ascii: "\n"))
        else { return nil }
        let text = bytes[(footerStart + 1)..<footerEnd]
        if text.isEmpty {
            self.init(bytes, second, timeSize: 8, footer: nil)
        } else {
            guard let footer = PosixZone(text) else { return nil }
            self.init(bytes, second, timeSize: 8, footer: footer)
        }
    }

    private convenience init?(_ bytes: [UInt8], _ header: Header, timeSize: Int, footer: PosixZone?) {
        guard header.end(timeSize: timeSize) <= bytes.count, header.leapCount == 0, header.typeCount > 0 else {
            return nil
        }
        let indexStart = header.dataStart + header.timeCount * timeSize
        let typeStart = indexStart + header.timeCount
        var typeOffsets: [Int32] = []
        for type in 0..<header.typeCount {
            let offset = Int32(truncatingIfNeeded: integer(bytes, at: typeStart + type * 6, size: 4))
            guard abs(Int64(offset)) < Self.maximumOffset else { return nil }
            typeOffsets.append(offset)
        }
        var transitions: [Int64] = []
        var offsets: [Int32] = []
        transitions.reserveCapacity(header.timeCount)
        offsets.reserveCapacity(header.timeCount)
        for index in 0..<header.timeCount {
            let time = integer(bytes, at: header.dataStart + index * timeSize, size: timeSize)
            let type = Int(bytes[indexStart + index])
            guard type < typeOffsets.count, transitions.last ?? .min < time || index == 0 else { return nil }
            transitions.append(time)
            offsets.append(typeOffsets[type])
        }
        self.init(
            transitions: transitions, offsets: offsets, initialOffset: Int(typeOffsets[0]), footer: footer)
    }
}

private struct Header {
    static let size = 44

    let version: UInt8
    /// Where the block behind this header begins.
    let dataStart: Int
    let timeCount, typeCount, leapCount: Int
    private let nameSize, flagCount: Int

    init?(_ bytes: [UInt8], at start: Int) {
        guard start <= bytes.count - Self.size, bytes[start..<start + 4].elementsEqual("TZif".utf8) else { return nil }
        version = bytes[start + 4]
        dataStart = start + Self.size
        let counts = (0..<6).map { Int(UInt32(truncatingIfNeeded: integer(bytes, at: start + 20 + $0 * 4, size: 4))) }
        flagCount = counts[0] + counts[1]
        (leapCount, timeCount, typeCount, nameSize) = (counts[2], counts[3], counts[4], counts[5])
    }

    /// Where the block ends; counts have 32 bits, so that this cannot overflow.
    func end(timeSize: Int) -> Int {
        dataStart + timeCount * (timeSize + 1) + typeCount * 6 + nameSize + leapCount * (timeSize + 4) + flagCount
    }
}

/// A signed integer of 4 or 8 bytes, big-endian; the caller has checked that they are there.
private func integer(_ bytes: [UInt8], at start: Int, size: Int) -> Int64 {
    let word = bytes[start..<start + size].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    return size == 4 ? Int64(Int32(truncatingIfNeeded: word)) : Int64(bitPattern: word)
}
