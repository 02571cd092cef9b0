import HTTP
import JSON
import Platforms
import Posts
import Synchronization

/// Stands still until it is told otherwise; `sleep` moves it at once.
final class TestClock: WallClock, Sendable {
    private let moment: Mutex<Instant>

    init(_ now: Instant) { moment = Mutex(now) }
    /// At an RFC 3339 time.
    convenience init(at text: String) { self.init(Instant(rfc3339: text) ?? Instant(seconds: 0)) }

    var now: Instant { moment.withLock { $0 } }
    func sleep(until moment: Instant) async { self.moment.withLock { $0 = max($0, moment) } }
}

/// Bytes by path, and public URLs under one folder.
struct TestMedia: MediaSource {
    var files: [String: [UInt8]] = [:]
    var folder = "https://media.example.com/"

    func open(_ file: MediaFile) async throws(PlatformFailure) -> any OpenMedia {
        guard let bytes = files[file.path] else {
            throw PlatformFailure(.permanent, code: "test.no-media", "there is no \(file.path)")
        }
        return BytesInMemory(bytes: bytes, contentType: file.info.contentType)
    }

    func publicURL(of file: MediaFile) async throws(PlatformFailure) -> String { folder + file.path }
}

struct BytesInMemory: OpenMedia {
    let bytes: [UInt8]
    let contentType: String

    var byteCount: Int { bytes.count }
    func bytes(in range: Range<Int>) throws(PlatformFailure) -> [UInt8] { Array(bytes[range]) }
}

/// Keeps the lines it is given.
final class RecordingJournal: Journal, Sendable {
    private let kept = Mutex<[JournalLine]>([])

    var lines: [JournalLine] { kept.withLock { $0 } }
    func append(_ line: JournalLine) async throws { kept.withLock { $0.append(line) } }
}

/// A session of the account, on a clock that stands at 2026-09-01T09:00:00Z, with random numbers 1, 2, 3, …
func session(
    account: Account, credentials: [String: String], transport: any Transport,
    clock: any WallClock = TestClock(at: "2026-09-01T09:00:00Z"), media: any MediaSource = TestMedia()
) -> Session {
    let counter = Counter()
    return Session(
        account: account, credentials: Credentials(credentials.mapValues { Secret($0) }), transport: transport,
        clock: clock, media: media, random: { counter.next() })
}

private final class Counter: Sendable {
    private let value = Mutex<UInt128>(0)

    func next() -> UInt128 {
        value.withLock {
            $0 += 1
            return $0
        }
    }
}

/// A claim as the engine gets one, for step `step` of a post `posts/a.md`, at the moment of `TestSession`'s clock.
func claim(_ account: AccountID, step: Int = 0) async throws(ClaimRefused) -> Claim {
    let now = TestClock(at: "2026-09-01T09:00:00Z").now
    let sending = JournalLine.Sending(
        delivery: DeliveryID("posts/a.md", account), attempt: AttemptID(at: now, random: 7), generation: 1, step: step,
        at: now, draft: .null)
    return try await Ledger(journal: RecordingJournal()).claim(
        sending, fence: Fence(leaseEnd: now + .minutes(10)), now: now)
}
