extension MediaReader {
    /// SubRip or WebVTT by the first lines of a text; nil for other texts.
    static func captionsFormat(_ bytes: MediaBytes) -> MediaInfo.Format? {
        var lines = CaptionLines(bytes.slice(min(bytes.count, 4096), at: 0) ?? bytes)
        guard let first = lines.nextFilled() else { return nil }
        // W3C WebVTT §4.1: the name alone, or followed by a blank.
        if first.starts(with: "WEBVTT".utf8), first.count == 6 || first[6] == 0x20 || first[6] == 0x09 {
            return .webVTT
        }
        // A number, then the times of the first caption.
        let isNumber = first.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x20 }
        return isNumber && lines.next().map { contains($0, "-->") } == true ? .subRip : nil
    }

    /// Checks that all is UTF-8, and that the times of all captions can be read.
    static func captions(_ bytes: MediaBytes, _ format: MediaInfo.Format) throws(Broken) -> MediaInfo {
        var lines = CaptionLines(bytes)
        var count = 0
        while let line = lines.next() {
            guard line.count < CaptionLines.longest else {
                throw .malformed(format, "whose line \(lines.number) has no end within 64 KiB")
            }
            guard String(validating: line, as: UTF8.self) != nil else {
                throw .malformed(format, "whose line \(lines.number) is not UTF-8")
            }
            guard contains(line, "-->") else { continue }
            guard isTiming(line, format) else {
                throw .malformed(format, "whose line \(lines.number) has times that cannot be read")
            }
            count += 1
        }
        guard count > 0 else { throw .malformed(format, "without captions") }
        return MediaInfo(format: format, width: 0, height: 0, byteCount: bytes.count)
    }

    /// Two times with an arrow between them; WebVTT may have settings behind.
    private static func isTiming(_ line: [UInt8], _ format: MediaInfo.Format) -> Bool {
        let words = line.split { $0 == 0x20 || $0 == 0x09 }
        guard words.count >= 3, words[1].elementsEqual("-->".utf8) else { return false }
        return [words[0], words[2]].allSatisfy { isTime($0, format) }
    }

    /// `01:02:03,456`; in WebVTT a full stop before the thousandths, and hours only if there are any.
    private static func isTime(_ word: ArraySlice<UInt8>, _ format: MediaInfo.Format) -> Bool {
        let mark = format == .webVTT ? UInt8(ascii: ".") : UInt8(ascii: ",")
        let halves = word.split(separator: mark, omittingEmptySubsequences: false)
        guard halves.count == 2, halves[1].count == 3 else { return false }
        let parts = halves[0].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 3 || parts.count == 2 && format == .webVTT else { return false }
        return parts.allSatisfy { (1...4).contains($0.count) }
            && (parts + [halves[1]]).allSatisfy { $0.allSatisfy { (0x30...0x39).contains($0) } }
    }

    private static func contains(_ line: [UInt8], _ text: StaticString) -> Bool {
        let size = text.utf8CodeUnitCount
        guard line.count >= size else { return false }
        return (0...line.count - size).contains { start in
            text.withUTF8Buffer { wanted in line[start..<start + size].elementsEqual(wanted) }
        }
    }
}

/// Lines of a text, without their ends and without a byte order mark.
private struct CaptionLines {
    /// Longer ones are given in pieces.
    static let longest = 64 << 10

    private let bytes: MediaBytes
    private var place: Int
    /// Of the line that was given last, from 1.
    private(set) var number = 0

    init(_ bytes: MediaBytes) {
        self.bytes = bytes
        place = bytes.big(3, at: 0) == 0xEFBBBF ? 3 : 0
    }

    mutating func next() -> [UInt8]? {
        guard place < bytes.count else { return nil }
        var line: [UInt8] = []
        while let byte = bytes[place] {
            place += 1
            if byte == 0x0A { break }
            if byte == 0x0D {
                if bytes[place] == 0x0A { place += 1 }
                break
            }
            line.append(byte)
            if line.count == Self.longest { break }
        }
        number += 1
        return line
    }

    mutating func nextFilled() -> [UInt8]? {
        while let line = next() {
            if line.contains(where: { $0 != 0x20 && $0 != 0x09 }) { return line }
        }
        return nil
    }
}
