import Dispatch
import Glibc

/// A client that sends exactly the bytes it is given and shows exactly what comes back.
/// It blocks, so it has a queue of its own: the few threads of Swift's tasks belong to the handlers under test.
actor RawSocket {
    private nonisolated let queue = BlockingQueue()
    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    struct Answer: Equatable {
        var status: Int
        var head: String
        var body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Trouble(sentence: "no connection to \(port): \(errno)") }
        // A test that waits for a byte that never comes fails after 20 s instead of hanging.
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// The next answer, framed by its Content-Length; a shorter body means that the connection ended.
    func answer() throws -> Answer {
        while true {
            if let end = buffer.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound {
                let head = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end)
                let length = head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).filter(\.isNumber)) }
                while buffer.count < length ?? 0, fill() {}
                let body = Array(buffer.prefix(length ?? 0))
                buffer.removeFirst(body.count)
                return Answer(status: Int(head.split(separator: " ")[1]) ?? 0, head: head, body: body)
            }
            guard fill() else { throw Trouble(sentence: "the connection ended after \(buffer.count) bytes of a head") }
        }
    }

    /// Everything until the other side closes.
    func rest() -> [UInt8] {
        while fill() {}
        defer { buffer = [] }
        return buffer
    }

    private func fill() -> Bool {
        var scratch = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &scratch, scratch.count, 0)
        if count > 0 { buffer += scratch[..<count] }
        return count > 0
    }
}

final class BlockingQueue: SerialExecutor {
    private let queue = DispatchQueue(label: "blocking")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}

struct Trouble: Error { let sentence: String }
