import Foundation

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
final class Running: Sendable {
    private let process: Process
    private let folder: URL
    private let ended: Task<Void, Never>

    var pid: Int32 { process.processIdentifier }

    init(_ program: String, _ arguments: [String], in directory: URL, environment: [String: String]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "socials-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.file(folder.appending(path: "output"))
        process.standardError = try Self.file(folder.appending(path: "complaints"))
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
        ended = Task { for await _ in stream {} }
    }

    private static func file(_ url: URL) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
            throw Trouble("cannot write \(url.path)")
        }
        return try FileHandle(forWritingTo: url)
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
        await ended.value
        watch.cancel()
        let ending = Ending(
            status: process.terminationStatus, isSignal: process.terminationReason == .uncaughtSignal,
            output: read("output"), complaints: read("complaints"))
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
            throw Trouble("There is no socials-pipeline beside \(tests.path); build the package, then run the tests again.")
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

/// Files of `Tests/Fixtures/commands`.
enum Fixture {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/commands")

    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
}
