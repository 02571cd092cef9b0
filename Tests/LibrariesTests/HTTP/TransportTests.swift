import HTTPServer
import Synchronization
import Testing

@testable import HTTP

private func answering(_ answer: String) throws -> ScriptedServer {
    try ScriptedServer { connection in
        while connection.readRequest() != nil { connection.write(answer) }
    }
}

private func error(_ request: Request, from transport: CurlTransport = CurlTransport(userAgent: "t")) async throws
    -> TransportError
{
    try await #require(throws: TransportError.self) { try await transport.send(request) }
}

private func get(_ url: String, headers: Headers = [:], deadline: Duration = .seconds(60), maximum: Int = 1 << 20)
    -> Request
{
    Request(.get, url, headers: headers, repetition: .forbidden, deadline: deadline, maximumAnswer: maximum)
}

@Suite struct `A request that went wrong` {
    @Test func `was not sent when the connection was refused`() async throws {
        let server = try await RunningServer.start(port: 0) { _ in ServerAnswer(200) }
        await server.stop()
        let expected = TransportError(sent: .no, reason: "the connection to 127.0.0.1 was refused")
        #expect(try await error(get("http://127.0.0.1:\(server.port)/?token=x")) == expected)
    }

    @Test func `was not sent when the host is unknown`() async throws {
        let expected = TransportError(sent: .no, reason: "the name no-such-host.invalid could not be resolved")
        #expect(try await error(get("https://no-such-host.invalid/?token=x")) == expected)
    }

    @Test func `was not sent when the other side speaks no TLS`() async throws {
        let server = try ScriptedServer { $0.write("HTTP/1.1 400 Bad Request\r\n\r\n") }
        let failure = try await error(get("https://localhost:\(server.port)/"))
        #expect(failure == TransportError(sent: .no, reason: "the TLS handshake with localhost failed"))
    }

    @Test(arguments: [
        "", "example.com", "ftp://example.com/", "https://", "https://a b/", "https://example.com/ä",
        "https://user:pass@example.com/", "https://example.com:0/", "https://example.com:99999/",
        "https://example.com:+1/", "https://[::1/", "https://exa%6Dple.com/", "https://example.com/\r\nX: y",
    ])
    func `was not sent when its URL is none`(_ url: String) async throws {
        let failure = try await error(get(url))
        #expect(failure.sent == .no)
        #expect(failure.reason == "the URL of the request is not an absolute, percent-encoded one")
    }

    @Test func `was not sent when it would leave the machine unencrypted`() async throws {
        let failure = try await error(get("http://example.com/?token=x"))
        #expect(failure == TransportError(sent: .no, reason: "example.com is only reached by https, not by http"))
    }

    @Test(
        arguments: [
            ["A": "b\r\nC: d"], ["A": "b\nC: d"], ["A": "\u{0}"], ["A\r\nB": "c"], ["": "a"], ["A B": "c"], ["A:": "b"],
            ["Host": "elsewhere"], ["Content-Length": "7"], ["Transfer-Encoding": "chunked"],
        ] as [Headers]) func `was not sent when a header would break out`(_ headers: Headers) async throws
    {
        let seen = Seen()
        let server = try ScriptedServer { connection in seen.add(connection.readRequest()?.head ?? "") }
        #expect(try await error(get(server.url, headers: headers)).sent == .no)
        #expect(seen.all == [])
    }

    @Test func `may have been sent when the deadline passes`() async throws {
        let server = try ScriptedServer { $0.untilClosed() }
        let failure = try await error(get("\(server.url)/?token=x", deadline: .milliseconds(200)))
        #expect(failure == TransportError(sent: .maybe, reason: "127.0.0.1 did not answer within 200 ms"))
    }

    @Test func `may have been sent when the answer is cut off`() async throws {
        let server = try ScriptedServer { connection in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n1234")
        }
        let failure = try await error(get(server.url))
        #expect(failure == TransportError(sent: .maybe, reason: "the answer from 127.0.0.1 ended too early"))
    }

    @Test func `may have been sent when the first answer of a connection is no byte`() async throws {
        let server = try ScriptedServer { connection in _ = connection.readRequest() }
        let failure = try await error(get(server.url))
        #expect(failure == TransportError(sent: .maybe, reason: "127.0.0.1 closed the connection without an answer"))
        #expect(server.connections == 1)
    }

    @Test(arguments: [
        "Content-Length: 11\r\n\r\n12345678901",
        "Transfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n5\r\n12345\r\n0\r\n\r\n",
    ]) func `may have been sent when the answer is too long`(_ rest: String) async throws {
        let server = try answering("HTTP/1.1 200 OK\r\n\(rest)")
        let failure = try await error(get(server.url, maximum: 10))
        #expect(failure == TransportError(sent: .maybe, reason: "the answer from 127.0.0.1 is longer than 10 bytes"))
    }

