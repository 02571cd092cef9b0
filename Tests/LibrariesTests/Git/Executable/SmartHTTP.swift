import Foundation
import HTTPServer
import Synchronization

/// The remotes of a folder over http, by git's own `http-backend`.
enum SmartHTTP {
    /// Called for each request; nil lets git answer.
    typealias Before = @Sendable (ServerRequest) async -> ServerAnswer?
    /// Called with git's answer, which it may spoil.
    typealias After = @Sendable (ServerRequest, ServerAnswer) async -> ServerAnswer

    static func serve<Result>(
        _ scene: Scene, before: @escaping Before = { _ in nil }, after: @escaping After = { $1 },
        _ body: (_ address: String) async throws -> Result
    ) async throws -> Result {
        let server = try await RunningServer.start(port: 0) { request in
            if let answer = await before(request) { return answer }
            return await after(request, await backend(request, scene))
        }
        do {
            let result = try await body("http://127.0.0.1:\(server.port)/remote.git")
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    private static func backend(_ request: ServerRequest, _ scene: Scene) async -> ServerAnswer {
        await withCheckedContinuation { continuation in
            // Not on the threads of tasks: there are as few as processors, and this one waits.
            DispatchQueue.global().async {
                continuation.resume(returning: (try? run(request, scene)) ?? ServerAnswer(599))
            }
        }
    }

    private static func run(_ request: ServerRequest, _ scene: Scene) throws -> ServerAnswer {
        let body = scene.path("body-\(UUID().uuidString)")
        try Data(request.body).write(to: URL(fileURLWithPath: body))
        defer { try? FileManager.default.removeItem(atPath: body) }
        let target = request.target.split(separator: "?", maxSplits: 1)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "http-backend"]
        process.environment = scene.variables.merging(
            [
                "GIT_PROJECT_ROOT": scene.folder, "GIT_HTTP_EXPORT_ALL": "1", "REMOTE_USER": "test",
                "REQUEST_METHOD": request.method, "PATH_INFO": String(target[0]),
                "QUERY_STRING": target.count > 1 ? String(target[1]) : "",
                "CONTENT_TYPE": request.header("Content-Type") ?? "", "CONTENT_LENGTH": String(request.body.count),
                "HTTP_CONTENT_ENCODING": request.header("Content-Encoding") ?? "",
                "GIT_PROTOCOL": request.header("Git-Protocol") ?? "",
            ], uniquingKeysWith: { $1 })
        process.standardInput = FileHandle(forReadingAtPath: body)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return answer([UInt8](data))
    }

    /// Header lines, a blank line, body.
    private static func answer(_ output: [UInt8]) -> ServerAnswer {
        guard let end = output.firstRange(of: Array("\r\n\r\n".utf8)) else { return ServerAnswer(500) }
        var answer = ServerAnswer(200, body: Array(output[end.upperBound...]))
        for line in String(decoding: output[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            if line[..<colon] == "Status" {
                answer.status = Int(value.prefix(3)) ?? 500
            } else {
                answer.headers.append((String(line[..<colon]), String(value)))
            }
        }
        return answer
    }
}

extension ServerRequest {
    /// Whether it carries a push, not only asks for references.
    var isPush: Bool { method == "POST" && target.hasSuffix("/git-receive-pack") }
}
