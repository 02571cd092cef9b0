import Crypto
import Glibc
import Platforms
import Posts

/// A media file of the working tree, read piece by piece.
final class LocalMedia: OpenMedia {
    let byteCount: Int
    let contentType: String
    private let path: String
    private let descriptor: Int32

    /// The bytes must still be those that were composed: what was checked is what is published.
    init(_ path: String, _ file: MediaFile) throws(PlatformFailure) {
        (self.path, contentType, byteCount) = (file.path, file.info.contentType, file.info.byteCount)
        descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw PlatformFailure(
                .retryable, code: "media-missing", "cannot read \(path): \(String(cString: strerror(errno)))")
        }
        var (hash, start) = (SHA256(), 0)
        while start < byteCount {
            let piece = try bytes(in: start..<min(start + Self.piece, byteCount))
            hash.update(data: piece)
            start += piece.count
        }
        guard named(hash.finalize()) == file.digest else { throw changed }
    }

    deinit { close(descriptor) }

    func bytes(in range: Range<Int>) throws(PlatformFailure) -> [UInt8] {
        let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count {
                let got = pread(
                    descriptor, buffer.baseAddress?.advanced(by: count), range.count - count, range.lowerBound + count)
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { return }
                count += got
            }
        }
        guard bytes.count == range.count else { throw changed }
        return bytes
    }

    private static let piece = 1 << 20

    private var changed: PlatformFailure {
        PlatformFailure(.retryable, code: "media-changed", "“\(path)” changed while the run went on")
    }
}
