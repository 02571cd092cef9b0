import Posts
import TestSupport
import Testing

@Suite struct `Pictures and videos` {
    @Test func `tell their format, size, frames, alpha and duration`() throws {
        let rows = try MediaFixtures.rows()
        #expect(rows.count > 35)
        for row in rows {
            let bytes = try MediaFixtures.bytes(row.name)
            let info = try MediaReader.read(bytes)
            #expect(info.format.rawValue == row.format, "\(row.name)")
            #expect("\(info.width)x\(info.height)" == "\(row.width)x\(row.height)", "\(row.name)")
            #expect(info.frameCount == row.frames, "\(row.name)")
            #expect(info.hasAlpha == row.hasAlpha, "\(row.name)")
            #expect(info.duration?.milliseconds == row.milliseconds, "\(row.name)")
            #expect(info.byteCount == bytes.count, "\(row.name)")
        }
    }

    @Test func `cut short at any place are refused`() throws {
        // Behind these places nothing but what others appended is missing, or boxes that the index does not need.
        let whole = ["appended.jpg": try MediaFixtures.bytes("baseline.jpg").count]
        for row in try MediaFixtures.rows() where row.name != "fragmented.mp4" {
            let bytes = try MediaFixtures.bytes(row.name)
            for end in 0..<(whole[row.name] ?? bytes.count) {
                #expect(fault(in: Array(bytes[..<end])) != nil, "\(row.name) cut at \(end)")
            }
        }
    }

    @Test func `changed at random never crash the reader`() throws {
        var random = SeededRandom(seed: 42)
        let seeds = try MediaFixtures.rows().map { try MediaFixtures.bytes($0.name) }
        var (read, refused) = (0, 0)
        for round in 0..<20_000 {
            let mutant = mutated(seeds[round % seeds.count], with: &random)
            // What decides lies in the first bytes: every second time only they change.
            let start =
                round % 2 == 0 ? mutant : mutated(Array(mutant.prefix(64)), with: &random) + mutant.dropFirst(64)
            guard let info = try? MediaReader.read(start) else {
                refused += 1
                continue
            }
            read += 1
            #expect(info.width > 0 && info.height > 0 && info.frameCount > 0)
        }
        #expect(read > 1000 && refused > 1000)
    }

    @Test func `behind offsets into the middle of nowhere are refused`() throws {
        // 32-bit lengths of all ones, wherever they may stand.
        for row in try MediaFixtures.rows() {
            var bytes = try MediaFixtures.bytes(row.name)
            for place in stride(from: 0, to: min(bytes.count, 400) - 4, by: 1) {
                let kept = bytes[place..<place + 4]
                bytes.replaceSubrange(place..<place + 4, with: [0xFF, 0xFF, 0xFF, 0xFF])
                if let info = try? MediaReader.read(bytes) { #expect(info.width > 0 && info.height > 0) }
                bytes.replaceSubrange(place..<place + 4, with: Array(kept))
            }
        }
    }
}
