#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A listening socket and the pipe that ends its wait. `next` belongs to one thread, `wake` to any.
final class Listener: Sendable {
    let port: UInt16
    private let descriptor: Int32
    private let wakeReader: Int32
    private let wakeWriter: Int32

    init(address: String, port: UInt16) throws(ServerError) {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        guard inet_pton(AF_INET, address, &name.sin_addr) == 1 else {
            throw ServerError(description: "\"\(address)\" is not a numeric IPv4 address")
        }
        let descriptor = openSocket()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        let isListening =
            descriptor >= 0
            && withGeneric(&name) { bind(descriptor, $0, length) } == 0
            && listen(descriptor, 512) == 0
            && withGeneric(&name) { getsockname(descriptor, $0, &length) } == 0
        var ends: [Int32] = [-1, -1]
        guard isListening, pipe(&ends) == 0 else {
            let reason = String(cString: strerror(errno))
            if descriptor >= 0 { closeDescriptor(descriptor) }
            throw ServerError(description: "cannot listen on \(address):\(port): \(reason)")
        }
        self.descriptor = descriptor
        self.port = UInt16(bigEndian: name.sin_port)
        (wakeReader, wakeWriter) = (ends[0], ends[1])
        for end in [descriptor, wakeReader, wakeWriter] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    deinit { for end in [descriptor, wakeReader, wakeWriter] { closeDescriptor(end) } }

    /// The next connection; nil after `wake`.
    func next() -> Int32? {
        while true {
            var waiting = [
                pollfd(fd: wakeReader, events: Int16(POLLIN), revents: 0),
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&waiting, 2, -1) >= 0 || errno == EINTR else { return nil }
            if waiting[0].revents != 0 {
                // The port is free again at once, not only when the last owner of this object lets go.
                shutdown(descriptor, Int32(SHUT_RDWR))
                return nil
            }
            guard waiting[1].revents != 0 else { continue }
            let connection = accept(descriptor, nil, nil)
            if connection >= 0 {
                prepare(connection)
                return connection
            }
            // Out of descriptors: the connection stays in the queue, and asking again at once would burn a core.
            if errno == EMFILE || errno == ENFILE { usleep(10_000) }
        }
    }

    func wake() {
        var byte: UInt8 = 1
        _ = write(wakeWriter, &byte, 1)
    }
}

/// Ends both directions; a thread that is blocked on the socket returns.
func interrupt(_ descriptor: Int32) { shutdown(descriptor, Int32(SHUT_RDWR)) }

func closeDescriptor(_ descriptor: Int32) { close(descriptor) }

/// Sends everything; false when the other side is gone or does not read for 30 s.
func sendAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
        var sent = 0
        while sent < buffer.count {
            #if canImport(Darwin)
                let flags: Int32 = 0
            #else
                let flags = Int32(MSG_NOSIGNAL)
            #endif
            let count = send(descriptor, buffer.baseAddress?.advanced(by: sent), buffer.count - sent, flags)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}

/// Stops sending and reads what is still coming, at most 8 MiB, so that closing does not reset the connection and
/// wipe out the answer before the other side has read it.
func lingeringEnd(_ descriptor: Int32) {
    shutdown(descriptor, Int32(SHUT_WR))
    var scratch = [UInt8](repeating: 0, count: 64 << 10)
    var rest = 8 << 20
    while rest > 0 {
        let count = recv(descriptor, &scratch, scratch.count, 0)
        guard count > 0 else { return }
        rest -= count
    }
}

/// Starts a thread of its own, outside the pool of Swift's tasks, because it blocks.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, 512 << 10)
    let box = Unmanaged.passRetained(ThreadBody(body))
    #if canImport(Darwin)
        var thread: pthread_t?
    #else
        var thread = pthread_t()
    #endif
    guard pthread_create(&thread, &attributes, runThread, box.toOpaque()) == 0 else {
        box.release()
        return false
    }
    return true
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

#if canImport(Darwin)
    private nonisolated func runThread(_ box: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<ThreadBody>.fromOpaque(box).takeRetainedValue().run()
        return nil
    }
#else
    private nonisolated func runThread(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let box { Unmanaged<ThreadBody>.fromOpaque(box).takeRetainedValue().run() }
        return nil
    }
#endif

private func openSocket() -> Int32 {
    #if canImport(Darwin)
        socket(AF_INET, SOCK_STREAM, 0)
    #else
        socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
}

private func prepare(_ descriptor: Int32) {
    var one: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, size)
    #if canImport(Darwin)
        setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &one, size)
    #endif
    var patience = timeval(tv_sec: SocketReader.patience, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
        setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
}

private func withGeneric<Result>(
    _ name: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
) -> Result {
    withUnsafeMutablePointer(to: &name) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0) }
    }
}
