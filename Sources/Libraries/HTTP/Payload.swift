/// What a request carries.
package enum Payload: Sendable {
    case none
    case bytes([UInt8])
    case streamed(StreamedBody)

    /// In bytes; 0 without a body.
    package var count: Int {
        switch self {
        case .none: 0
        case .bytes(let bytes): bytes.count
        case .streamed(let body): body.count
        }
    }

    var isNone: Bool {
        switch self {
        case .none: true
        case .bytes, .streamed: false
        }
    }
}

/// A body that is read piece by piece while it is sent: a file of any length takes the memory of one piece.
package struct StreamedBody: Sendable {
    /// The largest piece that is asked for, in bytes.
    package static let largestPiece = 512 << 10

    package let count: Int
    private let read: @Sendable (Range<Int>) throws -> [UInt8]

    /// - Parameter read: the bytes of a range within `count`. It is called by the thread that serves all transfers, so
    ///   it must not wait for anything but a disk; in order, and again from the start if the request is repeated.
    package init(count: Int, read: @escaping @Sendable (Range<Int>) throws -> [UInt8]) {
        self.count = count
        self.read = read
    }

    /// nil if the bytes cannot be read, or are not as many as were asked for.
    package func bytes(in range: Range<Int>) -> [UInt8]? {
        guard let bytes = try? read(range), bytes.count == range.count else { return nil }
        return bytes
    }
}
