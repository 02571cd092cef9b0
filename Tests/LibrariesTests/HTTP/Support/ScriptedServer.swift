import Dispatch
import Glibc
import Synchronization

/// A listener whose every connection is played by a script on a thread of its own, byte by byte.
/// It listens until the process ends: a test's last use of it is often before the request arrives.
final class ScriptedServer: Sendable {
    let port: UInt16
    private let accepted = Mutex(0)

    var connections: Int { accepted.withLock { $0 } }
    var url: String { "http://127.0.0.1:\(port)" }

    init(_ script: @escaping @Sendable (borrowing ScriptedConnection) -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 64) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard isListening else { throw Trouble(sentence: "no listener: \(errno)") }
        port = UInt16(bigEndian: name.sin_port)
        DispatchQueue(label: "accept").async {
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                self.accepted.withLock { $0 += 1 }
                DispatchQueue(label: "connection").async { script(ScriptedConnection(descriptor: connection)) }
            }
        }
    }
}

struct ScriptedConnection: ~Copyable {
    let descriptor: Int32

    deinit { close(descriptor) }

    /// Exactly so many bytes; nil when the connection ends before.
    func read(_ count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var scratch = [UInt8](repeating: 0, count: min(count - bytes.count, 64 << 10))
            let got = recv(descriptor, &scratch, scratch.count, 0)
            guard got > 0 else { return nil }
            bytes += scratch[..<got]
        }
        return bytes
    }

    /// One request with its whole body; nil when the connection ends before.
    func readRequest() -> (head: String, body: [UInt8])? {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let byte = read(1) else { return nil }
            head += byte
        }
        let text = String(decoding: head, as: UTF8.self)
        let length = text.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
        guard let body = read(length.flatMap { Int($0.dropFirst(16)) } ?? 0) else { return nil }
        return (text, body)
    }

    func write(_ text: String) { write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) { _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

    func untilClosed() { while read(1) != nil {} }
}

/// What a script has seen, to be asked by the test.
final class Seen: Sendable {
    private let values = Mutex<[String]>([])
    var all: [String] { values.withLock { $0 } }
    func add(_ value: String) { values.withLock { $0.append(value) } }
}

/// Answers the first request of a connection, reads the second one whole and closes without a byte.
func answersOnceThenDrops(_ seen: Seen) -> @Sendable (borrowing ScriptedConnection) -> Void {
    { connection in
        guard let first = connection.readRequest() else { return }
        seen.add("\(first.head.prefix { $0 != "\r\n" }) \(first.body.count)")
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        guard let second = connection.readRequest() else { return }
        seen.add("\(second.head.prefix { $0 != "\r\n" }) \(second.body.count)")
    }
}
