#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Carries one answer from a handler's task to the thread of its connection, which sleeps until it is there.
/// `@unchecked Sendable`: `value` is only touched under `mutex`.
final class Slot: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let isFilled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var value: ServerAnswer?

    init() {
        mutex.initialize(to: pthread_mutex_t())
        isFilled.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(isFilled, nil)
    }

    deinit {
        pthread_cond_destroy(isFilled)
        pthread_mutex_destroy(mutex)
        isFilled.deallocate()
        mutex.deallocate()
    }

    func fill(_ answer: ServerAnswer) {
        pthread_mutex_lock(mutex)
        value = answer
        pthread_cond_signal(isFilled)
        pthread_mutex_unlock(mutex)
    }

    func wait() -> ServerAnswer {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let value { return value }
            pthread_cond_wait(isFilled, mutex)
        }
    }
}
