package import Foundation

/// How long a fuzz test goes on: so many rounds, always the same ones, or as many minutes as `FUZZ_MINUTES` in the
/// environment says, each time others.
package struct Fuzzing {
    package let isByHand: Bool
    package private(set) var round = -1
    package let seed: Int
    private let rounds: Int
    private let end: Date

    package init(rounds: Int) {
        let minutes = ProcessInfo.processInfo.environment["FUZZ_MINUTES"].flatMap(Double.init)
        self.rounds = rounds
        isByHand = minutes != nil
        end = Date(timeIntervalSinceNow: (minutes ?? 0) * 60)
        seed = isByHand ? Int(Date().timeIntervalSince1970) : 7
    }

    /// Begins the next round; false at the end.
    package mutating func goesOn() -> Bool {
        round += 1
        return isByHand ? Date() < end : round < rounds
    }

    /// Prints how much was tried by hand.
    package func tell(_ what: String, _ found: String) {
        if isByHand { print("fuzzed \(what): \(round) rounds, \(found), nothing found") }
    }
}

/// A few bytes overwritten, taken away or put in, or the end cut off.
package func mutated(_ bytes: [UInt8], with random: inout SeededRandom) -> [UInt8] {
    var mutant = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) where !mutant.isEmpty {
        let place = mutant.indices.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<8, using: &random) {
        case 0: mutant.removeSubrange(place...)
        case 1: mutant.remove(at: place)
        case 2: mutant.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
        case 3: mutant[place] = 0xFF
        case 4: mutant[place] = 0
        default: mutant[place] = UInt8.random(in: .min ... .max, using: &random)
        }
    }
    return mutant
}
