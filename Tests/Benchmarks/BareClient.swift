import Foundation
import Glibc

/// What publishing cannot be spared, as a yardstick: per delivery three requests of the same size, one after another on
/// a kept connection, two durable lines and one small file; one thread an account, nothing parsed but lengths.
struct BareClient {
    let port: UInt16
    let folder: String

    func publish(_ deliveries: Int, accounts: Int) throws {
        let failures = Failures()
        let threads = (0..<accounts).map { account in
            let done = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                do {
                    try publish(Array(stride(from: account, to: deliveries, by: accounts)), as: account)
                } catch {
                    failures.add(error)
                }
                done.signal()
            }
            return done
        }
        for thread in threads { thread.wait() }
        if let failure = failures.first { throw failure }
    }

    struct Broken: Error { let call: String }

    private func publish(_ numbers: [Int], as account: Int) throws {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(connection) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw Broken(call: "connect") }
        let journal = open("\(folder)/journal-\(account)", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { close(journal) }
        for number in numbers {
            try call("/2/media/upload", [UInt8](repeating: 65, count: 15_200), on: connection)
            try call("/2/media/metadata", [UInt8](repeating: 65, count: 90), on: connection)
            try note(700, in: journal)
            try call("/2/tweets", [UInt8](repeating: 65, count: 120), on: connection)
            try note(300, in: journal)
            let file = open("\(folder)/\(number).json", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
            defer { close(file) }
            guard write(file, [UInt8](repeating: 65, count: 600), 600) == 600 else { throw Broken(call: "write") }
        }
    }

    private func call(_ path: String, _ body: [UInt8], on connection: Int32) throws {
        let head =
            "POST \(path) HTTP/1.1\r\nHost: api.x.com\r\nAuthorization: \(String(repeating: "a", count: 300))\r\n"
        let bytes = Array("\(head)Content-Length: \(body.count)\r\n\r\n".utf8) + body
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                send(connection, $0.baseAddress?.advanced(by: sent), bytes.count - sent, 0)
            }
            guard count > 0 else { throw Broken(call: "send") }
            sent += count
        }
        // The answers fit into one packet.
        var answer = [UInt8](repeating: 0, count: 4096)
        let count = recv(connection, &answer, answer.count, 0)
        guard count > 0, answer.starts(with: "HTTP/1.1 200".utf8) else { throw Broken(call: "recv") }
    }

    private func note(_ count: Int, in journal: Int32) throws {
        guard write(journal, [UInt8](repeating: 65, count: count), count) == count, fdatasync(journal) == 0 else {
            throw Broken(call: "fdatasync")
        }
    }
}

/// `@unchecked Sendable`: touched under the lock alone.
private final class Failures: @unchecked Sendable {
    private let lock = NSLock()
    private var errors: [any Error] = []

    func add(_ error: any Error) { lock.withLock { errors.append(error) } }
    var first: (any Error)? { lock.withLock { errors.first } }
}
