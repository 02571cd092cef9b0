#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Why a request could not be read.
enum ReadingError: Error {
    /// To be answered with this status, then the connection ends.
    case refused(Int, String)
    /// The other side is gone or silent; nobody is left to answer.
    case lost
}

/// Buffered, blocking reads from one connection; belongs to its thread.
struct SocketReader {
    /// Seconds without a byte in the middle of a request.
    static let patience = 30
    /// Silences of that length between two requests: 10 minutes, longer than clients keep a connection.
    private static let idleRounds = 20
    /// Longest request line and header fields together, in bytes; twice what large web servers allow.
    private static let maximumHead = 64 << 10

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var start = 0

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// The bytes up to and including the first empty line; nil when the connection ends between two requests.
    mutating func head() throws(ReadingError) -> ArraySlice<UInt8>? {
        var searched = start
        var rounds = 0
        while true {
            let end = endOfHead(from: searched)
            guard (end ?? buffer.count) - start <= Self.maximumHead else {
                throw .refused(431, "the request head is longer than \(Self.maximumHead) bytes")
            }
            if let end {
                defer { start = end }
                return buffer[start..<end]
            }
            searched = max(start, buffer.count - 2)
            let isIdle = start == buffer.count
            if isIdle {
                buffer.removeAll(keepingCapacity: true)
                (start, searched) = (0, 0)
            }
            switch receive(from: descriptor, into: &buffer) {
            case .bytes: continue
            case .silence where isIdle && rounds < Self.idleRounds: rounds += 1
            case .silence, .end:
                if isIdle { return nil }
                throw .lost
            }
        }
    }

    /// Exactly `count` bytes.
    mutating func bytes(_ count: Int) throws(ReadingError) -> [UInt8] {
        let buffered = min(count, buffer.count - start)
        var bytes: [UInt8] = []
        // A length that was only promised does not get memory in advance.
        bytes.reserveCapacity(min(count, 1 << 20))
        bytes += buffer[start..<start + buffered]
        start += buffered
        while bytes.count < count {
            let missing = count - bytes.count
            guard case .bytes = receive(from: descriptor, into: &bytes, atMost: missing) else { throw .lost }
        }
        return bytes
    }

    /// One line of the chunked coding, without its CRLF; at most 4 KiB.
    mutating func line() throws(ReadingError) -> ArraySlice<UInt8> {
        while true {
            if let feed = buffer[start...].firstIndex(of: 0x0A) {
                guard feed > start, buffer[feed - 1] == 0x0D else {
                    throw .refused(400, "a line of the chunked body does not end in CRLF")
                }
                defer { start = feed + 1 }
                return buffer[start..<feed - 1]
            }
            guard buffer.count - start <= 4 << 10 else {
                throw .refused(400, "a line of the chunked body is too long")
            }
            guard case .bytes = receive(from: descriptor, into: &buffer) else { throw .lost }
        }
    }

    /// Where the head ends: after a line feed that follows another, with or without a carriage return between.
    /// Lines that end in a bare line feed are found as well, so that the parser can refuse them.
    private func endOfHead(from first: Int) -> Int? {
        var index = max(first, start + 1)
        while index < buffer.count {
            if buffer[index] == 0x0A {
                let before = buffer[index - 1] == 0x0D ? index - 2 : index - 1
                if before >= start, buffer[before] == 0x0A { return index + 1 }
                // An empty first line is no request; the parser says so.
                if before < start { return index + 1 }
            }
            index += 1
        }
        return nil
    }
}

private enum Received { case bytes, silence, end }

private func receive(from descriptor: Int32, into target: inout [UInt8], atMost limit: Int = .max) -> Received {
    withUnsafeTemporaryAllocation(byteCount: min(limit, 64 << 10), alignment: 1) { scratch in
        while true {
            let count = recv(descriptor, scratch.baseAddress, scratch.count, 0)
            if count > 0 {
                target.append(contentsOf: scratch[..<count])
                return .bytes
            }
            if count == 0 { return .end }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .silence
            default: return .end
            }
        }
    }
}
