import HTTPServer
import Synchronization
import Testing

/// Answers with what it got: method, target, every header field, length of the body.
private let echo: RunningServer.Handler = { request in
    let fields = request.headers.map { "\($0.name)=\($0.value)" }.joined(separator: "|")
    return ServerAnswer(
        200, headers: [("X-Fields", fields)],
        body: Array("\(request.method) \(request.target) \(request.body.count)".utf8))
}

private func withServer<Result>(
    maximumBody: Int = 64 << 20, _ handler: @escaping RunningServer.Handler = echo,
    _ body: (RunningServer) async throws -> Result
) async throws -> Result {
    let server = try await RunningServer.start(port: 0, maximumBody: maximumBody, handler: handler)
    do {
        let result = try await body(server)
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}

private func get(_ target: String, _ fields: String = "") -> String {
    "GET \(target) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
}

@Suite struct `The server` {
    @Test(arguments: ["/", "/a?", "/a?b=1&&c=%2F+%20", "/%7Euser/../x//y", "/a?b?c", "/;p=1:@!$&'()*,"])
    func `hands on the target exactly as received`(_ target: String) async throws {
        try await withServer { server in
            let client = try RawSocket(port: server.port)
            await client.send(get(target))
            #expect(try await client.answer().text == "GET \(target) 0")
        }
    }

    @Test func `keeps header fields in order, double ones too, with their spelling`() async throws {
        try await withServer { server in
            let client = try RawSocket(port: server.port)
            await client.send(get("/", "x-B:  2 \r\nX-a: 1\r\nx-b: 3\r\nEmpty:\r\n"))
            #expect(try await client.answer().head.contains("X-Fields: Host=a|x-B=2|X-a=1|x-b=3|Empty=\r\n"))
        }
    }

    @Test func `answers several requests on one connection, pipelined or not`() async throws {
        try await withServer { server in
            let client = try RawSocket(port: server.port)
            for number in 1...3 {
                await client.send(get("/\(number)"))
                #expect(try await client.answer().text == "GET /\(number) 0")
            }
            await client.send("POST /4 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + get("/5") + get("/6"))
            for expected in ["POST /4 3", "GET /5 0", "GET /6 0"] {
                #expect(try await client.answer().text == expected)
            }
        }
    }

    @Test func `serves connections at the same time`() async throws {
        // Every handler waits until all eight have begun: one after the other would never end.
        let gate = Gate(8)
        let handler: RunningServer.Handler = { _ in
            await gate.pass()
            return ServerAnswer(200)
        }
        try await withServer(handler) { server in
            let clients = try (1...8).map { _ in try RawSocket(port: server.port) }
            for client in clients { await client.send(get("/")) }
            for client in clients { #expect(try await client.answer().status == 200) }
        }
    }

    @Test func `takes a body of 64 MiB`() async throws {
        try await withServer { server in
            let client = try RawSocket(port: server.port)
            await client.send("PUT /big HTTP/1.1\r\nHost: a\r\nContent-Length: \(64 << 20)\r\n\r\n")
            await client.send([UInt8](repeating: 7, count: 64 << 20))
            #expect(try await client.answer().text == "PUT /big \(64 << 20)")
            await client.send(get("/after"))
            #expect(try await client.answer().text == "GET /after 0")
        }
    }

    @Test func `puts a chunked body together`() async throws {
        try await withServer({ ServerAnswer(200, body: $0.body) }) { server in
            let client = try RawSocket(port: server.port)
            await client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            await client.send("5;x=y\r\nhello\r\nA\r\n, world...\r\n0\r\nTrailer: 1\r\n\r\n")
            #expect(try await client.answer().text == "hello, world...")
        }
    }

    @Test func `invites a client that asks before it sends its body`() async throws {
        try await withServer { server in
            let client = try RawSocket(port: server.port)
            await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.answer().status == 100)
            await client.send("ab")
            #expect(try await client.answer().text == "POST / 2")
        }
    }

    @Test(arguments: [
        "Content-Length: 11\r\n\r\nelevenbytes",
        "Transfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n5\r\n12345\r\n0\r\n\r\n",
        "Expect: 100-continue\r\nContent-Length: 11\r\n\r\n",
    ])
    func `refuses a body over the limit with 413 and closes`(_ rest: String) async throws {
        try await withServer(maximumBody: 10) { server in
            let client = try RawSocket(port: server.port)
            await client.send("POST / HTTP/1.1\r\nHost: a\r\n\(rest)")
            #expect(try await client.answer().status == 413)
            #expect(await client.rest() == [])
        }
    }

    @Test(arguments: [
        ("\r\n", 400), ("GET / HTTP/1.1\nHost: a\n\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400), ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505), ("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("G T / HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET /ä HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nA : b\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nA: \u{0}\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nA: b\rc\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        ("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nA: LONG\r\n\r\n", 431),
    ])
    func `refuses what two readers could understand differently`(_ bytes: String, _ status: Int) async throws {
        try await withServer { server in
            let client = try RawSocket(port: server.port)
            await client.send(bytes.replacing("LONG", with: String(repeating: "x", count: 70_000)))
            #expect(try await client.answer().status == status)
            #expect(await client.rest() == [])
        }
    }

    @Test func `can close without a byte, on a reused connection too`() async throws {
        let handler: RunningServer.Handler = { request in
            ServerAnswer(200, ending: request.target == "/drop" ? .nothing : .complete)
        }
        try await withServer(handler) { server in
            let client = try RawSocket(port: server.port)
            await client.send(get("/"))
            #expect(try await client.answer().status == 200)
            await client.send(get("/drop"))
            #expect(await client.rest() == [])
        }
    }

    @Test(arguments: [0, 4]) func `can cut an answer off`(_ count: Int) async throws {
        let handler: RunningServer.Handler = { _ in
            ServerAnswer(201, body: Array("0123456789".utf8), ending: .truncated(after: count))
        }
        try await withServer(handler) { server in
            let client = try RawSocket(port: server.port)
            await client.send(get("/"))
            let text = await String(decoding: client.rest(), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\n"))
            #expect(text.hasSuffix("\r\n\r\n" + "0123456789".prefix(count)))
        }
    }

    @Test func `closes when the client or the handler asks for it`() async throws {
        let handler: RunningServer.Handler = { _ in ServerAnswer(200, headers: [("connection", "close")]) }
        try await withServer(handler) { server in
            let client = try RawSocket(port: server.port)
            await client.send(get("/"))
            #expect(await String(decoding: client.rest(), as: UTF8.self).contains("\r\nConnection: close\r\n"))
        }
        try await withServer { server in
            let client = try RawSocket(port: server.port)
            await client.send(get("/", "Connection: close\r\n"))
            #expect(await String(decoding: client.rest(), as: UTF8.self).hasSuffix("GET / 0"))
        }
    }

    @Test func `sends no body after HEAD and none with 204`() async throws {
        try await withServer({ ServerAnswer($0.method == "HEAD" ? 200 : 204, body: [1, 2, 3]) }) { server in
            let client = try RawSocket(port: server.port)
            await client.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(
                await String(decoding: client.rest(), as: UTF8.self).hasSuffix(
                    "Content-Length: 3\r\nConnection: close\r\n\r\n"))
            let second = try RawSocket(port: server.port)
            await second.send(get("/"))
            #expect(try await second.answer().head == "HTTP/1.1 204 No Content\r\n\r\n")
        }
    }

    @Test func `turns a header with a line break into a 500`() async throws {
        try await withServer({ _ in ServerAnswer(200, headers: [("A", "b\r\nSet-Cookie: c")]) }) { server in
            let client = try RawSocket(port: server.port)
            await client.send(get("/"))
            let answer = try await client.answer()
            #expect(answer.status == 500)
            #expect(!answer.head.contains("Set-Cookie"))
        }
    }

    @Test func `stops while clients hold connections and a handler runs`() async throws {
        let gate = Gate(2)
        let server = try await RunningServer.start(port: 0) { _ in
            await gate.pass()
            try? await Task.sleep(for: .seconds(600))
            return ServerAnswer(200)
        }
        let idle = try RawSocket(port: server.port)
        let busy = try RawSocket(port: server.port)
        await busy.send(get("/"))
        await gate.pass()
        await server.stop()
        #expect(await idle.rest() == [])
        #expect(await busy.rest() == [])
        let port = server.port
        #expect(throws: Trouble.self) { try RawSocket(port: port) }
    }

    @Test func `says why it cannot listen`() async throws {
        try await withServer { server in
            let error = try await #require(throws: ServerError.self) {
                try await RunningServer.start(port: server.port) { _ in ServerAnswer(200) }
            }
            #expect(error.description == "cannot listen on 127.0.0.1:\(server.port): Address already in use")
        }
    }
}
