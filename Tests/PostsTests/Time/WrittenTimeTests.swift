import Posts
import TestSupport
import Testing

@Suite struct `Times as people write them` {
    @Test func `are read`() throws {
        let table: WrittenTable = try TimeFixtures.table("written.json")
        #expect(table.valid.count > 20)
        for row in table.valid {
            #expect(shown(try WrittenTime(row[0])) == row[1], "\(row[0])")
        }
    }

    @Test func `are refused with the way out`() throws {
        let table: WrittenTable = try TimeFixtures.table("written.json")
        #expect(table.invalid.count > 50)
        for row in table.invalid {
            let trimmed = row[0].allSatisfy { $0 == " " } ? "" : row[0]
            #expect(complaint(about: row[0]) == "\"\(trimmed)\" \(row[1])")
        }
    }

    @Test func `are never refused with advice that would be refused too`() throws {
        let table: WrittenTable = try TimeFixtures.table("written.json")
        var random = SeededRandom(seed: 11)
        let seeds = table.valid.map { Array($0[0].utf8) } + table.invalid.map { Array($0[0].utf8) }
        var advised = 0
        for _ in 0..<20_000 {
            let seed = seeds.randomElement(using: &random) ?? []
            let text = String(decoding: mutated(seed, with: &random), as: UTF8.self)
            guard let message = complaint(about: text) else { continue }
            #expect(message.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
            guard let advice = message.split(separator: "; write ").last, advice.first?.isNumber == true else {
                continue
            }
            let first = String(advice.prefix { $0 != "o" }).trimmingPrefix(" ")
            advised += 1
            #expect(complaint(about: String(first)) == nil, "\(text): \(message)")
        }
        #expect(advised > 1000)
    }

    @Test func `may be parts of a longer buffer`() throws {
        let bytes = Array("schedule: 2026-12-01 09:00\n".utf8)
        let time = try bytes.withUnsafeBufferPointer { try WrittenTime(UnsafeBufferPointer(rebasing: $0[10..<26])) }
        #expect(shown(time) == "local 2026-12-1 32400")
    }

    @Test func `are cut in messages when they are long or hold control characters`() {
        #expect(
            complaint(about: String(repeating: "a", count: 70))?.hasPrefix("\"\(String(repeating: "a", count: 60))…\" ")
                == true)
        #expect(complaint(about: "x\u{1B}[2J")?.hasPrefix("\"x\u{FFFD}[2J\" ") == true)
    }

    private func complaint(about text: String) -> String? {
        do throws(WrittenTime.Invalid) {
            _ = try WrittenTime(text)
            return nil
        } catch {
            return error.message
        }
    }

    private func shown(_ time: WrittenTime) -> String {
        switch time.value {
        case .instant(let instant): "instant \(instant.milliseconds)"
        case .local(let date, let second): "local \(date.year)-\(date.month)-\(date.day) \(second)"
        case .day(let date): "day \(date.year)-\(date.month)-\(date.day)"
        }
    }
}
