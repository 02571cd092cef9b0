import Testing

@testable import Pipeline

@Suite struct `Random numbers` {
    @Test func `are never the same, also when more are fetched`() {
        let random = RandomBits()
        let numbers = (0..<1000).map { _ in random.next() }
        #expect(Set(numbers).count == 1000)
        // Every bit is set in about half of them.
        for bit in 0..<128 { #expect((350...650).contains(numbers.count { $0 >> UInt128(bit) & 1 == 1 })) }
    }
}
