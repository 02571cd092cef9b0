import CCurl

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What libcurl waits for: its sockets, its one timer, and a pipe by which other threads end the wait.
/// All but `wake` belongs to the loop's thread.
final class CurlWaiting {
    struct Ready {
        let socket: curl_socket_t
        /// As `curl_multi_socket_action` takes them.
        let events: Int32
    }

    /// In place of a socket: the timer ran out.
    static let timeOut: curl_socket_t = -1

    private var sockets: [curl_socket_t: Int16] = [:]
    /// The pipe, then the sockets; nil when these have changed.
    private var polled: [pollfd]?
    /// In milliseconds of the monotonic clock.
    private var timer: Int64?
    private let reader: Int32
    private let writer: Int32

    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        (reader, writer) = (ends[0], ends[1])
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
    }

    deinit {
        close(reader)
        close(writer)
    }

    func attach(to multi: UnsafeMutableRawPointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        ccurl_multi_set_socket_callback(multi, socketChanges, context)
        ccurl_multi_set_timer_callback(multi, timerChanges, context)
    }

    /// Ends the present wait, or the next one. From any thread.
    func wake() {
        var byte: UInt8 = 1
        // A full pipe wakes as well.
        _ = write(writer, &byte, 1)
    }

    /// Whether the timer has run out; it is then off until libcurl sets it again.
    func takeTimer() -> Bool {
        guard let timer, timer <= monotonicMilliseconds() else { return false }
        self.timer = nil
        return true
    }

    /// Sleeps until a socket is ready, the timer runs out or somebody wakes it.
    func wait(atMost limit: Int32?) -> [Ready] {
        let untilTimer = timer.map { Int32(clamping: max(0, $0 - monotonicMilliseconds())) }
        var descriptors = polled ?? descriptors()
        let count = poll(&descriptors, nfds_t(descriptors.count), limit ?? untilTimer ?? -1)
        polled = descriptors
        guard count > 0 else { return [] }
        if descriptors[0].revents != 0 { drain() }
        return descriptors.dropFirst().compactMap { descriptor in
            let events = descriptor.revents
            guard events != 0 else { return nil }
            var happened: Int32 = 0
            if events & Int16(POLLIN | POLLHUP) != 0 { happened |= CURL_CSELECT_IN }
            if events & Int16(POLLOUT) != 0 { happened |= CURL_CSELECT_OUT }
            if events & Int16(POLLERR | POLLNVAL) != 0 { happened |= CURL_CSELECT_ERR }
            return Ready(socket: descriptor.fd, events: happened)
        }
    }

    private func descriptors() -> [pollfd] {
        [pollfd(fd: reader, events: Int16(POLLIN), revents: 0)]
            + sockets.map { pollfd(fd: $0.key, events: $0.value, revents: 0) }
    }

    private func drain() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(reader, &bytes, bytes.count) == bytes.count {}
    }

    fileprivate func watch(_ socket: curl_socket_t, for what: Int32) {
        let events: Int16? =
            switch what {
            case CURL_POLL_IN: Int16(POLLIN)
            case CURL_POLL_OUT: Int16(POLLOUT)
            case CURL_POLL_INOUT: Int16(POLLIN | POLLOUT)
            default: nil
            }
        guard sockets[socket] != events else { return }
        sockets[socket] = events
        polled = nil
    }

    fileprivate func setTimer(_ milliseconds: Int) {
        timer = milliseconds < 0 ? nil : monotonicMilliseconds() + Int64(milliseconds)
    }
}

private nonisolated func waiting(_ context: UnsafeMutableRawPointer?) -> CurlWaiting? {
    context.map { Unmanaged<CurlWaiting>.fromOpaque($0).takeUnretainedValue() }
}

private nonisolated func socketChanges(
    _ easy: UnsafeMutableRawPointer?, _ socket: curl_socket_t, _ what: Int32, _ context: UnsafeMutableRawPointer?,
    _ ofSocket: UnsafeMutableRawPointer?
) -> Int32 {
    waiting(context)?.watch(socket, for: what)
    return 0
}

private nonisolated func timerChanges(
    _ multi: UnsafeMutableRawPointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    waiting(context)?.setTimer(milliseconds)
    return 0
}

private func monotonicMilliseconds() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
}
