/// Bytes that are read only where they are; every question about others is answered with nil.
struct MediaBytes {
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var count: Int { bytes.count }

    subscript(place: Int) -> UInt8? { place >= 0 && place < bytes.count ? bytes[place] : nil }

    /// An unsigned integer of up to 8 bytes, the most significant first; nil also if it does not fit.
    func big(_ size: Int, at place: Int) -> Int? {
        guard holds(size, at: place) else { return nil }
        return Int(exactly: bytes[place..<place + size].reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
    }

    /// An unsigned integer of up to 8 bytes, the least significant first; nil also if it does not fit.
    func little(_ size: Int, at place: Int) -> Int? {
        guard holds(size, at: place) else { return nil }
        return Int(exactly: bytes[place..<place + size].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
    }

    func has(_ text: StaticString, at place: Int) -> Bool {
        guard holds(text.utf8CodeUnitCount, at: place) else { return false }
        return text.withUTF8Buffer { bytes[place..<place + $0.count].elementsEqual($0) }
    }

    /// The four characters that name a chunk or box, as a number.
    func tag(at place: Int) -> Tag? { big(4, at: place).map { Tag(number: $0) } }

    /// nil unless all of them are there.
    func slice(_ size: Int, at place: Int) -> MediaBytes? {
        guard holds(size, at: place) else { return nil }
        return MediaBytes(UnsafeRawBufferPointer(rebasing: bytes[place..<place + size]))
    }

    func prefix(_ size: Int) -> Slice<UnsafeRawBufferPointer> { bytes.prefix(size) }

    private func holds(_ size: Int, at place: Int) -> Bool {
        size >= 0 && place >= 0 && place <= bytes.count - size
    }

    struct Tag: Hashable, ExpressibleByStringLiteral {
        let number: Int

        init(number: Int) { self.number = number }
        init(stringLiteral text: StaticString) {
            number = text.withUTF8Buffer { $0.reduce(0) { $0 << 8 | Int($1) } }
        }
    }
}
