import Foundation
import HTTPServer
import Synchronization
import Testing

@testable import HTTP

private let hosts: [(kind: String, name: String)] = {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/http/hosts.txt")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map { line in
        let words = line.split(separator: " ").map(String.init)
        return (words[0], words[1])
    }
}()

private func guarded(_ url: String) -> Request {
    var request = Request(.get, url, repetition: .forbidden)
    request.reach = .publicHosts
    return request
}

/// Sends by a loop of its own, whatever the name: as if it led elsewhere when it was looked at.
private func send(_ loop: CurlLoop, _ url: String, isGuarded: Bool) async -> Result<Response, TransportError> {
    let plan = TransferPlan(
        request: guarded(url), base: url, target: "/", lines: [], peer: "rebound.example", isLocal: !isGuarded,
        isEncrypted: false, isGuarded: isGuarded)
    let transfer = Transfer(plan, settings: TransferSettings(userAgent: "t"))
    return await withCheckedContinuation { continuation in
        transfer.whenDone(continuation)
        loop.add(transfer)
    }
}

private let refused = TransportError(sent: .no, reason: "rebound.example is in an inner network")

@Suite struct `An inner network` {
    @Test func `is told from public hosts by names and addresses`() {
        #expect(hosts.count > 60)
        for host in hosts { #expect(isInnerHost(host.name) == (host.kind == "inner"), "\(host.name)") }
    }

    @Test(arguments: hosts.filter { $0.kind == "inner" }.map(\.name))
    func `is not asked for what others wrote an address of, with or without a gateway`(_ host: String) async throws {
        let seen = Seen()
        let server = try ScriptedServer { connection in seen.add(connection.readRequest()?.head ?? "") }
        let url = "https://\(host.contains(":") ? "[\(host)]" : host)/a.jpg"
        for gateway in [nil, try Gateway(server.url)] {
            let transport = CurlTransport(gateway: gateway, userAgent: "t")
            let failure = try await #require(throws: TransportError.self) { try await transport.send(guarded(url)) }
            #expect(failure.sent == .no && failure.reason.hasSuffix("is in an inner network"))
        }
        #expect(server.connections == 0)
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `is not connected to when a name leads there only as the connection is made`(_ host: String) async throws {
        let server = try ScriptedServer { connection in _ = connection.readRequest() }
        let loop = try #require(CurlLoop.start())
        defer { loop.stop() }
        let result = await send(loop, "http://\(host):\(server.port)", isGuarded: true)
        #expect(throws: refused) { try result.get() }
        #expect(server.connections == 0)
    }

    @Test func `is not asked by a connection that something else made`() async throws {
        let seen = Seen()
        let server = try ScriptedServer { connection in
            while let request = connection.readRequest() {
                seen.add(request.head)
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            }
        }
        let loop = try #require(CurlLoop.start())
        defer { loop.stop() }
        #expect(try await send(loop, server.url, isGuarded: false).get().status == 200)
        let result = await send(loop, server.url, isGuarded: true)
        #expect(throws: refused) { try result.get() }
        #expect(seen.all.count == 1)
    }

    @Test func `does not stand behind a gateway, which takes the request for a public host`() async throws {
        let server = try await RunningServer.start(port: 0) { request in
            ServerAnswer(200, body: Array((request.header("Host") ?? "").utf8))
        }
        let transport = CurlTransport(gateway: try Gateway("http://127.0.0.1:\(server.port)"), userAgent: "t")
        #expect(try await transport.send(guarded("https://media.example.com/a.jpg")).text == "media.example.com")
        await server.stop()
    }
}

/// What a sink was handed.
private final class Kept: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    let most: Int
    init(most: Int = .max) { self.most = most }

    var all: [UInt8] { bytes.withLock { $0 } }
    var sink: AnswerSink {
        AnswerSink { [self] piece in
            bytes.withLock { bytes in
                bytes += piece
                return bytes.count <= most
            }
        }
    }
}

@Suite struct `An answer that is kept elsewhere` {
    private func answer(
        _ status: Int, _ count: Int, into kept: Kept, maximum: Int = 1 << 20
    ) async throws -> Response {
        let server = try await RunningServer.start(port: 0) { _ in
            ServerAnswer(status, body: [UInt8](repeating: 7, count: count))
        }
        var request = Request(
            .get, "http://127.0.0.1:\(server.port)/", repetition: .forbidden, maximumAnswer: maximum)
        request.sink = kept.sink
        let result: Result<Response, any Error>
        do { result = .success(try await CurlTransport(userAgent: "t").send(request)) } catch {
            result = .failure(error)
        }
        await server.stop()
        return try result.get()
    }

    @Test func `is not held in memory`() async throws {
        let kept = Kept()
        #expect(try await answer(200, 300_000, into: kept).body.isEmpty)
        #expect(kept.all == [UInt8](repeating: 7, count: 300_000))
    }

    @Test func `is kept only if it is what was asked for`() async throws {
        let kept = Kept()
        #expect(try await answer(404, 10, into: kept).body.count == 10)
        #expect(kept.all.isEmpty)
    }

    @Test func `has a longest length as any other`() async throws {
        let failure = try await #require(throws: TransportError.self) {
            try await answer(200, 11, into: Kept(), maximum: 10)
        }
        #expect(failure.reason == "the answer from 127.0.0.1 is longer than 10 bytes")
    }

    @Test func `ends when it cannot be kept`() async throws {
        let failure = try await #require(throws: TransportError.self) {
            try await answer(200, 300_000, into: Kept(most: 1000))
        }
        #expect(failure.reason == "the answer from 127.0.0.1 could not be kept")
    }
}
