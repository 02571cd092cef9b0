import Foundation
import Posts
import TestSupport
import Testing

/// By hand for ten minutes: `FUZZ_MINUTES=10 swift test --filter MediaFuzz`. The mutant at work lies in the file that
/// `FUZZ_LAST` names, so that one that ends the process is not lost; `FUZZ_CORPUS` names a file for the shortest mutant
/// of each outcome.
@Suite struct `MediaFuzz: readers of media` {
    private struct Kept: Codable {
        var outcome: String
        var bytes: Data
    }

    @Test func `survive files changed at random, and tell nothing that cannot be`() throws {
        let variables = ProcessInfo.processInfo.environment
        var fuzzing = Fuzzing(rounds: 20_000)
        var random = SeededRandom(seed: fuzzing.seed)
        let seeds = try seeds()
        var shortest: [String: Kept] = [:]
        while fuzzing.goesOn() {
            let round = fuzzing.round
            var mutant = mutated(seeds[round % seeds.count], with: &random)
            // What decides lies in the first bytes: every second time only they change.
            if round % 2 == 1 { mutant = mutated(Array(mutant.prefix(64)), with: &random) + mutant.dropFirst(64) }
            if let last = variables["FUZZ_LAST"] { try Data(mutant).write(to: URL(filePath: last)) }
            let outcome = outcome(of: mutant)
            if mutant.count < shortest[outcome]?.bytes.count ?? .max, mutant.count < 3000 {
                shortest[outcome] = Kept(outcome: outcome, bytes: Data(mutant))
            }
        }
        fuzzing.tell("media", "\(shortest.count) outcomes")
        if let corpus = variables["FUZZ_CORPUS"] {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let lines = try shortest.values.sorted { $0.outcome < $1.outcome }.map {
                String(decoding: try encoder.encode($0), as: UTF8.self) + "\n"
            }
            try Data(lines.joined().utf8).write(to: URL(filePath: corpus))
        }
        #expect(shortest.count > 50)
    }

    @Test func `say the same of what was found before`() throws {
        let corpus = try String(contentsOf: MediaFixtures.folder.appending(path: "corpus.jsonl"), encoding: .utf8)
        let lines = corpus.split(separator: "\n")
        #expect(lines.count > 50)
        for line in lines {
            let kept = try JSONDecoder().decode(Kept.self, from: Data(line.utf8))
            #expect(outcome(of: Array(kept.bytes)) == kept.outcome)
        }
    }

    /// All fixtures, those that are refused included.
    private func seeds() throws -> [[UInt8]] {
        let others = ["sound-only.mp4", "archive.zip", "table.xlsx", "table.xls"]
        return try (MediaFixtures.rows().map(\.name) + MediaFixtures.described().map(\.name) + others)
            .map(MediaFixtures.bytes)
    }

    private func outcome(of bytes: [UInt8]) -> String {
        if let fault = fault(in: bytes) { return fault.reason }
        guard let info = try? MediaReader.read(bytes) else { return "two answers to one question" }
        switch info.kind {
        case .picture, .video: #expect(info.width > 0 && info.height > 0 && info.frameCount > 0)
        case .document, .captions: #expect(info.width == 0 && info.height == 0 && info.pageCount ?? 1 > 0)
        }
        #expect(info.byteCount == bytes.count && info.framesPerSecond ?? 1 > 0)
        #expect(info.duration ?? .zero >= .zero)
        let marks = [
            info.isAnimated ? "moves" : nil, info.hasAlpha ? "alpha" : nil, info.hasLocation ? "location" : nil,
            info.duration == nil ? nil : "duration", info.pageCount == nil ? nil : "pages",
            info.videoCodec == nil ? nil : "picture codec", info.audioCodec == nil ? nil : "sound codec",
            info.framesPerSecond == nil ? nil : "frames",
        ]
        return ([info.format.rawValue] + marks.compactMap(\.self)).joined(separator: ", ")
    }
}
