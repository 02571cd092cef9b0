/// One box of an MP4 or MOV file (ISO 14496-12 §4.2): its name and where its content lies.
struct Box: Sendable, Hashable {
    let name: String
    let content: Range<Int>
}

enum Boxes {
    /// The boxes one behind the other in a part of a file; nothing when their lengths do not add up.
    static func walk(_ source: ByteSource, in range: Range<Int>) -> [Box]? {
        var found: [Box] = []
        var place = range.lowerBound
        while place < range.upperBound {
            guard range.upperBound - place >= 8, let head = source.read(place..<place + 8) else { return nil }
            let name = String(String.UnicodeScalarView(head[4...].map { Unicode.Scalar($0) }))
            var length = big(head[0..<4])
            var headLength = 8
            if length == 1 {
                guard range.upperBound - place >= 16, let long = source.read(place + 8..<place + 16),
                    long[0..<3].allSatisfy({ $0 == 0 })
                else { return nil }
                length = big(long[...])
                headLength = 16
            } else if length == 0 {
                // To the end of the file.
                length = range.upperBound - place
            }
            guard length >= headLength, length <= range.upperBound - place else { return nil }
            found.append(Box(name: name, content: place + headLength..<place + length))
            guard found.count <= 100_000 else { return nil }
            place += length
        }
        return found
    }

    /// Big-endian; of at most seven bytes that count.
    static func big(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}

/// The content of a small box, read field by field; nothing beyond its end.
struct BoxFields {
    private let bytes: [UInt8]

    init?(_ source: ByteSource, _ box: Box?, atMost limit: Int = 1 << 20) {
        guard let box, box.content.count <= limit, let bytes = source.read(box.content) else { return nil }
        self.bytes = bytes
    }

    var count: Int { bytes.count }
    /// Version of a full box.
    var version: Int { number(0, 1) ?? 0 }

    func number(_ place: Int, _ count: Int) -> Int? {
        guard place >= 0, place + count <= bytes.count else { return nil }
        return Boxes.big(bytes[place..<place + count])
    }

    func name(_ place: Int) -> String? {
        guard place >= 0, place + 4 <= bytes.count else { return nil }
        return String(String.UnicodeScalarView(bytes[place..<place + 4].map { Unicode.Scalar($0) }))
    }

    /// Where some bytes stand.
    func find(_ pattern: [UInt8], from start: Int) -> Int? {
        guard start + pattern.count <= bytes.count else { return nil }
        return (start...bytes.count - pattern.count).first { bytes[$0..<$0 + pattern.count].elementsEqual(pattern) }
    }
}
