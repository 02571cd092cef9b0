/// Bytes that can be asked for in pieces, so that a film of hundreds of megabytes is looked at without being loaded.
struct ByteSource: Sendable {
    let count: Int
    private let reader: @Sendable (Range<Int>) -> [UInt8]

    init(count: Int, reader: @escaping @Sendable (Range<Int>) -> [UInt8]) {
        self.count = count
        self.reader = reader
    }

    init(_ bytes: [UInt8]) {
        count = bytes.count
        reader = { Array(bytes[$0]) }
    }

    /// The bytes at these places; nothing when there are not that many.
    func read(_ range: Range<Int>) -> [UInt8]? {
        guard range.lowerBound >= 0, range.upperBound <= count else { return nil }
        let bytes = reader(range)
        return bytes.count == range.count ? bytes : nil
    }

    /// All of it; only for what is known to be small.
    var all: [UInt8] { read(0..<count) ?? [] }
}
