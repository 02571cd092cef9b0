/// Bytes that are read only where they are; every question about others is answered with nil.
struct MediaBytes {
    private let window: MediaWindow
    private let start: Int
    let count: Int

    init(_ window: MediaWindow) { (self.window, start, count) = (window, 0, window.count) }

    private init(_ window: MediaWindow, from start: Int, count: Int) {
        (self.window, self.start, self.count) = (window, start, count)
    }

    subscript(place: Int) -> UInt8? { place >= 0 && place < count ? window[start + place] : nil }

    /// An unsigned integer of up to 8 bytes, the most significant first; nil also if it does not fit.
    func big(_ size: Int, at place: Int) -> Int? {
        guard holds(size, at: place) else { return nil }
        var number: UInt64 = 0
        for index in place..<place + size {
            guard let byte = window[start + index] else { return nil }
            number = number << 8 | UInt64(byte)
        }
        return Int(exactly: number)
    }

    /// An unsigned integer of up to 8 bytes, the least significant first; nil also if it does not fit.
    func little(_ size: Int, at place: Int) -> Int? {
        guard holds(size, at: place) else { return nil }
        var number: UInt64 = 0
        for index in (place..<place + size).reversed() {
            guard let byte = window[start + index] else { return nil }
            number = number << 8 | UInt64(byte)
        }
        return Int(exactly: number)
    }

    func has(_ text: StaticString, at place: Int) -> Bool {
        guard holds(text.utf8CodeUnitCount, at: place) else { return false }
        return text.withUTF8Buffer { wanted in
            wanted.indices.allSatisfy { window[start + place + $0] == wanted[$0] }
        }
    }

    /// Where the text stands first, from a place on.
    func firstPlace(of text: StaticString, from place: Int = 0) -> Int? {
        guard place >= 0, text.utf8CodeUnitCount > 0, text.utf8CodeUnitCount <= count else { return nil }
        let first = text.utf8Start[0]
        var place = place
        while place <= count - text.utf8CodeUnitCount {
            if window[start + place] == first, has(text, at: place) { return place }
            place += 1
        }
        return nil
    }

    /// The four characters that name a chunk or box, as a number.
    func tag(at place: Int) -> Tag? { big(4, at: place).map { Tag(number: $0) } }

    /// nil unless all of them are there.
    func slice(_ size: Int, at place: Int) -> MediaBytes? {
        holds(size, at: place) ? MediaBytes(window, from: start + place, count: size) : nil
    }

    /// All from a place on; nil if it lies behind the end.
    func rest(from place: Int) -> MediaBytes? { slice(count - place, at: place) }

    /// Copies of the first ones, fewer if there are not so many.
    func prefix(_ size: Int) -> [UInt8] { (0..<max(0, min(size, count))).compactMap { self[$0] } }

    private func holds(_ size: Int, at place: Int) -> Bool {
        size >= 0 && place >= 0 && place <= count - size
    }

    struct Tag: Hashable, ExpressibleByStringLiteral {
        let number: Int

        init(number: Int) { self.number = number }
        init(stringLiteral text: StaticString) {
            number = text.withUTF8Buffer { $0.reduce(0) { $0 << 8 | Int($1) } }
        }

        /// The four characters, if all are printable ASCII.
        var text: String? {
            let bytes = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
            return bytes.allSatisfy { (0x20...0x7E).contains($0) } ? String(decoding: bytes, as: UTF8.self) : nil
        }
    }
}

/// A file of any length, of which one block is in memory at a time.
final class MediaWindow {
    let count: Int
    private let load: (Range<Int>) -> [UInt8]
    private var block: [UInt8] = []
    private var blockStart = 0

    /// `load` gives the bytes of a range within `count`, fewer if the file became shorter meanwhile.
    init(count: Int, load: @escaping (Range<Int>) -> [UInt8]) {
        self.count = count
        self.load = load
    }

    /// nil where the file does not reach.
    subscript(place: Int) -> UInt8? {
        let inside = place &- blockStart
        if inside >= 0, inside < block.count { return block[inside] }
        guard place >= 0, place < count else { return nil }
        // Blocks begin at multiples of their size, so that reading backwards needs each once too.
        blockStart = place / Self.blockSize * Self.blockSize
        block = load(blockStart..<min(blockStart + Self.blockSize, count))
        return place - blockStart < block.count ? block[place - blockStart] : nil
    }

    private static let blockSize = 64 << 10
}