    @Test func `counts an answer after unpacking it`() async throws {
        // 1,000 zero bytes, compressed by zlib to 17.
        let packed: [UInt8] = [
            0x78, 0xDA, 0x63, 0x60, 0x18, 0x05, 0xA3, 0x60, 0x14, 0x0C, 0x77, 0x00, 0x00, 0x03, 0xE8, 0x00, 0x01,
        ]
        let server = try await RunningServer.start(port: 0) { _ in
            ServerAnswer(200, headers: [("Content-Encoding", "deflate")], body: packed)
        }
        let url = "http://127.0.0.1:\(server.port)/"
        let response = try await CurlTransport(userAgent: "t").send(get(url, maximum: 1_000))
        #expect(response.body == [UInt8](repeating: 0, count: 1_000))
        let failure = try await error(get(url, maximum: 999))
        #expect(failure == TransportError(sent: .maybe, reason: "the answer from 127.0.0.1 is longer than 999 bytes"))
        await server.stop()
    }
}

@Suite struct `A cancelled request` {
    @Test func `ends at once and may have been sent`() async throws {
        let arrived = Gate(2)
        let server = try ScriptedServer { connection in
            _ = connection.readRequest()
            Task { await arrived.pass() }
            connection.untilClosed()
        }
        let request = get(server.url, deadline: .seconds(600))
        let task = Task { try await error(request) }
        await arrived.pass()
        task.cancel()
        #expect(try await task.value == TransportError(sent: .maybe, reason: "the request to 127.0.0.1 was cancelled"))
    }

    @Test func `is not sent when it was cancelled before`() async throws {
        let server = try answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let request = get(server.url)
        let gate = Gate(2)
        let task = Task {
            await gate.pass()
            return try await error(request)
        }
        task.cancel()
        await gate.pass()
        #expect(try await task.value == TransportError(sent: .no, reason: "the request to 127.0.0.1 was cancelled"))
        #expect(server.connections == 0)
    }
}

