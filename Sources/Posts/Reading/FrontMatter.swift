/// Where the front matter of a file lies.
package enum FrontMatter: Sendable, Hashable {
    /// The file does not begin with `---` alone on its first line: it is no post.
    case absent
    /// It begins, and its last line is not in these bytes.
    case open
    case found(Parts)

    package struct Parts: Sendable, Hashable {
        /// The bytes of the YAML between the two lines; it begins on line 2.
        package var yaml: Range<Int>
        /// Where the body begins, and the number of its first line.
        package var body: Int
        package var bodyLine: Int
    }

    /// No front matter may be larger, in bytes.
    package static let longest = 64 * 1024

    /// Finds it in the first bytes of a file; 4 KiB are enough for nearly every post. A byte order mark, CRLF and
    /// blanks behind the hyphens are passed over. `isWhole`: the file has no more bytes.
    package init(of bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool = false) {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        switch Self.fence(bytes, at: start) {
        case .no: self = .absent
        case .unfinished: self = isWhole && bytes.count < start + 3 ? .absent : .open
        case .yes(let first):
            var (line, place) = (2, first)
            while place < bytes.count {
                if bytes[place] == UInt8(ascii: "-"), case .yes(let behind) = Self.fence(bytes, at: place, isLast: true)
                {
                    self = .found(Parts(yaml: first..<place, body: behind, bodyLine: line + 1))
                    return
                }
                place = Self.lineEnd(bytes, from: place) + 1
                line += 1
            }
            self = .open
        }
    }

    /// The next line feed, or the end; eight bytes at a time while none of them is one.
    private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var place = start
        if let base = UnsafeRawPointer(bytes.baseAddress) {
            let ones: UInt64 = 0x0101_0101_0101_0101
            while place + 8 <= bytes.count {
                let feeds = base.loadUnaligned(fromByteOffset: place, as: UInt64.self) ^ (0x0A * ones)
                if (feeds &- ones) & ~feeds & (0x80 * ones) != 0 { break }
                place += 8
            }
        }
        while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
        return place
    }

    private enum Fence {
        case no, unfinished
        /// With the place behind its line end.
        case yes(Int)
    }

    /// Three hyphens, blanks, a line end; the last line of a file needs none.
    private static func fence(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, isLast: Bool = false) -> Fence {
        var place = start
        while place < start + 3 {
            guard place < bytes.count else { return place == start ? .no : .unfinished }
            guard bytes[place] == UInt8(ascii: "-") else { return .no }
            place += 1
        }
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): place += 1
            case UInt8(ascii: "\n"): return .yes(place + 1)
            default: return .no
            }
        }
        return isLast ? .yes(place) : .unfinished
    }
}
