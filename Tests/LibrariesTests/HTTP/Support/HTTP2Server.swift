/// The HTTP/2 side of a script: counts complete requests, answers 200 without reading their (compressed) heads.
enum HTTP2 {
    enum Reaction: Sendable, CaseIterable {
        case answer, close
        /// RST_STREAM with REFUSED_STREAM: the server swears that it did nothing.
        case refuse
        /// GOAWAY that leaves the stream out, then the end.
        case goAway
        /// RST_STREAM with HTTP_1_1_REQUIRED.
        case demandHTTP1
    }

    /// - Parameter reaction: by the number of the request on its connection, from 1.
    static func play(
        _ connection: borrowing ScriptedConnection, _ seen: Seen, reaction: (Int) -> Reaction
    ) {
        // A connection that ends before it says anything carried no request.
        guard let preface = connection.read(24) else { return }
        guard preface.elementsEqual("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) else { return seen.add("not HTTP/2") }
        // SETTINGS: initial window of a stream 2^30; WINDOW_UPDATE: the connection's, so that bodies flow freely.
        connection.write(frame(4, 0, 0, [0, 4, 0x40, 0, 0, 0]) + frame(8, 0, 0, [0x3F, 0, 0, 0]))
        var requests = 0
        var bodyBytes = 0
        while let header = connection.read(9) {
            let length = Int(header[0]) << 16 | Int(header[1]) << 8 | Int(header[2])
            guard let payload = connection.read(length) else { return }
            let (type, flags) = (header[3], header[4])
            if type == 4, flags & 1 == 0 { connection.write(frame(4, 1, 0, [])) }
            if type == 6, flags & 1 == 0 { connection.write(frame(6, 1, 0, payload)) }
            if type == 0 { bodyBytes += length }
            guard type == 0 || type == 1, flags & 1 == 1 else { continue }
            requests += 1
            seen.add("request of \(bodyBytes)")
            bodyBytes = 0
            let stream = header[5...8].reduce(0) { $0 << 8 | Int($1) }
            switch reaction(requests) {
            case .answer: connection.write(frame(1, 5, stream, [0x88]))
            case .close: return
            case .refuse: connection.write(frame(3, 0, stream, [0, 0, 0, 7]))
            case .demandHTTP1: connection.write(frame(3, 0, stream, [0, 0, 0, 13]))
            case .goAway: return connection.write(frame(7, 0, 0, number(stream - 2) + [0, 0, 0, 0]))
            }
        }
    }

    private static func frame(_ type: UInt8, _ flags: UInt8, _ stream: Int, _ payload: [UInt8]) -> [UInt8] {
        number(payload.count).dropFirst() + [type, flags] + number(stream) + payload
    }

    private static func number(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }
}
