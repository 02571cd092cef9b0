@preconcurrency import Dispatch
import Glibc
import Pipeline
import Posts
import Synchronization

/// Ctrl-C and SIGTERM: the request in flight is finished and recorded, then the command ends with 130 or 143.
final class SignalHandling: Sendable {
    let stop = StopSignal()
    private let caught = Mutex<Int32?>(nil)
    private let sources: [any DispatchSourceSignal]

    init() {
        let queue = DispatchQueue(label: "signals")
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: queue)
        }
        signal(SIGPIPE, SIG_IGN)
        for (source, number) in zip(sources, [SIGINT, SIGTERM]) {
            source.setEventHandler { [weak self] in self?.caught(number) }
            source.resume()
        }
    }

    private func caught(_ number: Int32) {
        let isFirst = caught.withLock { caught in
            defer { caught = number }
            return caught == nil
        }
        // The second one means it: nothing is lost, the next run asks what became of it.
        if !isFirst { _exit(128 + number) }
        stop.ask()
    }

    /// Returns when a signal came. Whoever waits keeps the handlers alive by waiting.
    func asked() async {
        _ = await stop.asked()
        withExtendedLifetime(self) {}
    }

    var status: ExitStatus? {
        switch caught.withLock({ $0 }) {
        case SIGINT: .interrupted
        case SIGTERM: .terminated
        default: nil
        }
    }
}
