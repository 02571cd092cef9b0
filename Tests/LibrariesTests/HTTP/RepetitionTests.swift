import Testing

@testable import HTTP

private func transport(
    _ guards: Set<TransferSettings.Guard> = Set(TransferSettings.Guard.allCases), trusting certificate: String? = nil
) -> CurlTransport {
    CurlTransport(
        gateway: nil, extraHeaders: { [:] },
        settings: TransferSettings(userAgent: "test", certificateAuthorities: certificate, guards: guards))
}

private func post(_ url: String, _ count: Int?, _ repetition: Request.Repetition) -> Request {
    Request(
        .post, url, body: count.map { [UInt8](repeating: 1, count: $0) }, repetition: repetition,
        deadline: .seconds(60))
}

private func streamed(_ url: String, _ count: Int, _ repetition: Request.Repetition) -> Request {
    Request(
        .post, url, streaming: StreamedBody(count: count) { [UInt8](repeating: 1, count: $0.count) },
        repetition: repetition, deadline: .seconds(60))
}

/// Sizes of a body: none, empty, one packet, more than any buffer of a socket.
private let sizes: [Int?] = [nil, 0, 15_000, 8 << 20]

@Suite struct `A server that drops the second request of a connection` {
    @Test(arguments: sizes) func `gets a forbidden repetition exactly once`(_ size: Int?) async throws {
        let seen = Seen()
        let server = try ScriptedServer(answersOnceThenDrops(seen))
        let transport = transport()
        #expect(try await transport.send(post("\(server.url)/first", 3, .forbidden)).status == 200)
        let error = try await #require(throws: TransportError.self) {
            try await transport.send(post("\(server.url)/second", size, .forbidden))
        }
        #expect(error.sent == .maybe)
        #expect(error.reason == "127.0.0.1 closed the connection without an answer")
        #expect(seen.all == ["POST /first HTTP/1.1 3", "POST /second HTTP/1.1 \(size ?? 0)"])
    }

    @Test(arguments: [Request.Method.put, .delete, .get]) func `gets other methods once too`(
        _ method: Request.Method
    ) async throws {
        let seen = Seen()
        let server = try ScriptedServer(answersOnceThenDrops(seen))
        let transport = transport()
        _ = try await transport.send(post("\(server.url)/first", 3, .forbidden))
        let error = try await #require(throws: TransportError.self) {
            try await transport.send(Request(method, "\(server.url)/second", repetition: .forbidden))
        }
        #expect(error.sent == .maybe)
        #expect(seen.all == ["POST /first HTTP/1.1 3", "\(method.rawValue) /second HTTP/1.1 0"])
    }

    @Test(arguments: TransferSettings.Guard.allCases) func `is kept from a second body by each guard alone`(
        _ only: TransferSettings.Guard
    ) async throws {
        let seen = Seen()
        let server = try ScriptedServer(answersOnceThenDrops(seen))
        let transport = transport([only])
        _ = try await transport.send(post("\(server.url)/first", 3, .forbidden))
        let error = try await #require(throws: TransportError.self) {
            try await transport.send(post("\(server.url)/second", 15_000, .forbidden))
        }
        #expect(error.sent == .maybe)
        #expect(seen.all.count == 2)
    }

    @Test(arguments: [0, 15_000]) func `gets an allowed repetition, which ends well`(_ size: Int) async throws {
        let seen = Seen()
        let server = try ScriptedServer(answersOnceThenDrops(seen))
        let transport = transport()
        _ = try await transport.send(post("\(server.url)/first", 3, .forbidden))
        #expect(try await transport.send(post("\(server.url)/second", size, .allowed)).status == 200)
        #expect(seen.all.suffix(2) == ["POST /second HTTP/1.1 \(size)", "POST /second HTTP/1.1 \(size)"])
    }

    @Test(arguments: [0, 15_000, 8 << 20]) func `gets a body from disk once too, or twice where it may`(
        _ size: Int
    ) async throws {
        for (repetition, count) in [(Request.Repetition.forbidden, 2), (.allowed, 3)] {
            let seen = Seen()
            let server = try ScriptedServer(answersOnceThenDrops(seen))
            let transport = transport()
            _ = try await transport.send(post("\(server.url)/first", 3, .forbidden))
            let answer = try? await transport.send(streamed("\(server.url)/second", size, repetition))
            #expect(answer?.status == (repetition == .allowed ? 200 : nil))
            #expect(seen.all.count == count)
            #expect(seen.all.dropFirst().allSatisfy { $0 == "POST /second HTTP/1.1 \(size)" })
        }
    }

    @Test(arguments: TransferSettings.Guard.allCases)
    func `gets a body from disk once by each guard alone`(_ only: TransferSettings.Guard) async throws {
        let seen = Seen()
        let server = try ScriptedServer(answersOnceThenDrops(seen))
        let transport = transport([only])
        _ = try await transport.send(post("\(server.url)/first", 3, .forbidden))
        let error = try await #require(throws: TransportError.self) {
            try await transport.send(streamed("\(server.url)/second", 15_000, .forbidden))
        }
        #expect(error.sent == .maybe)
        #expect(seen.all.count == 2)
    }

    @Test func `would get a second one without the guards`() async throws {
        let seen = Seen()
        let server = try ScriptedServer(answersOnceThenDrops(seen))
        let transport = transport([])
        _ = try await transport.send(post("\(server.url)/first", 3, .forbidden))
        #expect(try await transport.send(post("\(server.url)/second", 15_000, .forbidden)).status == 200)
        #expect(seen.all.count == 3)
    }
}

