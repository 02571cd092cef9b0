import Platforms
import Posts

/// A media file on disk, read piece by piece.
final class LocalMedia: OpenMedia {
    let byteCount: Int
    let contentType: String
    private let name: String
    private let descriptor: MediaDescriptor
    private let written: Int?

    /// The bytes must still be those that were composed: what was checked is what is published.
    init(_ path: String, _ file: MediaFile, _ digests: MediaDigests) throws(PlatformFailure) {
        (name, contentType, byteCount) = (file.path, file.info.contentType, file.info.byteCount)
        do { descriptor = try MediaDescriptor(path) } catch {
            throw PlatformFailure(.retryable, code: "media-missing", error.description)
        }
        written = descriptor.identity?.written
        guard descriptor.byteCount == byteCount, digests.digest(of: descriptor) == file.digest else { throw changed }
    }

    func bytes(in range: Range<Int>) throws(PlatformFailure) -> [UInt8] {
        let bytes = descriptor.bytes(in: range)
        // Asked behind the reading: what was written before it shows in the time.
        guard bytes.count == range.count, descriptor.identity?.written == written else { throw changed }
        return bytes
    }

    private var changed: PlatformFailure {
        PlatformFailure(.retryable, code: "media-changed", "“\(name)” changed while the run went on")
    }
}
