import Synchronization

/// An HTTP/1.1 server on one IPv4 address, for the sandbox, the sign-in call-back and the API.
///
/// One thread accepts, one thread per connection reads and writes; handlers run as tasks. Every request is framed
/// strictly (RFC 9112): what two readers could understand differently gets 400 and ends the connection.
/// All methods may be called from any thread.
package final class RunningServer: Sendable {
    package typealias Handler = @Sendable (ServerRequest) async -> ServerAnswer

    /// The port it listens on; the one the system chose when 0 was asked for.
    package let port: UInt16
    let handler: Handler
    let maximumBody: Int
    private let listener: Listener
    private let state = Mutex(State())

    private struct State {
        var isStopping = false
        var threads = 0
        /// Open connections and the handler each is waiting for; a descriptor leaves before it is closed.
        var connections: [Int32: Task<Void, Never>?] = [:]
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// Listens and serves until `stop()`.
    /// - Parameters:
    ///   - port: 0 takes a free one.
    ///   - address: numeric IPv4.
    ///   - maximumBody: longer request bodies, in bytes, are answered with 413.
    ///   - handler: called at the same time for several connections, in order within one.
    package static func start(
        port: UInt16, address: String = "127.0.0.1", maximumBody: Int = 64 << 20, handler: @escaping Handler
    ) async throws(ServerError) -> RunningServer {
        let server = RunningServer(
            listener: try Listener(address: address, port: port), maximumBody: maximumBody, handler: handler)
        guard server.spawn({ server.accept() }) else {
            throw ServerError(description: "no thread could be started to listen on port \(server.port)")
        }
        return server
    }

    private init(listener: Listener, maximumBody: Int, handler: @escaping Handler) {
        self.listener = listener
        self.port = listener.port
        self.maximumBody = maximumBody
        self.handler = handler
    }

    /// Closes every connection, cancels running handlers and returns when all of them have ended. Repeatable.
    package func stop() async {
        state.withLock { state in
            guard !state.isStopping else { return }
            state.isStopping = true
            for (descriptor, task) in state.connections {
                task?.cancel()
                interrupt(descriptor)
            }
        }
        listener.wake()
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.threads > 0 { state.waiting.append(continuation) }
                return state.threads == 0
            }
            if isOver { continuation.resume() }
        }
    }
}

extension RunningServer {
    /// Runs the handler and blocks this connection's thread until it has answered.
    func answer(_ request: ServerRequest, on descriptor: Int32) -> ServerAnswer {
        let answer = Slot()
        let task = Task { [handler] in answer.fill(await handler(request)) }
        let isStopping = state.withLock { state in
            state.connections[descriptor] = task
            return state.isStopping
        }
        if isStopping { task.cancel() }
        let value = answer.wait()
        state.withLock { state in
            if state.connections.keys.contains(descriptor) { state.connections[descriptor] = .some(nil) }
        }
        return value
    }
}

private extension RunningServer {
    func accept() {
        while let descriptor = listener.next() {
            let isServed = state.withLock { state in
                // 512 connections are far above what one machine's tools open; beyond, a connection is refused by closing it.
                guard !state.isStopping, state.connections.count < 512 else { return false }
                state.connections[descriptor] = .some(nil)
                return true
            }
            let isRunning = isServed && spawn { [self] in Connection(descriptor, of: self).serve { self.forget($0) } }
            if !isRunning { forget(descriptor) }
        }
    }

    /// The descriptor leaves the table under the lock, so that `stop` never touches a number given out anew.
    func forget(_ descriptor: Int32) {
        state.withLock { _ = $0.connections.removeValue(forKey: descriptor) }
        closeDescriptor(descriptor)
    }

    func spawn(_ body: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { $0.threads += 1 }
        let isRunning = startThread { [self] in
            body()
            threadEnded()
        }
        if !isRunning { threadEnded() }
        return isRunning
    }

    func threadEnded() {
        let waiting = state.withLock { state in
            state.threads -= 1
            guard state.threads == 0, state.isStopping else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// The server cannot listen; `description` is one sentence.
package struct ServerError: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String
}
