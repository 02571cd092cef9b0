import Foundation
import Glibc

/// How a program ended and what it printed.
struct Ending: Sendable {
    var status: Int32
    /// Ended by a signal; then `status` is its number.
    var isSignal: Bool
    var output: String
    var complaints: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
}

struct Trouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A program that runs. Its output goes to files, so that a full pipe never stops it.
///
/// By `posix_spawn`, because `Process.run` of Foundation 6.3 on Linux crashes now and then when many start side by side.
final class Running: Sendable {
    let pid: Int32
    private let folder: URL
    private let ended: Task<Int32, Never>

    init(_ program: String, _ arguments: [String], in directory: URL, environment: [String: String]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "socials-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let pid = try Self.spawn(
            program, arguments, in: directory.path, environment.map { "\($0)=\($1)" }, output: folder.path)
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        Thread.detachNewThread {
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            continuation.yield(status)
            continuation.finish()
        }
        ended = Task { await stream.first { _ in true } ?? 0 }
        self.pid = pid
    }

    private static func spawn(
        _ program: String, _ arguments: [String], in directory: String, _ variables: [String], output folder: String
    ) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, folder + "/output", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, folder + "/complaints", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try changeFolder(directory, &actions)
        // Whatever the test runner ignores or blocks, a program starts as from a shell.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let (words, variables) = (([program] + arguments).map { strdup($0) }, variables.map { strdup($0) })
        defer { for word in words + variables { free(word) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, program, &actions, &attributes, words + [nil], variables + [nil])
        guard code == 0 else { throw Trouble("cannot start a program: \(String(cString: strerror(code)))") }
        return pid
    }

    /// `posix_spawn_file_actions_addchdir_np`, which glibc has and its Swift module does not show.
    private static func changeFolder(_ path: String, _ actions: inout posix_spawn_file_actions_t) throws {
        typealias Call =
            @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>) -> Int32
        guard let symbol = dlsym(nil, "posix_spawn_file_actions_addchdir_np") else {
            throw Trouble("this system's C library cannot start a program in another folder")
        }
        _ = unsafeBitCast(symbol, to: Call.self)(&actions, path)
    }

    /// What was printed so far.
    var output: String { read("output") }

    private func read(_ name: String) -> String {
        let bytes = (try? Data(contentsOf: folder.appending(path: name))) ?? Data()
        return String(decoding: bytes, as: UTF8.self)
    }

    func signal(_ number: Int32) { kill(pid, number) }

    /// Waits for the end; a program that hangs for two minutes is killed, which the test then sees as a signal.
    func ending() async -> Ending {
        let pid = pid
        let watch = Task {
            try await Task.sleep(for: .seconds(120))
            kill(pid, SIGKILL)
        }
        let status = await ended.value
        watch.cancel()
        // As in WIFSIGNALED, WTERMSIG and WEXITSTATUS of sys/wait.h.
        let signal = status & 0x7F
        let ending = Ending(
            status: signal == 0 ? (status >> 8) & 0xFF : signal, isSignal: signal != 0, output: read("output"),
            complaints: read("complaints"))
        try? FileManager.default.removeItem(at: folder)
        return ending
    }

    static func run(
        _ program: String, _ arguments: [String], in directory: URL, environment: [String: String]
    ) async throws -> Ending {
        try await Running(program, arguments, in: directory, environment: environment).ending()
    }
}

/// The real binary, as built beside the tests.
enum Program {
    static func path() throws -> String {
        let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let program = tests.deletingLastPathComponent().appending(path: "socials-pipeline").path
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw Trouble(
                "There is no socials-pipeline beside \(tests.path); build the package, then run the tests again.")
        }
        return program
    }
}

/// At most so many workshops are open at once: each runs a sandbox and git beside the binary.
actor Places {
    static let workshops = Places(3)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    func hold<Value: Sendable>(_ body: @Sendable () async throws -> Value) async rethrows -> Value {
        await take()
        do {
            let value = try await body()
            giveBack()
            return value
        } catch {
            giveBack()
            throw error
        }
    }

    private func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}

/// Files of `Tests/Fixtures/commands`, and of its neighbours.
enum Fixture {
    static let all = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures")
    static let folder = all.appending(path: "commands")

    /// Writes texts to files of a folder.
    static func write(_ files: [String: String], below root: URL) throws {
        for (path, text) in files {
            let place = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: place)
        }
    }

    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
}
