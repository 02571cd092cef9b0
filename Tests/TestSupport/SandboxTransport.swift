package import HTTP
import HTTPServer
package import Posts
package import Sandbox

/// Sends every request to a sandbox in the same process, without sockets, at the time of a clock.
package struct SandboxTransport: Transport {
    private let sandbox: Sandbox
    private let clock: any WallClock

    package init(_ sandbox: Sandbox, clock: any WallClock) {
        self.sandbox = sandbox
        self.clock = clock
    }

    package func send(_ request: Request) async throws(TransportError) -> Response {
        guard let url = URLParts(request.url) else {
            throw TransportError(sent: .no, reason: "“\(request.url)” is no URL")
        }
        var headers = request.headers.fields.map { (name: $0.name, value: $0.value.reveal()) }
        headers += [
            ("Host", url.authority), ("X-Forwarded-Proto", url.scheme.rawValue), ("X-Socials-Now", clock.now.rfc3339),
        ]
        let body: [UInt8]
        switch request.payload {
        case .none: body = []
        case .bytes(let bytes): body = bytes
        case .streamed(let stream):
            guard let bytes = stream.bytes(in: 0..<stream.count) else {
                throw TransportError(sent: .maybe, reason: "the body could not be read")
            }
            body = bytes
        }
        let answer = await sandbox.answer(
            ServerRequest(method: request.method.rawValue, target: url.target, headers: headers, body: body))
        guard answer.ending == .complete else {
            throw TransportError(sent: .maybe, reason: "\(url.host) closed the connection")
        }
        var fields: Headers = [:]
        for (name, value) in answer.headers { fields.add(name, value) }
        return Response(status: answer.status, headers: fields, body: answer.body)
    }
}

extension Sandbox {
    /// Asks the sandbox about itself, e.g. `GET posts`; the body of its answer.
    package func control(_ method: String, _ path: String, _ body: String = "") async -> [UInt8] {
        await answer(
            ServerRequest(
                method: method, target: "/_sandbox/\(path)", headers: [("Host", "localhost")], body: Array(body.utf8))
        ).body
    }
}
