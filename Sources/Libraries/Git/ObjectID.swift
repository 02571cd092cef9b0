import CGit2
import Crypto

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

    /// The name that git gives to these bytes. By the processor's own SHA-1 where it has one: libgit2's looks for
    /// collisions that somebody made, which takes ten times as long, and nobody's objects are believed by this name.
    init(naming bytes: [UInt8], as kind: git_object_t) {
        var hash = Insecure.SHA1()
        hash.update(data: Self.head(kind, bytes.count))
        hash.update(data: bytes)
        self = hash.finalize().withUnsafeBytes(ObjectID.init(reading:))
    }

    /// What git puts before the bytes of an object: its kind and size.
    static func head(_ kind: git_object_t, _ size: Int) -> [UInt8] {
        Array("\(String(cString: git_object_type2string(kind))) \(size)\0".utf8)
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
        [UInt8](unsafeUninitializedCapacity: 20) { buffer, count in
            write(to: UnsafeMutableRawBufferPointer(buffer))
            count = 20
        }
    }

    /// 40 lower-case digits.
    package var hex: String {
        let digits: StaticString = "0123456789abcdef"
        return withUnsafeBytes(of: raw) { bytes in
            String(unsafeUninitializedCapacity: 40) { text in
                for (index, byte) in bytes.enumerated() {
                    text[2 * index] = digits.utf8Start[Int(byte >> 4)]
                    text[2 * index + 1] = digits.utf8Start[Int(byte & 15)]
                }
                return 40
            }
        }
    }

    var raw: git_oid {
        var raw = git_oid()
        withUnsafeMutableBytes(of: &raw) { write(to: $0) }
        return raw
    }

    private func write(to bytes: UnsafeMutableRawBufferPointer) {
        bytes.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
        bytes.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
        bytes.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
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
