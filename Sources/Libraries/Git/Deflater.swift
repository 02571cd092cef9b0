import CZlib

/// zlib's compressor, kept: setting one up costs more than compressing the few hundred bytes of a result.
final class Deflater {
    private let stream: UnsafeMutablePointer<z_stream>

    /// With the level that git uses for loose objects: speed first, `git gc` packs them tighter.
    init() throws(GitError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = deflateInit_(stream, Z_BEST_SPEED, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else { throw GitError(.other(code), "cannot start zlib") }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Appends the bytes as one zlib stream. Below `smallest` bytes it only wraps them.
    func append(_ bytes: [UInt8], to output: inout [UInt8], smallest: Int) throws(GitError) {
        if bytes.count < smallest { return Self.wrap(bytes, to: &output) }
        deflateReset(stream)
        let room = Int(deflateBound(stream, UInt(bytes.count)))
        var code = Z_STREAM_ERROR
        let compressed = [UInt8](unsafeUninitializedCapacity: room) { output, count in
            code = bytes.withUnsafeBufferPointer { input in
                // zlib only reads there; its type is older than `const`.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(room)
                return deflate(stream, Z_FINISH)
            }
            count = room - Int(stream.pointee.avail_out)
        }
        guard code == Z_STREAM_END else { throw GitError(.other(code), "cannot compress \(bytes.count) bytes") }
        output += compressed
    }

    /// One stored block (RFC 1951 §3.2.4) in the frame of RFC 1950.
    private static func wrap(_ bytes: [UInt8], to output: inout [UInt8]) {
        precondition(bytes.count <= UInt16.max, "a stored block has at most 65,535 bytes")
        let (count, sum) = (UInt16(bytes.count), adler32(1, bytes, UInt32(bytes.count)))
        output += [0x78, 0x01, 0x01]
        withUnsafeBytes(of: count.littleEndian) { output.append(contentsOf: $0) }
        withUnsafeBytes(of: (~count).littleEndian) { output.append(contentsOf: $0) }
        output += bytes
        withUnsafeBytes(of: UInt32(sum).bigEndian) { output.append(contentsOf: $0) }
    }
}