@Suite struct `An exchange` {
    @Test func `carries method, target, headers and body unchanged`() async throws {
        let seen = Seen()
        let server = try ScriptedServer { connection in
            guard let request = connection.readRequest() else { return }
            seen.add(request.head + String(decoding: request.body, as: UTF8.self))
            connection.write("HTTP/1.1 201 Created\r\nX-A: 1\r\nx-a:2 \r\nEmpty:\r\nContent-Length: 2\r\n\r\nok")
        }
        var headers: Headers = ["X-Empty": "", "X-Tab": "a\tb", "Content-Type": "application/json"]
        headers.add("Authorization", secret: Secret("Bearer s3cret"))
        let response = try await CurlTransport(userAgent: "agent/1").send(
            Request(
                .put, "\(server.url)/a/../b//c?d=%2f&e|f?#g", headers: headers, body: [0x7B, 0x7D],
                repetition: .forbidden)
        )
        let lines = try #require(seen.all.first).split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.first == "PUT /a/../b//c?d=%2f&e|f? HTTP/1.1")
        #expect(
            lines.dropFirst().sorted()
                == [
                    "", "Accept-Encoding: deflate, gzip, br, zstd", "Accept: */*", "Authorization: Bearer s3cret",
                    "Content-Length: 2", "Content-Type: application/json", "Host: 127.0.0.1:\(server.port)",
                    "User-Agent: agent/1", "X-Empty:", "X-Tab: a\tb", "{}",
                ].sorted())
        #expect(response.status == 201)
        #expect(response.text == "ok")
        #expect(
            response.headers.fields.map { "\($0.name)=\($0.value.reveal())" } == [
                "X-A=1", "x-a=2", "Empty=", "Content-Length=2",
            ])
    }

    @Test func `shows the last answer only, without interim ones`() async throws {
        let server = try answering(
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
        )
        let response = try await CurlTransport(userAgent: "t").send(get(server.url))
        #expect(response.status == 302)
        #expect(response.headers.fields.map(\.name) == ["Location", "Content-Length"])
    }

    @Test func `uses one connection for one request after another`() async throws {
        let server = try answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let transport = CurlTransport(userAgent: "t")
        for body in [nil, [], [1, 2, 3], [UInt8](repeating: 0, count: 1 << 20)] {
            let request = Request(.post, server.url, body: body, repetition: .forbidden)
            #expect(try await transport.send(request).status == 200)
        }
        #expect(server.connections == 1)
    }

    @Test(arguments: [Request.Method.post, .put])
    func `reads a long body piece by piece and sends all of it`(_ method: Request.Method) async throws {
        let seen = Seen()
        let server = try ScriptedServer { connection in
            guard let request = connection.readRequest() else { return }
            let isWhole = request.body.enumerated().allSatisfy {
                $0.element == UInt8(truncatingIfNeeded: $0.offset / 7)
            }
            seen.add("\(request.head.prefix { $0 != " " }) \(request.body.count) \(isWhole)")
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let largest = Mutex(0)
        let count = 9_000_001
        let body = StreamedBody(count: count) { range in
            largest.withLock { $0 = max($0, range.count) }
            return range.map { UInt8(truncatingIfNeeded: $0 / 7) }
        }
        let request = Request(method, server.url, streaming: body, repetition: .allowed, deadline: .seconds(60))
        #expect(try await CurlTransport(userAgent: "t").send(request).status == 200)
        #expect(seen.all == ["\(method.rawValue) \(count) true"])
        #expect(largest.withLock { $0 } <= StreamedBody.largestPiece)
    }

    @Test(arguments: [true, false]) func `ends when its body cannot be read`(_ isShort: Bool) async throws {
        struct Gone: Error {}
        let server = try ScriptedServer { $0.untilClosed() }
        let body = StreamedBody(count: 9 << 20) { range in
            guard range.lowerBound > 1 << 20 else { return [UInt8](repeating: 0, count: range.count) }
            if isShort { return [0] }
            throw Gone()
        }
        let failure = try await error(
            Request(.post, server.url, streaming: body, repetition: .allowed, deadline: .seconds(60)))
        let reason = "the body of the request to 127.0.0.1 could not be read to its end"
        #expect(failure == TransportError(sent: .maybe, reason: reason))
    }

    @Test func `runs beside 49 others`() async throws {
        let gate = Gate(50)
        let server = try await RunningServer.start(port: 0) { request in
            await gate.pass()
            return ServerAnswer(200, body: Array(request.target.utf8))
        }
        let transport = CurlTransport(userAgent: "t")
        let base = "http://127.0.0.1:\(server.port)"
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<50 { group.addTask { try await transport.send(get("\(base)/\(number)")).text } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(answers == Set((0..<50).map { "/\($0)" }))
        await server.stop()
    }
}

@Suite struct `A gateway` {
    @Test func `gets every request in place of the real host`() async throws {
        let seen = Seen()
        let server = try ScriptedServer { connection in
            while let request = connection.readRequest() {
                seen.add(request.head)
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            }
        }
        let count = Mutex(0)
        let transport = CurlTransport(gateway: try Gateway("http://localhost:\(server.port)/"), userAgent: "t") {
            ["X-Socials-Now": "\(count.withLock { $0 += 1; return $0 })"]
        }
        for url in ["https://api.x.invalid/2/tweets?a=%2F&b", "https://[2001:db8::1]:8443?x"] {
            #expect(try await transport.send(get(url)).status == 200)
        }
        #expect(server.connections == 1)
        #expect(
            seen.all.map { $0.split(separator: "\r\n").first } == [
                "GET /2/tweets?a=%2F&b HTTP/1.1", "GET /?x HTTP/1.1",
            ])
        for (head, expected) in zip(seen.all, ["Host: api.x.invalid", "Host: [2001:db8::1]:8443"]) {
            let lines = head.split(separator: "\r\n")
            #expect(lines.filter { $0.hasPrefix("Host:") } == [expected[...]])
            #expect(lines.contains("X-Forwarded-Proto: https"))
        }
        #expect(seen.all[0].contains("\r\nX-Socials-Now: 1\r\n"))
        #expect(seen.all[1].contains("\r\nX-Socials-Now: 2\r\n"))
    }

    @Test func `is named when it is not there`() async throws {
        let server = try await RunningServer.start(port: 0) { _ in ServerAnswer(200) }
        await server.stop()
        let address = "127.0.0.1:\(server.port)"
        let transport = CurlTransport(gateway: try Gateway("http://\(address)"), userAgent: "t")
        let failure = try await error(get("https://api.x.com/?token=x"), from: transport)
        let reason = "the connection to api.x.com (through the gateway \(address)) was refused"
        #expect(failure == TransportError(sent: .no, reason: reason))
    }

    @Test(arguments: ["http://127.0.0.1:80", "http://[::1]:8080", "http://localhost:1/"])
    func `may stand on this machine`(_ text: String) throws {
        #expect(throws: Never.self) { try Gateway(text) }
    }

    @Test(arguments: [
        "", "127.0.0.1:80", "https://127.0.0.1:80", "http://example.com", "http://127.0.0.1.example.com:80",
        "http://127.0.0.1:80/path", "http://127.0.0.1:80?x", "http://user@127.0.0.1", "http://0.0.0.0:80",
    ])
    func `may not stand anywhere else`(_ text: String) {
        let expected = "the gateway \"\(text)\" is not of the form http://127.0.0.1:PORT on this machine"
        #expect(throws: GatewayError(description: expected)) { try Gateway(text) }
    }
}
