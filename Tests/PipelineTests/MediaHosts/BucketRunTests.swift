import Foundation
import Git
import HTTP
import HTTPServer
import JSON
import Platforms
import Posts
import Sandbox
import TestSupport
import Testing

@testable import Pipeline

@Suite struct `A run with a bucket` {
    /// Asks the bucket in the same process, without sockets.
    private struct Direct: Transport {
        let bucket: BucketServer

        func send(_ request: Request) async throws(TransportError) -> Response {
            guard let url = URLParts(request.url) else { throw TransportError(sent: .no, reason: "no URL") }
            var headers = request.headers.fields.map { (name: $0.name, value: $0.value.reveal()) }
            headers.append(("Host", url.authority))
            var body = request.body ?? []
            if case .streamed(let stream) = request.payload { body = stream.bytes(in: 0..<stream.count) ?? [] }
            let answer = bucket.answer(
                ServerRequest(method: request.method.rawValue, target: url.target, headers: headers, body: body))
            return Response(status: answer.status, headers: [:], body: answer.body)
        }
    }

    @Test func `puts a picture there, lets Instagram fetch it, and deletes it when the post is live`() async throws {
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "bucket-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = TestClock(nine)
        let bucket = BucketServer(clock: clock)
        let server = try await RunningServer.start(port: 0) { bucket.answer($0) }
        let sandbox = try Sandbox(static: ["s3.example.com": "http://127.0.0.1:\(server.port)"])
        let repository = try Repository.initialise(at: folder.path(), branch: "main")
        let files: [(String, [UInt8])] = [
            (
                "socials.yml",
                Array(
                    """
                    version: 1
                    accounts: {instagram/acme: {login: instagram}}
                    mediaHost: {kind: s3, bucket: acme-social, prefix: tmp/, endpoint: "https://s3.example.com"}
                    """.utf8)
            ),
            (
                "posts/a.md",
                Array(
                    """
                    ---
                    schedule: 2026-12-01T09:00:00Z
                    accounts: [instagram/acme]
                    media: [{path: media/a.jpg, alt: A}, {path: media/b.jpg, alt: B}]
                    ---
                    Hello
                    """.utf8)
            ),
            ("media/a.jpg", SmallJPEG.bytes(width: 400, height: 400)),
            ("media/b.jpg", SmallJPEG.bytes(width: 500, height: 500)),
        ]
        for (name, bytes) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
        _ = try repository.commitAll(
            message: "Content\n", author: Author(name: "Anna", email: "anna@example.com", seconds: nine.seconds - 60))
        var variables = ["HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"]
        variables.merge(BucketServer.variables) { $1 }
        variables["SOCIALS_ACCOUNT_INSTAGRAM_ACME_ACCESS_TOKEN"] =
            SandboxCredentials.instagram(account: "acme")["ACCESS_TOKEN"]
        let isolated = variables
        var environment = Environment(
            variables: variables, clock: clock, gateway: nil, transport: SandboxTransport(sandbox, clock: clock),
            random: { UInt128.random(in: .min ... .max) }, zones: .system,
            git: { GitExecutable(workingDirectory: $0, environment: isolated) })
        environment.directTransport = Direct(bucket: bucket)
        let run = try await Run(SyncOptions(repository: folder.path()), in: environment)
        let planning = try await run.plan()
        #expect(planning.material.values.compactMap(\.composed).flatMap(\.diagnostics).isEmpty)
        let engine = try await run.publish(planning, with: run.parts, stop: StopSignal(), progress: { _ in })
        #expect(engine.outcomes.map(\.result.state) == [.published])

        let live = try JSON(parsing: await sandbox.control("GET", "posts")).array ?? []
        #expect(live.map { $0["media"]?.array?.count } == [2])
        #expect(bucket.objects.isEmpty)
        #expect(bucket.log.allSatisfy { !$0.contains("refused") })
        for (method, least) in [("PUT", 2), ("GET", 4), ("DELETE", 2)] {
            let count = bucket.log.count { $0.hasPrefix(method) }
            #expect(method == "GET" ? count >= least : count == least, "\(bucket.log)")
        }
        let last = try #require(bucket.log.lastIndex { $0.hasPrefix("GET") })
        #expect(bucket.log[last...].dropFirst().allSatisfy { $0.hasPrefix("DELETE") })
        let sidecar = try String(contentsOf: folder.appending(path: "posts/a.results.json"), encoding: .utf8)
        #expect(!sidecar.contains("X-Amz") && !sidecar.contains("s3.example.com"))
        await server.stop()
    }
}
