import Foundation
import HTTP
import JSON
import Posts
import TestSupport
import Testing

@testable import Platforms

/// By hand for ten minutes a network: `FUZZ_MINUTES=10 swift test --filter AnswerFuzz`. `FUZZ_CORPUS` names a folder for
/// the shortest answers of each outcome; `FUZZ_LAST` a file for those at work, which then name what ends the process.
@Suite struct `AnswerFuzz: what networks answer` {
    @Test(arguments: FuzzedNetwork.all)
    func `changed at random never makes a client fail otherwise than it may`(_ network: FuzzedNetwork) async throws {
        let variables = ProcessInfo.processInfo.environment
        var fuzzing = Fuzzing(rounds: 4000)
        var random = SeededRandom(seed: fuzzing.seed)
        let seeds = try network.seeds()
        var shortest: [String: FuzzedAnswers] = [:]
        while fuzzing.goesOn() {
            let call = FuzzedAnswers.Call.allCases[fuzzing.round % FuzzedAnswers.Call.allCases.count]
            let answers = FuzzedAnswers(call: call, answers: (0..<12).map { _ in seeds.random(with: &random) })
            if let last = variables["FUZZ_LAST"] { try answers.json.pretty().write(to: last) }
            let (outcome, used) = try await network.outcome(of: answers)
            let kept = FuzzedAnswers(call: call, answers: Array(answers.answers.prefix(used)), outcome: outcome)
            if kept.size < shortest["\(call) \(outcome)"]?.size ?? .max { shortest["\(call) \(outcome)"] = kept }
        }
        fuzzing.tell("answers of \(network)", "\(shortest.count) outcomes")
        if let corpus = variables["FUZZ_CORPUS"] {
            let kept = shortest.sorted { $0.key < $1.key }.map(\.value.json)
            let rows = kept.map { String(decoding: $0.compact(), as: UTF8.self) }.joined(separator: ",\n")
            try Array("{\"rows\":[\n\(rows)\n]}\n".utf8).write(to: "\(corpus)/\(network)/fuzzed.json")
        }
        #expect(shortest.count > 12, "\(shortest.keys.sorted())")
    }

    @Test(arguments: FuzzedNetwork.all)
    func `that were found before still mean the same`(_ network: FuzzedNetwork) async throws {
        let rows = try clientTable("\(network)/fuzzed")
        #expect(rows.count > 12)
        for row in rows {
            let answers = try #require(FuzzedAnswers(json: row))
            #expect(try await network.outcome(of: answers).outcome == answers.outcome)
        }
    }
}

extension [UInt8] {
    fileprivate func write(to path: String) throws { try Data(self).write(to: URL(filePath: path)) }
}
