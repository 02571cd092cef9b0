/// One connection, served on its own thread until one side ends it.
struct Connection {
    private let descriptor: Int32
    private let server: RunningServer

    init(_ descriptor: Int32, of server: RunningServer) {
        self.descriptor = descriptor
        self.server = server
    }

    /// - Parameter close: called once, when nothing uses the descriptor any more.
    func serve(close: (Int32) -> Void) {
        var reader = SocketReader(descriptor)
        do throws(ReadingError) {
            while try serveOne(&reader) {}
        } catch {
            switch error {
            case .lost: break
            case .refused(let status, let reason):
                let answer = ServerAnswer(
                    status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: Array("\(reason)\n".utf8))
                if sendAll(answer.encoded(closing: true), to: descriptor) { lingeringEnd(descriptor) }
            }
        }
        close(descriptor)
    }

    /// Whether the connection stays open.
    private func serveOne(_ reader: inout SocketReader) throws(ReadingError) -> Bool {
        guard let bytes = try reader.head() else { return false }
        let head = try RequestHead(bytes)
        if head.expectsContinue, head.framing != .length(0) {
            if case .length(let count) = head.framing, count > server.maximumBody {
                throw .refused(413, "the body is longer than \(server.maximumBody) bytes")
            }
            guard sendAll(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), to: descriptor) else { return false }
        }
        let body = try reader.body(head.framing, atMost: server.maximumBody)
        let request = ServerRequest(method: head.method, target: head.target, headers: head.headers, body: body)
        let answer = server.answer(request, on: descriptor)
        switch answer.ending {
        case .nothing:
            return false
        case .truncated(let count):
            _ = sendAll(answer.encoded(closing: false, bodyPrefix: count), to: descriptor)
            return false
        case .complete:
            let closes = head.isLast || answer.asksToClose
            let encoded = answer.encoded(closing: closes, withoutBody: head.method == "HEAD")
            return sendAll(encoded, to: descriptor) && !closes
        }
    }
}
