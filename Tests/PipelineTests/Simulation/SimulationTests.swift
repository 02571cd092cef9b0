import Foundation
import Posts
import Testing

@testable import Pipeline

@Suite struct `Two runners, crashes and lost answers` {
    /// More seeds by `SIMULATION_SEEDS=20000 swift test --filter Two`.
    private static let seeds = ProcessInfo.processInfo.environment["SIMULATION_SEEDS"].flatMap(Int.init) ?? 300

    /// A failing seed prints what happened.
    @Test(arguments: [0, 1])
    func `never publish twice, lose nothing and end`(half: Int) async {
        var published = 0
        for seed in stride(from: half, to: Self.seeds, by: 2) {
            // Servers of other tests want their turn.
            await Task.yield()
            var simulation = Simulation(seed: seed)
            if let broken = simulation.run() {
                Issue.record("seed \(seed): \(broken)\n\(simulation.trace.joined(separator: "\n"))")
                return
            }
            published += simulation.world.branch.values.count { $0.state == .published }
        }
        // Most of the deliveries get through; a simulation in which nothing happens proves nothing.
        #expect(published > Self.seeds * 3 / 2, "\(published) of \(Self.seeds / 2 * 5)")
    }

    @Test(arguments: [0, 1])
    func `and one runner with power cuts neither`(half: Int) async {
        for seed in stride(from: half, to: Self.seeds, by: 2) {
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