@Suite(.enabled(if: TLSFront.isPossible, "needs python3 and openssl to take TLS"))
struct `An HTTP2 server that does not answer the second request of a connection` {
    @Test(arguments: HTTP2.Reaction.allCases.filter { $0 != .answer })
    func `gets a forbidden repetition exactly once`(_ reaction: HTTP2.Reaction) async throws {
        for size in sizes {
            let seen = Seen()
            let server = try ScriptedServer { connection in
                HTTP2.play(connection, seen) { $0 == 1 ? .answer : reaction }
            }
            let front = try TLSFront(before: server.port, speaking: "h2")
            let transport = transport(trusting: front.certificate)
            #expect(try await transport.send(post("\(front.url)/first", 3, .forbidden)).status == 200)
            let error = try await #require(throws: TransportError.self) {
                try await transport.send(post("\(front.url)/second", size, .forbidden))
            }
            #expect(error.sent == .maybe)
            #expect(seen.all == ["request of 3", "request of \(size ?? 0)"], "body of \(size ?? -1)")
        }
    }

    @Test func `gets an empty one that it refused again without the guard`() async throws {
        let seen = Seen()
        let server = try ScriptedServer { connection in
            HTTP2.play(connection, seen) { $0 == 2 ? .refuse : .answer }
        }
        let front = try TLSFront(before: server.port, speaking: "h2")
        let transport = transport([.cannotRewind], trusting: front.certificate)
        _ = try await transport.send(post("\(front.url)/first", 3, .forbidden))
        #expect(try await transport.send(post("\(front.url)/second", 0, .forbidden)).status == 200)
        #expect(seen.all == ["request of 3", "request of 0", "request of 0"])
    }

    @Test func `gets requests over one connection as long as it answers`() async throws {
        let seen = Seen()
        let server = try ScriptedServer { connection in HTTP2.play(connection, seen) { _ in .answer } }
        let front = try TLSFront(before: server.port, speaking: "h2")
        let transport = transport(trusting: front.certificate)
        for size in sizes { #expect(try await transport.send(post(front.url, size, .forbidden)).status == 200) }
        #expect(seen.all == sizes.map { "request of \($0 ?? 0)" })
        #expect(server.connections == 1)
    }
}

@Suite(.enabled(if: TLSFront.isPossible, "needs python3 and openssl to take TLS"))
struct `A server with TLS` {
    @Test func `gets nothing when its certificate cannot be verified`() async throws {
        let seen = Seen()
        let server = try ScriptedServer(answersOnceThenDrops(seen))
        let front = try TLSFront(before: server.port, speaking: "http/1.1")
        let error = try await #require(throws: TransportError.self) {
            try await transport().send(post(front.url, 3, .forbidden))
        }
        let expected = "the certificate of localhost could not be verified"
        #expect(error == TransportError(sent: .no, reason: expected))
        #expect(seen.all == [])
    }

    @Test(arguments: sizes) func `gets a forbidden repetition once over HTTP1 too`(_ size: Int?) async throws {
        let seen = Seen()
        let server = try ScriptedServer(answersOnceThenDrops(seen))
        let front = try TLSFront(before: server.port, speaking: "http/1.1")
        let transport = transport(trusting: front.certificate)
        _ = try await transport.send(post("\(front.url)/first", 3, .forbidden))
        let error = try await #require(throws: TransportError.self) {
            try await transport.send(post("\(front.url)/second", size, .forbidden))
        }
        #expect(error.sent == .maybe)
        #expect(seen.all == ["POST /first HTTP/1.1 3", "POST /second HTTP/1.1 \(size ?? 0)"])
    }
}
