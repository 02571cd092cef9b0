import Foundation
import HTTPServer
import Synchronization

/// A network 50 ms away that says yes to the calls of X, in a process of its own, so that its work is not counted.
///
/// `benchmarks --network` serves until its input ends; the port is its first line, and each line it reads is answered
/// by the number of requests since the last.
struct SlowNetwork {
    static let latency = Duration.milliseconds(50)
    static let argument = "--network"

    let port: UInt16
    private let process: Process
    private let input = Pipe()
    private let output = Pipe()

    init() throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [Self.argument]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        port = UInt16(try Self.number(from: output))
    }

    struct Unreachable: Error {}

    var gateway: String { "http://127.0.0.1:\(port)" }

    /// Requests since this was asked last.
    func count() throws -> Int {
        input.fileHandleForWriting.write(Data("\n".utf8))
        return try Self.number(from: output)
    }

    private static func number(from output: Pipe) throws -> Int {
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let number = Int(line.dropLast()) else { throw Unreachable() }
        return number
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// The other process.
    static func serve() async throws {
        let count = Atomic(0)
        let server = try await RunningServer.start(port: 0) { request in
            let number = count.add(1, ordering: .relaxed).newValue
            try? await Task.sleep(for: latency, tolerance: .zero)
            let id = 1_900_000_000_000_000_000 + number
            let body =
                switch request.target {
                case "/2/media/upload": "{\"data\":{\"id\":\"\(id)\",\"expires_after_secs\":86400}}"
                case "/2/media/metadata": "{\"data\":{\"id\":\"1\"}}"
                case "/2/tweets": "{\"data\":{\"id\":\"\(id)\",\"text\":\"\"}}"
                default: ""
                }
            return ServerAnswer(
                body.isEmpty ? 404 : 200, headers: [("Content-Type", "application/json")], body: Array(body.utf8))
        }
        say(Int(server.port))
        while readLine() != nil { say(count.exchange(0, ordering: .relaxed)) }
        await server.stop()
    }

    private static func say(_ number: Int) {
        FileHandle.standardOutput.write(Data("\(number)\n".utf8))
    }
}
