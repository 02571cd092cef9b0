import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Random numbers of the system, fetched 16 at a time: each request to X needs one or two, and the standard generator
/// makes two system calls for each.
final class RandomBits: Sendable {
    private let fetched = Mutex<[UInt128]>([])

    @Sendable func next() -> UInt128 {
        fetched.withLock { fetched in
            if fetched.isEmpty { fetched = Self.fetch() }
            return fetched.removeLast()
        }
    }

    /// 256 bytes, the most that `getentropy` gives at once.
    private static func fetch() -> [UInt128] {
        var numbers = [UInt128](repeating: 0, count: 16)
        let isFilled = numbers.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { getentropy($0, bytes.count) == 0 } ?? false
        }
        precondition(isFilled, "the system gives no random numbers")
        return numbers
    }
}
