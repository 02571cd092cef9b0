import CCurl
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The loop of one transport, started by the first request.
final class LazyLoop: Sendable {
    private let loop = Mutex<CurlLoop?>(nil)

    func running() -> CurlLoop? {
        loop.withLock { loop in
            if loop == nil { loop = CurlLoop.start() }
            return loop
        }
    }

    func stop() { loop.withLock { $0?.stop() } }
}

/// libcurl's multi handle and the one thread that owns it.
///
/// `@unchecked Sendable`: `multi` and `waiting` never change; from outside only `waiting.wake` is called, which any
/// thread may; `active` and `idle` are touched by the loop's thread alone; the rest is under the lock of `queue`.
final class CurlLoop: @unchecked Sendable {
    private struct Queue {
        var added: [Transfer] = []
        var cancelled: [Transfer] = []
        var isStopping = false
        /// Whether the loop waits, or is about to, without having seen what is queued.
        var isAsleep = false

        var isEmpty: Bool { added.isEmpty && cancelled.isEmpty && !isStopping }
    }

    private let multi: UnsafeMutableRawPointer
    private let waiting: CurlWaiting
    private let queue = Mutex(Queue())
    private var active: [UnsafeMutableRawPointer: Transfer] = [:]
    private var idle: [UnsafeMutableRawPointer] = []

    /// Nil when the system has no memory, descriptor or thread left.
    static func start() -> CurlLoop? {
        guard isLibraryReady, let waiting = CurlWaiting(), let multi = curl_multi_init() else { return nil }
        let loop = CurlLoop(multi, waiting)
        return startThread(running: loop) ? loop : nil
    }

    private init(_ multi: UnsafeMutableRawPointer, _ waiting: CurlWaiting) {
        self.multi = multi
        self.waiting = waiting
        ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        // More than the lanes that publish at once, so that a connection is never closed to make room.
        ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 128)
        waiting.attach(to: multi)
    }

    deinit {
        for easy in idle { curl_easy_cleanup(easy) }
        // It closes its connections and says so, so `waiting` must still be there.
        curl_multi_cleanup(multi)
    }

    func add(_ transfer: Transfer) { change { $0.added.append(transfer) } }

    func cancel(_ transfer: Transfer) { change { $0.cancelled.append(transfer) } }

    func stop() { change { $0.isStopping = true } }

    private func change(_ body: (inout Queue) -> Void) {
        let isWakeNeeded = queue.withLock { queue in
            guard !queue.isStopping else { return false }
            body(&queue)
            // The loop takes everything at once: one wake-up is enough for all that arrives until then.
            defer { queue.isAsleep = false }
            return queue.isAsleep
        }
        // Behind the lock, which the loop's thread would else find taken.
        if isWakeNeeded { waiting.wake() }
    }

    fileprivate func run() {
        // Only sockets on which something happened are looked at: `curl_multi_perform` asks every transfer each time,
        // which took 15 system calls a request with eight under way, and grows with their number.
        var running: Int32 = 0
        var ready: [CurlWaiting.Ready] = []
        while takeQueue() {
            if waiting.takeTimer() { curl_multi_socket_action(multi, CurlWaiting.timeOut, 0, &running) }
            for ready in ready { curl_multi_socket_action(multi, ready.socket, ready.events, &running) }
            finishDone()
            let mayWait = queue.withLock { queue in
                queue.isAsleep = queue.isEmpty
                return queue.isAsleep
            }
            ready = waiting.wait(atMost: mayWait ? nil : 0)
        }
        // The transport is gone only when no call of `send` is left, so nothing waits for these.
        for easy in Array(active.keys) { finish(easy, .stopped) }
    }
}

private extension CurlLoop {
    /// False when the loop is to end.
    func takeQueue() -> Bool {
        let (added, cancelled, isStopping) = queue.withLock { queue in
            defer { (queue.added, queue.cancelled, queue.isAsleep) = ([], [], false) }
            return (queue.added, queue.cancelled, queue.isStopping)
        }
        for transfer in cancelled { transfer.isCancelled = true }
        for transfer in added { begin(transfer) }
        for transfer in cancelled {
            if let easy = transfer.easy { finish(easy, .cancelled) }
        }
        return !isStopping
    }

    func begin(_ transfer: Transfer) {
        guard !transfer.isCancelled else { return transfer.finish(transfer.result(.cancelled, of: nil)) }
        guard let easy = idle.popLast() ?? curl_easy_init() else {
            return transfer.finish(transfer.result(.refusedByLibrary, of: nil))
        }
        active[easy] = transfer
        let isReady = transfer.prepare(easy)
        guard isReady, curl_multi_add_handle(multi, easy) == CURLM_OK else {
            return finish(easy, .refusedByLibrary)
        }
    }

    func finishDone() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            finish(easy, .ended(ccurl_message_result(message)))
        }
    }

    /// Takes the handle out of the loop, keeps it for the next request and answers the caller.
    func finish(_ easy: UnsafeMutableRawPointer, _ ending: Transfer.Ending) {
        guard let transfer = active.removeValue(forKey: easy) else { return }
        curl_multi_remove_handle(multi, easy)
        let result = transfer.result(ending, of: easy)
        curl_easy_reset(easy)
        if idle.count < 64 { idle.append(easy) } else { curl_easy_cleanup(easy) }
        transfer.finish(result)
    }
}

/// `curl_global_init` once for the process, thread-safe since libcurl 7.84.
private let isLibraryReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

private func startThread(running loop: CurlLoop) -> Bool {
    // The thread takes no signals: they are for the rest of the program, and OpenSSL's write(2) to a closed
    // connection would otherwise end the process by SIGPIPE.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let box = Unmanaged.passRetained(loop)
    #if canImport(Darwin)
        var thread: pthread_t?
    #else
        var thread = pthread_t()
    #endif
    guard pthread_create(&thread, &attributes, runLoop, box.toOpaque()) == 0 else {
        box.release()
        return false
    }
    return true
}

#if canImport(Darwin)
    private nonisolated func runLoop(_ box: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<CurlLoop>.fromOpaque(box).takeRetainedValue().run()
        return nil
    }
#else
    private nonisolated func runLoop(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let box { Unmanaged<CurlLoop>.fromOpaque(box).takeRetainedValue().run() }
        return nil
    }
#endif
