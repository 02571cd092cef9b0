internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// One `GET` over HTTP/1.0 to a server on this machine; enough for a media server, without an HTTP library.
enum LoopbackClient {
    /// Longest answer that is read: the largest media of any network and its head.
    private static let limit = 301 << 20

    static func get(authority: String, host: String, target: String) async -> FetchResult {
        guard let port = authority.split(separator: ":").last.flatMap({ UInt16($0) }) else { return .unreachable }
        // Reading blocks, and the cooperative threads must not; the server may need one of them.
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: exchange(port, host, target)) }
        }
    }

    private static func exchange(_ port: UInt16, _ host: String, _ target: String) -> FetchResult {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { return .unreachable }
        defer { close(descriptor) }
        var timeout = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { return .unreachable }
        var request = Array("GET \(target) HTTP/1.0\r\nHost: \(host)\r\nConnection: close\r\n\r\n".utf8)[...]
        while !request.isEmpty {
            let sent = request.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return .unreachable }
            request = request.dropFirst(sent)
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while answer.count < limit {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else { return .unreachable }
            if count == 0 { break }
            answer += buffer[..<count]
        }
        return read(answer)
    }

    private static func read(_ answer: [UInt8]) -> FetchResult {
        guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8)) else { return .unreachable }
        let lines = String(decoding: answer[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            return .unreachable
        }
        if (300..<400).contains(status) { return .redirect }
        guard status == 200 else { return .status(status) }
        let body = Array(answer[end.upperBound...])
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }?
            .split(separator: ":").last.flatMap { Int(String($0).trimmed) }
        guard let length else { return .file(body) }
        return body.count >= length ? .file(Array(body.prefix(length))) : .unreachable
    }
}
