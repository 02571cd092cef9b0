import Crypto
import HTTP
import Platforms
import Posts
import Synchronization

/// Puts media into a bucket of Amazon S3, or of a service that speaks its language, and hands out addresses that open
/// it for two days. The bucket need not be public.
final class S3MediaHost: MediaHost {
    private let bucket: S3Bucket
    private let prefix: String
    private let signing: SigV4
    /// Not through a gateway: the bucket is real, or named by an endpoint.
    private let transport: any Transport
    private let clock: any WallClock
    /// Keys of what was put in this run and is still there.
    private let stored = Mutex<Set<String>>([])

    /// Longer than the 24 hours that a container lives.
    private static let lifetime = 48 * 3600
    /// The slowest connection that is waited for, in bytes a second.
    private static let slowest = 256 << 10
    /// SHA-256 of nothing.
    private static let emptyPayload = hexadecimal(SHA256.hash(data: [UInt8]()))

    init(bucket: S3Bucket, prefix: String, signing: SigV4, transport: any Transport, clock: any WallClock) {
        self.bucket = bucket
        self.prefix = prefix
        self.signing = signing
        self.transport = transport
        self.clock = clock
    }

    var advice: String { "check bucket, region and endpoint of mediaHost in socials.yml" }

    func offer(
        _ file: MediaFile, to account: AccountID, from media: any MediaSource
    ) async throws(PlatformFailure) -> String {
        let key = key(of: file, for: account)
        if !stored.withLock({ $0.contains(key) }) {
            try await put(try await media.open(file), file, as: key)
            stored.withLock { _ = $0.insert(key) }
        }
        let target = SigV4.Target(method: .get, host: bucket.host, path: bucket.path(of: key))
        return "\(bucket.base)\(target.path)?"
            + signing.query(for: target, expiresIn: Self.lifetime, at: clock.now)
    }

    /// What is left behind by an error, a rule of the bucket deletes (README).
    func withdraw(_ file: MediaFile, from account: AccountID) async {
        let key = key(of: file, for: account)
        stored.withLock { _ = $0.remove(key) }
        let target = SigV4.Target(method: .delete, host: bucket.host, path: bucket.path(of: key))
        _ = try? await transport.send(
            Request(
                .delete, bucket.base + target.path,
                headers: signing.headers(for: target, payload: Self.emptyPayload, at: clock.now),
                repetition: .allowed, deadline: .seconds(30)))
    }

    /// The same for the same bytes. One account's object is not another's, so that a post that is live takes nothing
    /// away from one that another runner prepares.
    private func key(of file: MediaFile, for account: AccountID) -> String {
        let digest = file.digest.split(separator: ":").last ?? ""
        let owner = hexadecimal(SHA256.hash(data: Array(account.description.utf8)).prefix(4))
        return "\(prefix)\(digest)-\(owner).\(file.info.format.fileExtension)"
    }

    /// Streams the file from disk; its bytes are signed by their digest.
    private func put(_ opened: any OpenMedia, _ file: MediaFile, as key: String) async throws(PlatformFailure) {
        let target = SigV4.Target(method: .put, host: bucket.host, path: bucket.path(of: key))
        let headers = signing.headers(
            for: target, adding: [("content-type", opened.contentType)],
            payload: String(file.digest.split(separator: ":").last ?? ""), at: clock.now)
        let request = Request(
            .put, bucket.base + target.path, headers: headers,
            streaming: StreamedBody(count: opened.byteCount) { try opened.bytes(in: $0) },
            repetition: .allowed, deadline: .seconds(60 + opened.byteCount / Self.slowest))
        let answer: Response
        do { answer = try await transport.send(request) } catch {
            throw PlatformFailure(.retryable, code: "media-host.unreachable", error.reason, hint: advice)
        }
        guard (200..<300).contains(answer.status) else { throw S3Error(answer).failure }
    }
}

extension MediaInfo.Format {
    /// Networks and people tell files by it too.
    var fileExtension: String {
        switch self {
        case .jpeg: "jpg"
        case .quicktime: "mov"
        case .subRip: "srt"
        case .webVTT: "vtt"
        case .png, .gif, .webp, .heic, .mp4, .pdf, .doc, .docx, .ppt, .pptx: rawValue
        }
    }
}
