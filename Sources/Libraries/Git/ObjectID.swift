import CGit2

/// The SHA-1 name of a blob, tree or commit: 20 bytes, ordered as its hexadecimal digits are.
package struct ObjectID: Hashable, Sendable {
    private let high: UInt64
    private let middle: UInt64
    private let low: UInt32

    /// Reads exactly 20 bytes; nil for any other count.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 20 else { return nil }
        self = bytes.withUnsafeBytes(ObjectID.init(reading:))
    }

    /// Reads exactly 40 hexadecimal digits, in either case; nil for anything else.
    package init?(hex: String) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(20)
        var first: UInt8?
        for character in hex.utf8 {
            guard let digit = digit(character) else { return nil }
            if let upper = first {
                bytes.append(upper << 4 | digit)
                first = nil
            } else {
                first = digit
            }
        }
        guard first == nil else { return nil }
        self.init(bytes: bytes)
    }

    init(_ raw: git_oid) {
        self = withUnsafeBytes(of: raw) { ObjectID(reading: $0) }
    }

    init(reading bytes: UnsafeRawBufferPointer) {
        high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
        middle = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        low = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
    }

    package var bytes: [UInt8] {
        withUnsafeBytes(of: high.bigEndian, Array.init) + withUnsafeBytes(of: middle.bigEndian, Array.init)
            + withUnsafeBytes(of: low.bigEndian, Array.init)
    }

    /// 40 lower-case digits.
    package var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    var raw: git_oid {
        var raw = git_oid()
        withUnsafeMutableBytes(of: &raw) { $0.copyBytes(from: bytes) }
        return raw
    }
}

extension ObjectID: Comparable, CustomStringConvertible {
    package static func < (left: ObjectID, right: ObjectID) -> Bool {
        (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
    }

    package var description: String { hex }
}

private func digit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
}
