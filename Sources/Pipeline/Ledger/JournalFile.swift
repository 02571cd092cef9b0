import Glibc
import JSON
package import Posts

/// The journal on disk: append-only, one JSON line an event. Answers that arrive together share one `fdatasync`.
package actor JournalFile: Journal {
    /// Some 200 deliveries; reading it takes a few milliseconds.
    private static let longest = 256 << 10
    private let path: String
    private let descriptor: Int32
    /// Durable bytes; a write that failed half-way is cut back to here.
    private var length: Int
    private var pending: [UInt8] = []
    private var waiting: [CheckedContinuation<Void, any Error>] = []
    private var isWriting = false

    /// Opens or creates the journal, and reads what it holds. A last line without its end was never durable:
    /// it is cut off, because a new line must not be glued to it.
    package static func open(_ path: String) throws(Files.Failure) -> (journal: JournalFile, lines: [JournalLine]) {
        let isNew = !Files.exists(path)
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Files.Failure(path: path, code: errno, doing: "open") }
        if isNew { try Files.synchronizeFolder(of: path) }
        let bytes = try Files.read(path)
        let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        if end < bytes.count, ftruncate(descriptor, off_t(end)) != 0 {
            throw Files.Failure(path: path, code: errno, doing: "mend")
        }
        let lines = bytes[..<end].split(separator: UInt8(ascii: "\n")).compactMap { line in
            (try? JSON(parsing: line)).flatMap(JournalLine.init)
        }
        return (JournalFile(path: path, descriptor: descriptor, length: end), lines)
    }

    private init(path: String, descriptor: Int32, length: Int) {
        self.path = path
        self.descriptor = descriptor
        self.length = length
    }

    deinit { close(descriptor) }

    package func append(_ line: JournalLine) async throws {
        pending += line.json.compact()
        pending.append(UInt8(ascii: "\n"))
        if isWriting { return try await withCheckedThrowingContinuation { waiting.append($0) } }
        isWriting = true
        defer { isWriting = false }
        let failure = await flush()
        while !pending.isEmpty {
            let callers = waiting
            waiting = []
            let failure = await flush()
            for caller in callers { caller.resume(with: failure.map { .failure($0) } ?? .success(())) }
        }
        if let failure { throw failure }
    }

    /// Empties a journal that has grown and tells nothing new. Objects, refs and sidecars are written without a flush of
    /// their own, because the journal would replay them; so they must reach the disk before it forgets.
    package func trim() throws(Files.Failure) {
        guard length > Self.longest else { return }
        sync()
        guard ftruncate(descriptor, 0) == 0, fdatasync(descriptor) == 0 else {
            throw Files.Failure(path: path, code: errno, doing: "empty")
        }
        length = 0
    }

    /// Writes what is pending, off the actor, so that lines which arrive meanwhile go together with the next.
    private func flush() async -> Files.Failure? {
        let bytes = pending
        pending = []
        let code = await Self.write(bytes, to: descriptor)
        guard code != 0 else {
            length += bytes.count
            return nil
        }
        ftruncate(descriptor, off_t(length))
        return Files.Failure(path: path, code: code, doing: "write")
    }

    @concurrent
    private static func write(_ bytes: [UInt8], to descriptor: Int32) async -> Int32 {
        let code = Files.write(bytes, to: descriptor)
        if code != 0 { return code }
        return fdatasync(descriptor) == 0 ? 0 : errno
    }
}
