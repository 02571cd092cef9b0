import Foundation
import Posts
import Testing

@testable import Pipeline

@Suite struct `Runners, crashes and lost answers` {
    /// More seeds by `SIMULATION_SEEDS=20000 swift test --filter Runners`, one of them by `SIMULATION_SEED=17`.
    private static let count = number("SIMULATION_SEEDS") ?? 300
    private static let one = number("SIMULATION_SEED")

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init)
    }

    private static func seeds(half: Int) -> [Int] {
        if let one { return one % 2 == half ? [one] : [] }
        return Array(stride(from: half, to: count, by: 2))
    }

    /// A failing seed prints what happened.
    @Test(arguments: [2, 3], [0, 1])
    func `never publish twice, lose nothing and end`(runners: Int, half: Int) async {
        var published = 0
        let seeds = Self.seeds(half: half)
        for seed in seeds {
            // Servers of other tests want their turn.
            await Task.yield()
            var simulation = Simulation(seed: seed, runners: runners)
            if let broken = simulation.run() {
                Issue.record("seed \(seed): \(broken)\n\(simulation.trace.joined(separator: "\n"))")
                return
            }
            published += simulation.world.branch.values.count { $0.state == .published }
        }
        // Most of the deliveries get through; a simulation in which nothing happens proves nothing.
        #expect(published >= seeds.count * 2, "\(published) of \(seeds.count * 5)")
    }

    @Test(arguments: [
        557, 936, 990, 1476, 1541, 1617, 2180, 2681, 2695, 2833, 2992, 4149, 4410, 4822, 5792, 7767, 8302, 11709, 12148,
    ])
    func `nor do seeds that once found something`(seed: Int) async {
        for runners in [1, 2, 3] {
            await Task.yield()
            var simulation = Simulation(seed: seed, runners: runners, cutsPower: runners == 1)
            if let broken = simulation.run() {
                Issue.record("seed \(seed): \(broken)\n\(simulation.trace.joined(separator: "\n"))")
            }
        }
    }

    @Test(arguments: [0, 1])
    func `and one runner with power cuts neither`(half: Int) async {
        for seed in Self.seeds(half: half) {
            // Servers of other tests want their turn.
            await Task.yield()
            var simulation = Simulation(seed: seed, cutsPower: true)
            if let broken = simulation.run() {
                Issue.record("seed \(seed): \(broken)\n\(simulation.trace.joined(separator: "\n"))")
                return
            }
        }
    }

    @Test(arguments: [
        SimulatedWorld.Lies.oneName, .lostJournal, .noCompareAndSwap, .slowNetwork,
    ])
    func `are caught when an assumption does not hold`(lies: SimulatedWorld.Lies) async {
        var isCaught = false
        for seed in 0..<2000 where !isCaught {
            await Task.yield()
            var simulation = Simulation(seed: seed, lies: lies)
            isCaught = simulation.run() != nil
        }
        #expect(isCaught, "\(lies.rawValue)")
    }
}
