import Posts
import Synchronization
import Testing

@testable import Pipeline

@Suite struct `The clock of a run` {
    private final class Machine: Sendable {
        let reading = Mutex(SystemClock.Reading(wall: nine, elapsed: .hours(40)))

        var clock: SystemClock { SystemClock(.real) { [self] in reading.withLock { $0 } } }

        /// Real time passes; a person or a server sets the clock.
        func pass(_ time: Duration, setBy jump: Duration = .zero) {
            reading.withLock {
                $0.wall = $0.wall + time + jump
                $0.elapsed += time
            }
        }
    }

    @Test func `goes with the machine's`() {
        let machine = Machine()
        let clock = machine.clock
        machine.pass(.minutes(3))
        #expect(clock.now == nine + .minutes(3))
    }

    @Test func `does not run back when somebody sets the machine's back, so that no lease is outlived`() {
        let machine = Machine()
        let clock = machine.clock
        machine.pass(.minutes(10), setBy: .hours(-1))
        #expect(clock.now == nine + .minutes(10))
        #expect(!Fence(leaseEnd: nine + .minutes(11)).permits(at: clock.now))
    }

    @Test func `jumps with the machine's, and every lease is over`() {
        let machine = Machine()
        let clock = machine.clock
        machine.pass(.zero, setBy: .hours(1))
        #expect(!Fence(leaseEnd: nine + .minutes(15)).permits(at: clock.now))
    }

    @Test func `counts the time in which the machine slept`() {
        let machine = Machine()
        let clock = machine.clock
        machine.pass(.hours(8), setBy: .hours(-8))
        #expect(clock.now == nine + .hours(8))
    }
}
